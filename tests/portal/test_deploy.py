"""The example environment in deploy/ names only variables that the settings know, and commands that exist."""

from __future__ import annotations

import re
from pathlib import Path

from django.core.management import get_commands

from portal.settings import env

DEPLOY = Path(__file__).resolve().parent.parent.parent / "deploy"


def test_example_environment_names_known_variables():
    lines = (DEPLOY / "portal.env.example").read_text(encoding="utf-8")
    names = re.findall(r"^#? ?([A-Z_]+)=", lines, re.MULTILINE)
    assert len(names) > 8
    assert set(names) - env.KNOWN - {"DJANGO_SETTINGS_MODULE"} == set()


def test_units_run_commands_that_exist():
    called = [m for unit in DEPLOY.glob("*.service") for m in re.findall(r"manage\.py (\w+)", unit.read_text())]
    assert sorted(set(called)) == ["check", "collectstatic", "lorawan_subscribe", "migrate", "serve", "worker"]
    assert set(called) <= set(get_commands())
