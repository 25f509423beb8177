"""Which rows are taken and which people are left out, by options; lists that are no file yet; questions."""

import os
import pty
import select
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

TOWNS = [
    ("Name", "Mobile", "City", "Agreed"),
    ("Asha", "9812300101", "Pune", "yes"),
    ("Bela", "9812300102", "pune ", "no"),
    ("Carl", "9812300103", "Delhi", "Yes"),
    ("Dev", "9812300104", "", ""),
    ("Esha", "9812300105", "Delhi", "yes"),
    ("Asha again", "9812300101", "Delhi", "yes"),
]


def outcomes(command, ran):
    """Return the outcome of each row that has one, by row number, with the code of the reason."""
    assert ran.account["read"] == len(command.rows("all.csv"))
    return {
        int(row["row"]): row["outcome"] + (f" {row['reason'].partition(':')[0]}" if row["reason"] else "")
        for row in command.rows("all.csv")
    }


@pytest.mark.parametrize(
    ("words", "ends", "left_out"),
    [
        pytest.param(("--where", "City=PUNE"), {2: "ready", 3: "ready"}, 4, id="one value"),
        pytest.param(
            ("--where", "City=Pune", "--where", "City=Delhi", "--where", "Agreed=yes"),
            {2: "ready", 4: "ready", 6: "ready", 7: "duplicate duplicate"},
            2,
            id="either of two values, and another column",
        ),
        pytest.param(("--limit", 2), {2: "ready", 3: "ready"}, 4, id="the first two"),
        pytest.param(("--sample", 3), {2: "ready", 4: "ready", 6: "ready"}, 3, id="three, spread"),
        pytest.param(("--where", "City=Delhi", "--limit", 1), {4: "ready"}, 5, id="the first that says so"),
        pytest.param(
            ("--require-consent", "Agreed=yes"),
            {
                2: "ready",
                3: "rejected no-consent",
                4: "ready",
                5: "rejected no-consent",
                6: "ready",
                7: "duplicate duplicate",
            },
            0,
            id="consent",
        ),
    ],
)
def test_options_choose_rows_and_the_others_are_told(command, words, ends, left_out):
    command.write("towns.csv", TOWNS)

    ran = command.upload("towns.csv", None, "--outcomes", "all.csv", *words)

    assert outcomes(command, ran) == ends
    assert ran.account["left_out"] == ({"not chosen": left_out} if left_out else {})


def test_a_column_that_is_not_there_is_named_with_the_one_that_was_meant(command):
    command.write("towns.csv", TOWNS)

    ran = command.upload("towns.csv", None, "--where", "Citty=Pune")

    assert ran.code == 7
    assert 'Did you mean "City"?' in ran.err


def test_nobody_on_a_list_of_suppressed_numbers_is_sent(command, platform, stored):
    served = platform()
    command.write("towns.csv", TOWNS)
    command.write("no.csv", [("Phone",), ("+91 98123-00102",), ("098123 00103",), ("",), ("12",)])
    command.write("never.csv", [("+919812300105",)])

    ran = command.upload(
        "towns.csv", served, *("--suppress", "no.csv", "--suppress", "never.csv", "--outcomes", "all.csv")
    )

    assert outcomes(command, ran) == {
        2: "accepted",
        3: "rejected suppressed",
        4: "rejected suppressed",
        5: "accepted",
        6: "rejected suppressed",
        7: "duplicate duplicate",
    }
    assert stored(served) == ["919812300101", "919812300104"]


def test_another_list_of_suppressed_numbers_makes_another_run(command, platform):
    served = platform()
    command.write("towns.csv", TOWNS)
    command.write("no.csv", [("Phone",), ("+91 98123-00102",)])

    first = command.upload("towns.csv", served, "--suppress", "no.csv")
    second = command.upload("towns.csv", served)

    assert first.account["run"].split("-")[-1] != second.account["run"].split("-")[-1]


@pytest.mark.parametrize(
    ("words", "code", "ends"),
    [((), 3, {"ready": 1, "rejected": 1}), (("--include-opted-out",), 0, {"ready": 2})],
    ids=["left out", "included when asked for"],
)
def test_who_opted_out_is_left_out_unless_asked_for(command, words, code, ends):
    command.write("list.csv", [("Name", "Mobile", "Opt out"), ("A", "9812300101", "no"), ("B", "9812300102", "yes")])

    ran = command.upload("list.csv", None, *words)

    assert (ran.code, ran.counts) == (code, ends)


def test_a_no_in_any_row_counts_for_the_number_also_where_that_row_is_not_chosen(command):
    command.write(
        "list.csv",
        [
            ("Name", "Mobile", "City", "Opt out"),
            ("A Rao", "9812300101", "Pune", ""),
            ("A. Rao", "+91 98123-00101", "Delhi", "yes"),
            ("B", "9812300102", "Pune", ""),
        ],
    )

    ran = command.upload("list.csv", None, "--where", "City=Pune", "--outcomes", "all.csv")

    assert outcomes(command, ran) == {2: "rejected opted-out", 4: "ready"}
    assert command.upload("list.csv", None, "--include-opted-out").counts == {"ready": 2, "duplicate": 1}


@pytest.mark.parametrize(
    ("rows", "ends"),
    [
        pytest.param(
            [("Opt in",), ("Asha", "9876543210 (old husband no)", "Yes(opt out)"), ("Asha Rao", "9876543210", "")],
            {2: "rejected opted-out", 3: "rejected opted-out"},
            id="a number with words",
        ),
        pytest.param(
            [("Opt out",), ("Vikram", "9876543271/9876543272", "Yes"), ("Vik", "9876543272", "")],
            {2: "rejected opted-out", 3: "rejected opted-out"},
            id="the second number of a cell",
        ),
        pytest.param(
            [("Opt out", "Alternate Mobile"), ("A", "9876543271", "Yes", "098765 43272"), ("B", "9876543272", "", "")],
            {2: "rejected opted-out", 3: "rejected opted-out"},
            id="the number of another column",
        ),
        pytest.param(
            [
                ("Remarks",),
                ("A", "9876543271", "DND - do not message"),
                ("B", "9876543271", ""),
                ("C", "9876543272", ""),
            ],
            {2: "rejected opted-out", 3: "rejected opted-out", 4: "ready"},
            id="a remark",
        ),
        pytest.param(
            [("Remarks",), ("A", "9876543271", ""), ("B", "9876543271", "wrong number"), ("C", "9876543272", "")],
            {2: "held wrong-number", 3: "held wrong-number", 4: "ready"},
            id="a wrong number",
        ),
    ],
)
def test_a_no_counts_for_every_number_of_its_row(command, rows, ends):
    command.write("list.csv", [("Name", "Mobile", *rows[0]), *rows[1:]])

    ran = command.upload("list.csv", None, "--outcomes", "all.csv")

    assert outcomes(command, ran) == ends


def test_a_note_on_a_card_may_be_a_no(command):
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Asha\nTEL;TYPE=CELL:+919812300101\nNOTE:DND - do not message\nEND:VCARD\n"
    (command.folder / "cards.vcf").write_text(card, encoding="utf-8")

    assert command.upload("cards.vcf", None).counts == {"rejected": 1}


def test_a_column_of_answers_that_is_not_heeded_is_told_and_stops_nothing(command):
    command.write("towns.csv", TOWNS[:4])

    told = command.upload("towns.csv", None)
    heeded = command.upload("towns.csv", None, "--require-consent", "Agreed=yes")

    words = 'the column "Agreed" holds only yes and no'
    assert (words in told.err, words in heeded.err, told.code) == (True, False, 0)
    assert words in " ".join(command("inspect", "towns.csv").out.split())


@pytest.mark.parametrize(
    ("rows", "code", "words"),
    [
        pytest.param([("Mobile",), ("9.87654E+09",)], 7, "row 2: a number that cannot be read", id="ruined"),
        pytest.param([("Mobile",), ("98123 XX102",)], 7, "row 2: a number that cannot be read", id="masked"),
        pytest.param([("Name", "Wife Mobile"), ("x", "9812300101")], 3, "", id="under any header"),
        pytest.param([("Email",), ("a@example.com",)], 0, "no number in them", id="a list of addresses: told"),
    ],
)
def test_a_list_of_suppressed_numbers_misses_nobody_silently(command, rows, code, words):
    command.write("list.csv", [("Name", "Mobile"), ("A", "9812300101")])
    command.write("no.csv", rows)

    ran = command.upload("list.csv", None, "--suppress", "no.csv")

    assert (ran.code, words in ran.err) == (code, True)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        pytest.param(("--where", "City=Agra"), 7, "no row says", id="nobody is chosen"),
        pytest.param(("--failures", "x.csv", "--outcomes", "x.csv"), 2, "the same file", id="one file for two reports"),
        pytest.param(("--failures", "towns.csv"), 2, "a list that is read", id="a report over the list"),
    ],
)
def test_options_that_cannot_be_meant_are_refused(command, words, code, says):
    command.write("towns.csv", TOWNS)

    ran = command.upload("towns.csv", None, *words)

    assert ran.code == code
    assert says in ran.err


def test_a_pattern_names_all_files_that_it_fits_in_order(command):
    for month, number in (("02", "9812300102"), ("01", "9812300101"), ("03", "9812300101")):
        command.write(f"leads-{month}.csv", [("Name", "Mobile"), ("A", number)])

    ran = command.upload("leads-*.csv", None, "--outcomes", "all.csv")

    assert [(row["file"], row["outcome"]) for row in command.rows("all.csv")] == [
        ("leads-01.csv", "ready"),
        ("leads-02.csv", "ready"),
        ("leads-03.csv", "duplicate"),
    ]
    assert ran.account["files"] == ["leads-*.csv"]
    assert command.upload("nothing-*.csv", None).code == 7


# Links


@contextmanager
def site(pages):
    """Serve *pages*, path → status, headers, body, on this machine; yield the address and the paths asked for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers.get("Authorization")))
            status, headers, body = pages[self.path]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


LIST = b"Name,Mobile\nAsha,9812300101\n"


def test_a_published_sheet_is_read_through_its_redirects_and_never_sees_the_token(command):
    pages = {
        "/d/e/pub?output=csv": (307, {"Location": "/real/list.csv?key=1"}, b""),
        "/real/list.csv?key=1": (200, {"Content-Type": "text/csv"}, LIST),
    }
    with site(pages) as (address, asked):
        ran = command.upload(f"{address}/d/e/pub?output=csv", None, env={"CONTACT_IMPORT_TOKEN": command.token})

    assert (ran.code, ran.counts) == (0, {"ready": 1})
    assert asked == [("/d/e/pub?output=csv", None), ("/real/list.csv?key=1", None)]
    assert not command.holding("9812300101")


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        pytest.param("/gone", 7, "HTTP 404", id="not there"),
        pytest.param("/page", 7, "web page", id="a page, not a list"),
        pytest.param("/round", 7, "redirects more than", id="round and round"),
        pytest.param("/open", 2, "must be https", id="a redirect into the open"),
    ],
)
def test_a_link_that_leads_to_no_list_is_refused(command, path, code, words):
    pages = {
        "/gone": (404, {}, b""),
        "/page": (200, {}, b"<!DOCTYPE html><html>Log in</html>"),
        "/round": (302, {"Location": "/round"}, b""),
        "/open": (302, {"Location": "http://sheets.example.com/secret-path"}, b""),
    }
    with site(pages) as (address, _):
        ran = command.upload(f"{address}{path}", None)

    assert ran.code == code
    assert words in ran.err
    assert "secret-path" not in ran.err


def test_a_link_in_the_open_is_refused_before_anything_is_sent(command):
    environment, sockets = command.watched()

    ran = command.upload("http://sheets.example.com/list.csv", None, env=environment)

    assert ran.code == 2
    assert "must be https" in ran.err
    assert not sockets.exists()


# Questions


def on_a_terminal(command, words, answers):
    """Run the command on a terminal, typing each of *answers* when it asks; return all it showed."""
    master, slave = pty.openpty()
    process = command.start(*words, stdin=slave, stdout=slave, stderr=slave, env={"TERM": "dumb"})
    os.close(slave)
    shown, left, seen = b"", list(answers), 0
    while True:
        if select.select([master], [], [], 60)[0]:
            try:
                shown += os.read(master, 4096)
            except OSError:
                break
        if left and shown.count(b"> ") > seen:
            seen += 1
            os.write(master, f"{left.pop(0)}\n".encode())
    os.close(master)
    process.wait()
    return process.returncode, shown.decode().replace("\r\n", "\n")


def test_questions_on_a_terminal_settle_what_the_options_would(command):
    command.write(
        "list.csv", [("who", "ref", "Kontakt Nr"), ("Asha", "55", "9812300101"), ("Bela", "56", "9812300102")]
    )

    code, shown = on_a_terminal(
        command,
        ("upload", "list.csv", "--ask", "--dry-run", "--json"),
        ["-", "Kontakt", "Kontakt Nr", "who", "", "", "Atlantis", "India"],
    )

    assert code == 0, shown
    assert 'without questions: --map phone="Kontakt Nr" --map name="who" --country IN' in shown
    assert '"ready": 2' in shown


def test_without_a_terminal_nothing_is_asked(command):
    command.write("list.csv", TOWNS)

    ran = command("upload", "list.csv", "--ask", "--dry-run")

    assert (ran.code, ran.out) == (2, "")
    assert "--ask needs a terminal" in ran.err
