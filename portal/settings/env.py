"""Typed readers of the environment: a malformed value stops the start with a sentence that names the variable."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")

KNOWN = {
    "DATABASE_URL", "REDIS_URL", "MQTT_URL", "SECRET_KEY", "SECRET_KEY_FILE", "ALLOWED_HOSTS", "BASE_URL", "VAR_DIR",
    "EMAIL_URL", "DEMO", "DEMO_PASSWORD", "TRUSTED_PROXIES", "METRICS_TOKEN", "DJANGO_SETTINGS_MODULE",
}  # fmt: skip

# Their values may hold passwords, so no message repeats them.
SECRET = {"DATABASE_URL", "REDIS_URL", "MQTT_URL", "EMAIL_URL", "SECRET_KEY", "DEMO_PASSWORD", "METRICS_TOKEN"}

TRUE = {"1", "true", "yes", "on", "ja"}
FALSE = {"0", "false", "no", "off", "nein", ""}


def fail(name: str, sentence: str) -> ImproperlyConfigured:
    """The error every reader raises; the sentence names the variable first."""
    return ImproperlyConfigured(f"Umgebungsvariable {name}: {sentence}")


def _read(name: str, parse: Callable[[str], T], default: T, expected: str) -> T:
    raw = os.environ.get(name)
    if raw is None or raw == "":
        return default
    try:
        return parse(raw.strip())
    except (ValueError, OSError) as error:
        shown = "der Wert" if name in SECRET else f"„{raw[:80]}“"
        raise fail(name, f"{shown} ist kein gültiger Wert. Erwartet wird {expected}.") from error


def text(name: str, default: str = "") -> str:
    return _read(name, str, default, "ein Text")


def boolean(name: str, default: bool = False) -> bool:
    def parse(raw: str) -> bool:
        if raw.lower() in TRUE:
            return True
        if raw.lower() in FALSE:
            return False
        raise ValueError(raw)

    return _read(name, parse, default, "1 oder 0 (auch ja/nein, true/false)")


def integer(name: str, default: int, *, minimum: int = 0) -> int:
    def parse(raw: str) -> int:
        number = int(raw)
        if number < minimum:
            raise ValueError(raw)
        return number

    return _read(name, parse, default, f"eine ganze Zahl ab {minimum}")


def hosts(name: str, default: list[str]) -> list[str]:
    """Names this site answers to, separated by commas: no scheme, no path, no port."""

    def parse(raw: str) -> list[str]:
        names = [word.strip() for word in raw.split(",") if word.strip()]
        if not names or any(not re.fullmatch(r"\*|\.?[\w.-]+|\[[0-9a-fA-F:]+\]", name) for name in names):
            raise ValueError(raw)
        return names

    return _read(name, parse, default, "eine Liste von Namen mit Kommas, ohne https:// und ohne Port")


def directory(name: str, default: Path) -> Path:
    """A folder that exists or can be made, and that we may write to."""
    folder = path(name, default)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise fail(name, f"der Ordner „{folder}“ lässt sich nicht anlegen ({error.strerror}).") from error
    if not os.access(folder, os.W_OK):
        raise fail(name, f"in den Ordner „{folder}“ darf nicht geschrieben werden.")
    return folder


def path(name: str, default: Path) -> Path:
    return _read(name, lambda raw: Path(raw).expanduser().resolve(), default, "ein Pfad")


def url(name: str, schemes: set[str], default: str = "") -> str:
    """An address with one of the given schemes and a host (sqlite: a path), without a trailing slash."""

    def parse(raw: str) -> str:
        parts = urlsplit(raw)
        parts.port  # noqa: B018  raises ValueError on a malformed port
        if parts.scheme not in schemes:
            raise ValueError(raw)
        if not parts.netloc and parts.scheme not in {"sqlite", "consolemail", "dummymail", "filemail"}:
            raise ValueError(raw)
        return raw.rstrip("/")

    return _read(name, parse, default, "eine Adresse mit " + " oder ".join(f"{s}://" for s in sorted(schemes)))


def refuse_misspelt() -> None:
    """Stops the start where a variable looks like one of ours with a slip of the pen, e.g. `DATABASE_ULR`."""
    for name in os.environ:
        if name in KNOWN or len(name) < 6 or not name.isupper():
            continue
        close = difflib.get_close_matches(name, KNOWN, n=1, cutoff=0.86)
        if close:
            raise fail(name, f"unbekannt. Meinten Sie {close[0]}?")


def secret_key(var_dir: Path) -> str:
    """SECRET_KEY, else the content of SECRET_KEY_FILE, else a key made once in `var/secret_key` (mode 600)."""
    if value := os.environ.get("SECRET_KEY"):
        if len(value) < 32:
            raise fail("SECRET_KEY", "zu kurz. Erwartet werden mindestens 32 Zeichen.")
        return value
    given = os.environ.get("SECRET_KEY_FILE")
    file = Path(given) if given else var_dir / "secret_key"
    if given and not file.is_file():
        raise fail("SECRET_KEY_FILE", f"die Datei „{given}“ gibt es nicht.")
    if not file.exists():
        from django.core.management.utils import get_random_secret_key

        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass
        else:
            with os.fdopen(descriptor, "w") as handle:
                handle.write(get_random_secret_key())
    return file.read_text().strip()
