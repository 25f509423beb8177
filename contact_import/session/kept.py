"""What a journal keeps of a run for the commands that come later."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from contact_import.errors import JournalProblem
from contact_import.inputs import called

if TYPE_CHECKING:
    from contact_import.intake import Work
    from contact_import.journal import Journal
    from contact_import.summary import Summary


def facts(work: Work) -> dict[str, object]:
    """Return what commands that come later want to know of a run."""
    rows = [
        count if source.taken is None else len(source.taken)
        for source, count in zip(work.sources, work.survey.wanted, strict=True)
    ]
    return {
        "files": [
            {"path": called(source.table.path.absolute()), "sha256": source.table.sha256, "rows": count}
            for source, count in zip(work.sources, rows, strict=True)
        ],
        "reports": reports(work),
        "wire": asdict(work.job.wire),
    }


def reports(work: Work) -> list[dict[str, str]]:
    """Return where the reports of a run are, and as what they were written."""
    return [{"path": str(report.path.absolute()), "sha256": report.sha256} for report in work.reports]


def remember(journal: Journal, summary: Summary, work: Work) -> Summary:
    """Keep *summary*, and return it; one that says so where it cannot be kept."""
    try:
        journal.note(status=summary.status, summary=summary.as_json(), reports=reports(work))
    except JournalProblem as problem:
        error = summary.error or str(problem)
        return replace(summary, status="stopped", exit_code=problem.exit_code, error=error)
    return summary
