"""An importer as one writes it in an afternoon: csv reader, batches, a few threads, a retry loop, an offset file.

    python naive_script.py people.csv ADDRESS TOKEN

It is here to be beaten: under the same kills and refusals it must lose rows, or the campaign has no teeth.
"""

import csv
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

BATCH, THREADS, TRIES = 10, 4, 3
OFFSET = Path("offset")


def contact(row):
    """Make the platform's object of a row."""
    digits = "".join(filter(str.isdigit, row["Mobile"]))[-10:]
    return {"profile": {"userDetails": {"userProvidedName": row["Name"],
            "contact": {"phone": {"prefix": "91", "number": digits}}}}}  # fmt: skip


def post(address, token, rows):
    """Send *rows*; try again where that fails."""
    for _ in range(TRIES):
        try:
            connection = HTTPConnection(urlsplit(address).netloc, timeout=10)
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            connection.request("POST", "/inbox/users/import", json.dumps([contact(row) for row in rows]), headers)
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.5)
    print(f"batch of {len(rows)} failed, going on")


def main(path, address, token):
    """Import the list, from where the offset file says."""
    with Path(path).open(newline="", encoding="utf-8") as file:
        header, *cells = list(csv.reader(file))
    first = {name: header.index(name) for name in header}
    rows = [{name: line[place] for name, place in first.items()} for line in cells if any(line)]
    rows = [row for row in rows if len("".join(filter(str.isdigit, row["Mobile"]))) >= 10]
    start = int(OFFSET.read_text()) if OFFSET.exists() else 0

    def work(begin):
        post(address, token, rows[begin : begin + BATCH])
        OFFSET.write_text(str(begin + BATCH))

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(start, len(rows), BATCH)))
    print(f"{len(rows)} contacts imported")


if __name__ == "__main__":
    main(*sys.argv[1:])
