"""Each numbered step of a tutorial is a named step of a browser test, in the same order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STEP_IN_DOC = re.compile(r"^\d+\. \*\*(.+?)\*\*", re.MULTILINE)
STEP_IN_TEST = re.compile(r'\bstep\(\s*"(.+?)"\s*\)')
PAIRS = {
    "buergerin": "test_citizen.py",
    "buergerin-dialog": "test_contributions.py",
    "moderation": "test_facilitator.py",
    "moderation-planung": "test_planning.py",
    "anmeldung": "test_registration.py",
    "ethikrat": "test_ethics.py",
    "ethikrat-rollen": "test_ethics_roles.py",
    "sensor": "test_resident.py",
    "sensorstelle": "test_sensor_desk.py",
    "klassenraum": "test_classroom.py",
    "redaktion": "test_editor.py",
    "moderation-kommentare": "test_content_moderation.py",
    "buergerin-konto": "test_account.py",
    "reallabor": "test_reallabor.py",
}


@pytest.mark.parametrize(("tutorial", "test"), PAIRS.items())
def test_each_step_of_the_tutorial_is_done_in_the_browser(tutorial, test):
    told = [s.rstrip(".") for s in STEP_IN_DOC.findall((ROOT / f"docs/tutorial/{tutorial}.md").read_text())]
    done = STEP_IN_TEST.findall((ROOT / f"tests/e2e/{test}").read_text())
    assert told, f"docs/tutorial/{tutorial}.md hat keine nummerierten Schritte der Form „1. **Titel.** …“"
    assert done == told
