"""Settings from the environment: a wrong value stops the start with one German sentence that names the variable."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured

from portal.settings import env

BASE = Path(django_settings.BASE_DIR)


@pytest.mark.parametrize(("raw", "value"), [("1", True), ("ja", True), ("ON", True), ("0", False), ("nein", False)])
def test_boolean_reads_words(monkeypatch, raw, value):
    monkeypatch.setenv("DEMO", raw)
    assert env.boolean("DEMO") is value


@pytest.mark.parametrize(
    ("read", "raw"),
    [
        (lambda: env.boolean("DEMO"), "vielleicht"),
        (lambda: env.integer("DEMO", 0), "-1"),
        (lambda: env.integer("DEMO", 0), "zwei"),
        (lambda: env.url("DEMO", {"redis"}), "http://x"),
        (lambda: env.url("DEMO", {"redis"}), "redis://"),
        (lambda: env.url("DEMO", {"redis"}), "redis://x:portnummer"),
        (lambda: env.url("DEMO", {"smtp"}), "mail.example"),
        (lambda: env.hosts("DEMO", []), "https://portal.example"),
        (lambda: env.hosts("DEMO", []), "portal.example:443"),
    ],
)
def test_malformed_value_names_the_variable(monkeypatch, read, raw):
    monkeypatch.setenv("DEMO", raw)
    with pytest.raises(ImproperlyConfigured, match=r"Umgebungsvariable DEMO: .*kein gültiger Wert. Erwartet wird"):
        read()


def test_secrets_are_not_repeated_in_the_sentence(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://nutzer:streng-geheim@db/portal")
    with pytest.raises(ImproperlyConfigured) as caught:
        env.url("DATABASE_URL", {"postgres"})
    assert "streng-geheim" not in str(caught.value)


@pytest.mark.parametrize("name", ["DATABASE_ULR", "REDIS_URI", "SECRETKEY", "ALLOWED_HOST", "DEMO_PASWORD"])
def test_slip_of_the_pen_is_noticed(monkeypatch, name):
    monkeypatch.setenv(name, "x")
    with pytest.raises(ImproperlyConfigured, match=f"Umgebungsvariable {name}: unbekannt. Meinten Sie"):
        env.refuse_misspelt()


@pytest.mark.parametrize("name", ["PATH", "LANG", "DATABASE_HOST_OF_ANOTHER_PROGRAM", "PGHOST"])
def test_other_variables_are_left_alone(monkeypatch, name):
    monkeypatch.setenv(name, "x")
    env.refuse_misspelt()


def test_folder_that_cannot_be_made_is_named(monkeypatch, tmp_path):
    (tmp_path / "datei").write_text("")
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "datei" / "var"))
    with pytest.raises(ImproperlyConfigured, match=r"VAR_DIR: der Ordner .* lässt sich nicht anlegen"):
        env.directory("VAR_DIR", tmp_path)


def test_short_secret_key_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "kurz")
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY: zu kurz"):
        env.secret_key(tmp_path)


def test_secret_key_is_made_once_and_private(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.delenv("SECRET_KEY_FILE", raising=False)
    first = env.secret_key(tmp_path)
    assert env.secret_key(tmp_path) == first
    assert len(first) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_missing_secret_key_file_is_named(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "fehlt"))
    with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY_FILE: die Datei .* gibt es nicht"):
        env.secret_key(tmp_path)


def start(tmp_path, **variables):
    clean = {k: v for k, v in os.environ.items() if k not in env.KNOWN}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=BASE, env=clean | {"VAR_DIR": str(tmp_path)} | variables, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"DEMO": "vielleicht"}, "Umgebungsvariable DEMO: „vielleicht“ ist kein gültiger Wert."),
        ({"REDIS_URI": "redis://x"}, "Umgebungsvariable REDIS_URI: unbekannt. Meinten Sie REDIS_URL?"),
        ({"DATABASE_URL": "postgres://"}, "Umgebungsvariable DATABASE_URL: "),
        (
            {"DJANGO_SETTINGS_MODULE": "portal.settings.production", "BASE_URL": "http://x.example"},
            "Umgebungsvariable BASE_URL: muss in der Produktion mit https:// beginnen.",
        ),
    ],
)
def test_start_stops_with_one_sentence(tmp_path, variables, sentence):
    done = start(tmp_path, **variables)
    assert done.returncode == 1
    assert done.stderr.startswith(sentence)
    assert "Traceback" not in done.stderr
