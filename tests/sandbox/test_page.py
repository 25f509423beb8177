import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

NASTY = "<script>alert(1)</script> [red] \"'&amp; \u202egnp"


class Reader(HTMLParser):
    """What a browser sees: the elements and the text of the cells."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.cells, self.attributes = set(), [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        if tag == "td":
            self.cells.append("")

    def handle_data(self, data):
        if self.cells:
            self.cells[-1] += data


def test_every_value_is_shown_as_text(inbox, person):
    attribute = {"key": "note", "value": NASTY}
    inbox.post(person(NASTY, "0987", "91", NASTY, tags=[NASTY], attributes=[attribute]))
    page = Reader(inbox.client.get("/").text)
    assert page.cells[:5] == [NASTY, "+91 0987", NASTY, NASTY, f"note: {NASTY}"]
    assert "script" not in page.tags


def test_nothing_on_the_page_comes_from_elsewhere(inbox, person):
    inbox.post(person())
    answer = inbox.client.get("/")
    page = Reader(answer.text)
    style = re.search("<style>(.*)</style>", answer.text, re.DOTALL)[1]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert answer.headers["content-security-policy"].startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert not {name for name, _ in page.attributes} & {"src", "href", "style", "action"}
    assert "url(" not in style


@pytest.mark.parametrize(
    ("count", "words"),
    [
        pytest.param(0, "0 contacts.", id="none"),
        pytest.param(1, "1 contact.", id="one"),
        pytest.param(501, "501 contacts, the newest 500 shown.", id="more than are shown"),
    ],
)
def test_the_page_counts_all_and_shows_the_newest(inbox, person, count, words):
    if count:
        inbox.post(*(person(f"n{number}", str(number)) for number in range(count)))
    text = inbox.client.get("/").text
    assert "<title>Sandbox inbox</title>" in text
    assert f"<p>{words} This is a sandbox on this machine: nothing here has left it.</p>" in text
    assert Reader(text).cells[::6] == [f"n{number}" for number in reversed(range(count))][:500]


def test_the_page_needs_no_token_but_the_name_of_this_machine(inbox):
    def ask(host):
        return inbox.client.get("/", headers={"Authorization": "", "Host": host}).status_code

    hosts = ["127.0.0.1:8765", "localhost:8765", "localhost", "evil.example", "localhost.evil.example"]
    assert [ask(host) for host in hosts] == [200, 200, 200, 403, 403]
