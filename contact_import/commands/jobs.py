"""From what the options say to a job; UsageProblem where that makes no sense."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from contact_import.commands import remote
from contact_import.errors import UsageProblem

if TYPE_CHECKING:
    from contact_import.commands.options import Choice, Columns, Network, Reading, Sending, Upload
    from contact_import.intake import Job

Pairs = dict[str, list[str]]


def looking(columns: Columns, reading: Reading, endpoint: str = "") -> Job:
    """Return a job that understands its files, which it still lacks."""
    from contact_import.intake import Job
    from contact_import.readers import ReadOptions

    return Job(
        files=(),
        endpoint=endpoint,
        reading=ReadOptions(**asdict(reading)),
        given=_pairs("--map", columns.map),
        attributes=_single_pairs(columns.attribute),
        region=_region(columns.country),
    )


def uploading(given: Upload) -> Job:
    """Return the job that `upload` is asked for, without its files. A saved mapping and certificates are read here."""
    from contact_import import mapping_file, target

    mapping, resuming = given.mapping, given.resuming
    if resuming.on_unconfirmed == "hold" and resuming.resend_unconfirmed:
        raise UsageProblem("--on-unconfirmed hold and --resend-unconfirmed say the opposite of each other")
    fields, keys = mapping_file.load_mapping(mapping.mapping) if mapping.mapping else ({}, {})
    job = looking(mapping, given.reading, remote.SANDBOX if given.sandbox else target.checked(given.base_url))
    job = replace(
        job,
        given={**fields, **job.given},
        attributes={**keys, **job.attributes},
        save_mapping=mapping.save_mapping,
        tags=tuple(dict.fromkeys(mapping.tag or ())),
        dry_run=given.dry_run,
        fresh=resuming.fresh,
        new_journal=resuming.new_journal,
        hold_unconfirmed=resuming.on_unconfirmed == "hold",
        resend_unconfirmed=resuming.resend_unconfirmed,
        max_reject=given.guards.max_reject,
        expect_rows=given.guards.expect_rows,
        failures=given.reports.failures,
        outcomes=given.reports.outcomes,
    )
    job = _sent(job, given.sending)
    job = _routed(job, given.network, given.base_url)
    return _chosen(job, given.choice)


def _sent(job: Job, sending: Sending) -> Job:
    """Return *job* with how it is sent."""
    from contact_import import api, target
    from contact_import.pace import Patience

    return replace(
        job,
        wire=api.Wire(
            send_empty=sending.send_empty,
            authtype=not sending.no_authtype,
            bot_id=target.checked_bot_id(sending.bot_id),
            successes=tuple(map(api.success, sending.accept_success or ())),
        ),
        limits=(sending.batch_size, sending.max_bytes),
        concurrency=sending.concurrency,
        patience=Patience(rate=sending.rate, max_outage=sending.max_outage, deadline=sending.deadline),
    )


def _routed(job: Job, network: Network, base_url: str) -> Job:
    """Return *job* with what lies between here and the platform; nothing does where it goes to the sandbox."""
    from contact_import import target

    proxy = None if job.endpoint == remote.SANDBOX else network.proxy
    return replace(
        job,
        proxy=target.checked_proxy(proxy, base_url) if proxy else None,
        ca_file=remote.certificates(network.ca_file),
    )


def _chosen(job: Job, choice: Choice) -> Job:
    """Return *job* with which rows are taken, and who is sent to."""
    return replace(
        job,
        strict=choice.strict,
        where=_conditions("--where", choice.where),
        limit=choice.limit,
        sample=choice.sample,
        consent=_conditions("--require-consent", choice.require_consent),
        suppress=tuple(choice.suppress or ()),
        include_opted_out=choice.include_opted_out,
    )


def _pairs(option: str, given: list[str] | None, form: str = 'NAME=COLUMN, such as {} phone="Mobile No."') -> Pairs:
    """Split each of *given* at its first "="; a name given twice has both values, in order. *form* is what to say."""
    found: Pairs = {}
    for text in given or ():
        name, equals, value = text.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise UsageProblem(f"{option} takes {form.format(option)}")
        found.setdefault(name.strip(), []).append(value.strip())
    return found


def _conditions(option: str, given: list[str] | None) -> Pairs:
    """Split each of *given* into a column and the value that its cells must have."""
    return _pairs(option, given, "COLUMN=VALUE, such as {} City=Pune")


def _single_pairs(given: list[str] | None) -> dict[str, str]:
    """Split each of --attribute's values; a key takes one column."""
    found = _pairs("--attribute", given)
    if twice := [key for key, columns in found.items() if len(columns) > 1]:
        raise UsageProblem(f"--attribute {twice[0]} is given twice; a key takes one column")
    return {key: columns[0] for key, columns in found.items()}


def _region(country: str | None) -> str | None:
    """Return the region that --country names, by its two letters or by its name."""
    if country is None:
        return None
    from contact_import.phones.countries import region_of

    region = region_of(country)
    if not region:
        raise UsageProblem("--country takes the two letters of a country, such as IN, BR, ZA, ID or AE")
    return region
