"""Which addresses may be given."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
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
        ("HTTPS://api.example.com:8443", "https://api.example.com:8443"),
        ("https://192.168.1.20", "https://192.168.1.20"),
        ("http://localhost:8765", "http://localhost:8765"),
        ("http://LOCALHOST:8765", "http://LOCALHOST:8765"),
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


@pytest.mark.parametrize(
    ("url", "words"),
    [
        pytest.param("http://api.example.com", IN_THE_OPEN, id="http"),
        pytest.param("http://localhost.evil.example", IN_THE_OPEN, id="begins with localhost"),
        pytest.param("http://evil-localhost", IN_THE_OPEN, id="ends with localhost"),
        pytest.param("http://localhost.", IN_THE_OPEN, id="localhost and a dot"),
        pytest.param("http://127.1", IN_THE_OPEN, id="short loopback"),
        pytest.param("http://2130706433", IN_THE_OPEN, id="loopback as a number"),
        pytest.param("http://0x7f.0.0.1", IN_THE_OPEN, id="loopback in hexadecimal"),
        pytest.param("http://0127.0.0.1", IN_THE_OPEN, id="loopback with a zero before"),
        pytest.param("http://127.0.0.1.evil.example", IN_THE_OPEN, id="begins with a loopback address"),
        pytest.param("http://0.0.0.0:8765", IN_THE_OPEN, id="every address"),
        pytest.param("http://[::]", IN_THE_OPEN, id="every address of IPv6"),
        pytest.param("http://[::ffff:127.0.0.1]", IN_THE_OPEN, id="loopback of IPv4 in IPv6"),
        pytest.param("http://[::ffff:192.0.2.1]", IN_THE_OPEN, id="another address of IPv4 in IPv6"),
        pytest.param("http://[::1%25lo]", IN_THE_OPEN, id="loopback with a zone"),
        pytest.param("http://[::1%lo]", IN_THE_OPEN, id="loopback with a raw zone"),
        pytest.param("http://127.0.0.1.", IN_THE_OPEN, id="loopback and a dot"),
        pytest.param("http://127.0.0.01", IN_THE_OPEN, id="loopback with a zero more"),
        pytest.param("http://0177.0.0.1", IN_THE_OPEN, id="loopback in octal"),
        pytest.param("http://127。0。0。1", IN_THE_OPEN, id="loopback with wide dots"),
        pytest.param("http://１２７.0.0.1", IN_THE_OPEN, id="loopback in wide digits"),
        pytest.param("http://ⓛocalhost", IN_THE_OPEN, id="localhost in odd letters"),
        pytest.param("http://localhost%00.evil.example", IN_THE_OPEN, id="localhost cut off"),
        pytest.param("http://loc\talhost.evil.example", IN_THE_OPEN, id="a tab inside"),
        pytest.param("http://192.168.1.20", IN_THE_OPEN, id="private network"),
        pytest.param("http://[fe80::1]", IN_THE_OPEN, id="local link"),
        pytest.param("https://me:secret@api.example.com", USER, id="user name"),
        pytest.param("http://localhost@evil.example", USER, id="localhost as user name"),
        pytest.param("https://api.example.com\\@evil.example", USER, id="backslash"),
        pytest.param("https://@api.example.com", USER, id="empty user name"),
        pytest.param("", NO_ADDRESS, id="empty"),
        pytest.param("api.example.com", NO_ADDRESS, id="no scheme"),
        pytest.param("localhost:8765", NO_ADDRESS, id="localhost, no scheme"),
        pytest.param("ftp://api.example.com", NO_ADDRESS, id="ftp"),
        pytest.param("file:///etc/passwd", NO_ADDRESS, id="file"),
        pytest.param("https://", NO_ADDRESS, id="no host"),
        pytest.param("https:///v7", NO_ADDRESS, id="path alone"),
        pytest.param("https://:8443", NO_ADDRESS, id="port alone"),
        pytest.param("https://api.example.com:99999", NO_ADDRESS, id="no such port"),
        pytest.param("https://api.example.com:http", NO_ADDRESS, id="port in words"),
        pytest.param("https://api.example.com?key=1", NO_ADDRESS, id="query"),
        pytest.param("https://api.example.com#top", NO_ADDRESS, id="fragment"),
        pytest.param("https://[::1", NO_ADDRESS, id="open bracket"),
        pytest.param("https://[api.example.com]", NO_ADDRESS, id="a name in brackets"),
        pytest.param("https://api.exa℀mple.com", NO_ADDRESS, id="a letter that turns into a slash"),
    ],
)
def test_anything_else_is_refused_in_words(url, words):
    with pytest.raises(UsageProblem) as caught:
        checked(url)
    assert str(caught.value) == words


@settings(deadline=None)
@given(st.text() | st.text("/:@[].?#\\ ht\u2100tps10").map(lambda text: f"https://{text}"))
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
