"""Which addresses may be given."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contact_import.errors import UsageProblem
from contact_import.target import checked, checked_bot_id, checked_proxy


@pytest.mark.parametrize(
    ("given_url", "used"),
    [
        ("https://api.v7.express-chat.com", "https://api.v7.express-chat.com"),
        ("https://api.example.com/", "https://api.example.com"),
        (" https://api.example.com/v7// ", "https://api.example.com/v7"),
        ("https://api.example.com/inbox/users/import", "https://api.example.com"),
        ("https://api.example.com/v7/inbox/users/import/", "https://api.example.com/v7"),
        ("https://api.example.com/v7//inbox/users/import", "https://api.example.com/v7"),
        ("https://api.example.com/inbox/users/import/inbox/users/import/", "https://api.example.com"),
        ("https://api.example.com/inbox/users/imported", "https://api.example.com/inbox/users/imported"),
        ("HTTPS://api.example.com:8443", "https://api.example.com:8443"),
        ("https://192.168.1.20", "https://192.168.1.20"),
        ("http://localhost:8765", "http://localhost:8765"),
        ("http://LOCALHOST:8765", "http://localhost:8765"),
        ("https://API.example.com:443/v7", "https://api.example.com/v7"),
        ("https://api.example.com:8443", "https://api.example.com:8443"),
        ("http://localhost:80", "http://localhost"),
        ("http://127.0.0.1:8765/", "http://127.0.0.1:8765"),
        ("http://127.8.9.10", "http://127.8.9.10"),
        ("http://[::1]:8765", "http://[::1]:8765"),
    ],
)
def test_https_and_this_machine_are_addresses(given_url, used):
    assert checked(given_url) == used


NO_ADDRESS = "--base-url must be an address such as https://api.example.com"
IN_THE_OPEN = "--base-url must be https: the token and the contacts would travel in the open"
USER = "--base-url must not hold a user name or password; the token goes into a file"
REFUSED = {
    IN_THE_OPEN: {
        "http": "http://api.example.com",
        "begins with localhost": "http://localhost.evil.example",
        "ends with localhost": "http://evil-localhost",
        "localhost and a dot": "http://localhost.",
        "short loopback": "http://127.1",
        "loopback as a number": "http://2130706433",
        "loopback in hexadecimal": "http://0x7f.0.0.1",
        "loopback with a zero before": "http://0127.0.0.1",
        "begins with a loopback address": "http://127.0.0.1.evil.example",
        "every address": "http://0.0.0.0:8765",
        "every address of IPv6": "http://[::]",
        "loopback of IPv4 in IPv6": "http://[::ffff:127.0.0.1]",
        "another address of IPv4 in IPv6": "http://[::ffff:192.0.2.1]",
        "loopback with a zone": "http://[::1%25lo]",
        "loopback with a raw zone": "http://[::1%lo]",
        "loopback and a dot": "http://127.0.0.1.",
        "loopback with a zero more": "http://127.0.0.01",
        "loopback in octal": "http://0177.0.0.1",
        "loopback with wide dots": "http://127。0。0。1",
        "loopback in wide digits": "http://１２７.0.0.1",
        "localhost in odd letters": "http://ⓛocalhost",
        "localhost cut off": "http://localhost%00.evil.example",
        "a tab inside": "http://loc\talhost.evil.example",
        "private network": "http://192.168.1.20",
        "local link": "http://[fe80::1]",
    },
    USER: {
        "user name": "https://me:secret@api.example.com",
        "localhost as user name": "http://localhost@evil.example",
        "backslash": "https://api.example.com\\@evil.example",
        "empty user name": "https://@api.example.com",
    },
    NO_ADDRESS: {
        "empty": "",
        "no scheme": "api.example.com",
        "localhost, no scheme": "localhost:8765",
        "ftp": "ftp://api.example.com",
        "file": "file:///etc/passwd",
        "no host": "https://",
        "path alone": "https:///v7",
        "port alone": "https://:8443",
        "no such port": "https://api.example.com:99999",
        "port in words": "https://api.example.com:http",
        "query": "https://api.example.com?key=1",
        "a space at its end, before an empty query": "https://api.example.com/ ?",
        "a space in its path": "https://api.example.com/v 7",
        "a line feed of another kind in its path": "https://api.example.com/v\x0b7",
        "fragment": "https://api.example.com#top",
        "open bracket": "https://[::1",
        "a name in brackets": "https://[api.example.com]",
        "a letter that turns into a slash": "https://api.exa℀mple.com",
    },
}


@pytest.mark.parametrize(
    ("url", "words"), [pytest.param(url, words, id=id_) for words, urls in REFUSED.items() for id_, url in urls.items()]
)
def test_anything_else_is_refused_in_words(url, words):
    with pytest.raises(UsageProblem) as caught:
        checked(url)
    assert str(caught.value) == words


@given(st.text() | st.text("/:@[].?#\\ ht\u2100tps10").map(lambda text: f"https://{text}"))
@example("HTTPS://0/ ?")
def test_whatever_is_given_is_an_address_or_a_usage_problem(text):
    try:
        found = checked(text)
    except UsageProblem:
        return
    assert found.startswith(("https://", "http://localhost", "http://127.", "http://[::1]"))
    assert checked(found) == found


# Proxies ------------------------------------------------------------

HTTPS = "https://api.example.com"
NO_PROXY = "--proxy must be an address such as http://proxy.example.com:3128"
PASSWORD = "--proxy must not hold a user name or password: others could see it"


@pytest.mark.parametrize(
    ("proxy", "used"),
    [
        ("http://proxy.example.com:3128", "http://proxy.example.com:3128"),
        (" http://10.0.0.1:3128/ ", "http://10.0.0.1:3128"),
        ("https://proxy.example.com", "https://proxy.example.com"),
        ("http://[::1]:3128", "http://[::1]:3128"),
    ],
)
def test_a_proxy_is_an_address(proxy, used):
    assert checked_proxy(proxy, HTTPS) == used


@pytest.mark.parametrize(
    ("proxy", "base_url", "words"),
    [
        pytest.param("http://me:secret@proxy.example.com:3128", HTTPS, PASSWORD, id="password"),
        pytest.param("http://me@proxy.example.com:3128", HTTPS, PASSWORD, id="user name"),
        pytest.param("proxy.example.com:3128", HTTPS, NO_PROXY, id="no scheme"),
        pytest.param("me:secret@proxy.example.com", HTTPS, NO_PROXY, id="password, no scheme"),
        pytest.param("socks5://proxy.example.com", HTTPS, NO_PROXY, id="socks"),
        pytest.param("http://", HTTPS, NO_PROXY, id="no host"),
        pytest.param("http://proxy.example.com:99999", HTTPS, NO_PROXY, id="no such port"),
        pytest.param("http://proxy.example.com/path", HTTPS, NO_PROXY, id="path"),
        pytest.param("http://proxy.example.com?a=secret", HTTPS, NO_PROXY, id="query"),
        pytest.param("http://[proxy", HTTPS, NO_PROXY, id="open bracket"),
        pytest.param("", HTTPS, NO_PROXY, id="empty"),
        pytest.param(
            "http://proxy.example.com:3128",
            *("http://localhost:8765", "--proxy takes a --base-url with https: the proxy could read the token"),
            id="platform without TLS",
        ),
    ],
)
def test_another_proxy_is_refused_without_a_word_of_it(proxy, base_url, words):
    with pytest.raises(UsageProblem) as caught:
        checked_proxy(proxy, base_url)
    assert str(caught.value) == words


@pytest.mark.parametrize("bot_id", [None, "5f1a2b", "bot-1_2"])
def test_a_bot_id_that_a_header_can_hold_is_one(bot_id):
    assert checked_bot_id(bot_id) == bot_id


@pytest.mark.parametrize("bot_id", ["", " ", "a\nb", "a\r\nX-Other: 1", "é", "a\0", " a", "a "])
def test_any_other_bot_id_is_refused(bot_id):
    with pytest.raises(UsageProblem, match="--bot-id"):
        checked_bot_id(bot_id)
