"""What the command's surroundings cannot do to it: its own options alone say where a request goes, and how."""

from __future__ import annotations

import pytest

from contact_import.sandbox import Fault, read_faults
from tests.faults import certificates
from tests.faults.harness import check, deliver, people, sandbox
from tests.faults.listener import Listener
from tests.faults.proxy import Proxy

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")


def upload(command, address, *words, **more):
    where = ("--base-url", address, "--token-file", "token")
    return command("upload", "people.csv", "--country", "IN", "--json", *where, *words, **more)


def test_n44_n47_proxies_and_netrc_are_not_for_us(command, platform):
    command.people(3)
    served = platform()
    (command.folder / ".netrc").write_text("machine 127.0.0.1 login somebody password else\n")
    (command.folder / ".netrc").chmod(0o600)
    with Listener(b"HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n" + b'{"status":"success"}') as listener:
        surroundings = {**dict.fromkeys(PROXIES, listener.url), "NO_PROXY": "", "NETRC": str(command.folder / ".netrc")}
        ran = upload(command, served.base_url, env=surroundings)

    assert (ran.code, ran.counts) == (0, {"accepted": 3})
    assert (listener.connections, listener.received) == (0, b"")
    assert len(served.contacts()) == 3


def test_n41_n45_n46_no_planted_certificate_is_trusted_and_no_secret_of_tls_is_written_down(
    command, platform, tmp_path, token
):
    command.people(3)
    served, keys = platform(), command.folder / "keys.log"
    planted = str(certificates.authority_file(tmp_path))
    surroundings = {"SSL_CERT_FILE": planted, "SSL_CERT_DIR": str(tmp_path), "SSLKEYLOGFILE": str(keys)}
    with Proxy(served.port, tls=certificates.right()) as proxy:
        ran = upload(command, proxy.url, env=surroundings)

    assert (ran.code, ran.counts, ran.account["requests"]) == (6, {"not_sent": 3}, 1)
    assert "certificate" in ran.account["error"]
    assert (proxy.connections, served.receipts(), keys.exists()) == (0, [], False)
    assert ran.seconds < 10, "it was asked again and again"


def test_n1_a_name_that_nobody_knows_ends_with_4_and_names_the_way_on(command, token):
    command.people(3)

    ran = upload(command, "https://nowhere.invalid", "--max-outage", "1")

    assert (ran.code, ran.counts) == (4, {"not_sent": 3})
    assert "the same command goes on" in ran.account["error"]
    assert token not in ran.out + ran.err


def test_n36_a_redirect_to_another_host_ends_with_6_and_that_host_hears_nothing(command, platform):
    command.people(3)
    with Listener() as elsewhere:
        to = (("location", f"{elsewhere.url}/inbox/users/import"),)
        served = platform(Fault(do="answer", status=302, headers=to))
        ran = upload(command, served.base_url)

    assert (ran.code, ran.counts) == (6, {"not_sent": 3})
    assert (elsewhere.connections, elsewhere.received) == (0, b"")
    assert [receipt.method for receipt in served.receipts()] == ["POST"]


@pytest.mark.parametrize(
    "form",
    [
        pytest.param("http://somebody:else@127.0.0.1:{port}", id="N48 user name"),
        pytest.param("http://0.0.0.0:{port}", id="N50 every address"),
        pytest.param("http://127.1:{port}", id="N50 short loopback"),
        pytest.param("http://2130706433:{port}", id="N50 loopback as a number"),
    ],
)
def test_an_address_that_could_be_another_host_than_it_says_ends_with_2_before_anything_is_sent(command, form):
    command.people(3)
    with Listener() as listener:
        ran = upload(command, form.format(port=listener.port))

    assert (ran.code, ran.out) == (2, "")
    assert "--base-url" in ran.err
    assert (listener.connections, listener.received) == (0, b"")


@pytest.mark.parametrize("workers", [1, 4])
def test_the_outage_that_comes_as_a_sample_is_outlived(sample, workers):
    with sandbox(*read_faults(sample / "outage.toml")) as served:
        ending = deliver(people(500), served.base_url, workers=workers)
        check(ending, served)
        statuses = {receipt.status for receipt in served.receipts()}
    assert (ending.code, ending.counts) == (0, {"accepted": 500})
    assert statuses >= {200, 429, 503, 504, None}
    assert 5 < ending.line.clock.now < 60
    assert ending.account.resent_rows > 0
