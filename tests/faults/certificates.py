"""Certificates made for one test run, and servers' contexts that show them."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

import trustme

if TYPE_CHECKING:
    from pathlib import Path

NAME = "127.0.0.1"


@cache
def authority() -> trustme.CA:
    return trustme.CA()


def trusting() -> ssl.SSLContext:
    """Return a client's context that trusts our authority and nobody else."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority().configure_trust(context)
    return context


def serving(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


@cache
def right() -> ssl.SSLContext:
    return serving(authority().issue_cert(NAME, "localhost"))


@cache
def right_by_tls_1_3_alone() -> ssl.SSLContext:
    context = serving(authority().issue_cert(NAME))
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    return context


@cache
def self_signed() -> ssl.SSLContext:
    """Return a context with a certificate of an authority that nobody knows, as good as one that signed itself."""
    return serving(trustme.CA().issue_cert(NAME, "localhost"))


@cache
def expired() -> ssl.SSLContext:
    return serving(authority().issue_cert(NAME, not_after=datetime.now(UTC) - timedelta(days=1)))


@cache
def wrong_host() -> ssl.SSLContext:
    return serving(authority().issue_cert("api.example.com"))


def authority_file(folder: Path) -> Path:
    """Return a file with our authority's certificate, as somebody could plant it into the environment."""
    path = folder / "authority.pem"
    authority().cert_pem.write_to_path(str(path))
    return path
