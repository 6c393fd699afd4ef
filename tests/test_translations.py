"""English is complete: no empty or fuzzy entry, the same placeholders, and nothing marked in the code is missing."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale/en/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
PACKAGES = ("portal", "projects", "dialogues", "ethics", "mapviews")


def entries(path: Path):
    with path.open("rb") as handle:
        return [message for message in read_po(handle) if message.id]


def forms(text) -> list[str]:
    return list(text) if isinstance(text, tuple | list) else [text]


def test_english_has_every_sentence():
    empty = [m.id for m in entries(CATALOGUE) if m.fuzzy or not all(forms(m.string))]
    assert empty == []


def test_english_keeps_the_placeholders():
    wrong = [
        m.id
        for m in entries(CATALOGUE)
        if {p for f in forms(m.id) for p in PLACEHOLDER.findall(f)}
        != {p for f in forms(m.string) for p in PLACEHOLDER.findall(f)}
    ]
    assert wrong == []


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="Abgleich übersprungen: GNU gettext fehlt")
def test_nothing_marked_in_the_code_is_missing(tmp_path):
    for package in PACKAGES:
        (tmp_path / package).symlink_to(ROOT / package)
    (tmp_path / "locale").mkdir()
    subprocess.run(
        [str(ROOT / ".venv/bin/django-admin"), "makemessages", "-l", "en", "--symlinks", "-v", "0"],
        cwd=tmp_path,
        check=True,
        env={"PATH": "/usr/bin:/bin"},
    )
    found = {str(m.id) for m in entries(tmp_path / "locale/en/LC_MESSAGES/django.po")}
    assert found - {str(m.id) for m in entries(CATALOGUE)} == set()
