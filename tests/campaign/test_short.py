"""A little of every campaign: kills, power cuts, network faults, double starts, signals, and a naive script beside."""

import subprocess
import sys

from tests.warm import ROOT

PATIENCE = 900.0
"""Seconds after which it is taken to hang; on an idle machine it takes a tenth of that."""


def test_a_little_of_every_campaign_breaks_no_promise():
    # A process of its own: the tracer must be alone with its children.
    ran = subprocess.run(
        [sys.executable, "-m", "tests.campaign", "--short"],
        cwd=ROOT,
        timeout=PATIENCE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, f"{ran.stdout}\n{ran.stderr}"
    assert "**no**" not in ran.stdout
