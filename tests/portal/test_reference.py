"""Every environment variable, own setting and command has its line in docs/reference/."""

import re
from pathlib import Path

import pytest
from django.conf import global_settings
from django.conf import settings as django_settings
from django.core.management import get_commands

from portal.settings import env

BASE = Path(django_settings.BASE_DIR)
SETTINGS = (BASE / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
COMMANDS = (BASE / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
OURS = ("portal", "projects", "dialogues", "ethics", "mapviews")
# Settings that belong to Django's companions and are documented there.
FOREIGN = re.compile(
    r"(ACCOUNT|ALLAUTH|MFA|SOCIALACCOUNT|USERSESSIONS|WAGTAIL|CHANNEL|ASGI|TASKS|CONTENT_SECURITY_POLICY|NINJA|STATICFILES_|ROOT_URLCONF)"
)


def own_settings():
    for file in sorted((BASE / "portal" / "settings").glob("*.py")):
        if file.name in {"env.py", "test.py"}:
            continue
        for name in re.findall(r"^([A-Z][A-Z_]+)(?:: [^=]+)? =", file.read_text(encoding="utf-8"), re.MULTILINE):
            if not hasattr(global_settings, name) and not FOREIGN.match(name):
                yield name


@pytest.mark.parametrize("name", sorted(env.KNOWN))
def test_variable_is_documented(name):
    assert f"| `{name}` |" in SETTINGS


@pytest.mark.parametrize("name", sorted(set(own_settings())))
def test_own_setting_is_documented(name):
    assert f"| `{name}` |" in SETTINGS


@pytest.mark.parametrize("name", sorted(n for n, app in get_commands().items() if app.split(".")[0] in OURS))
def test_command_is_documented(name):
    assert re.search(rf"^\| `{name}[ `]", COMMANDS, re.MULTILINE)
