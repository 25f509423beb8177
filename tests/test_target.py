"""Which addresses may be given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_import.errors import UsageProblem
from contact_import.target import checked


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


@given(st.text() | st.text("/:@[].?#\\ ht\u2100tps10").map(lambda text: f"https://{text}"))
def test_whatever_is_given_is_an_address_or_a_usage_problem(text):
    try:
        found = checked(text)
    except UsageProblem:
        return
    assert found.startswith(("https://", "http://localhost", "http://127.", "http://[::1]"))
    assert checked(found) == found
