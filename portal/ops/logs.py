"""Structured logs without personal data: one JSON object a line, addresses and long secrets taken out."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IP4 = re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b")
_IP6 = re.compile(r"\b(?:[0-9a-f]{1,4}:){3,}[0-9a-f:]{1,}\b", re.IGNORECASE)
_SECRET = re.compile(r"\b[A-Za-z0-9_-]{32,}\b")
_QUERY = re.compile(r"\?[^\s\"']+")
# Paths that carry a code or a token of a person.
_TOKEN_PATH = re.compile(r"(/t/|/abmelden/|/key/)[^\s/\"']+")
_DROPPED = ("request", "positional_args", "exc_text", "stack_info")


def scrub_text(text: str) -> str:
    """The text without mail and IP addresses, query strings, codes and long secrets."""
    text = _MAIL.sub("<adresse>", text)
    text = _QUERY.sub("?…", text)
    text = _TOKEN_PATH.sub(r"\1…", text)
    text = _IP4.sub("<ip>", text)
    text = _IP6.sub("<ip>", text)
    return _SECRET.sub("<geheim>", text)


def scrub(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """structlog processor: drops request objects and cleans every text value."""
    for key in _DROPPED:
        event.pop(key, None)
    for key, value in event.items():
        if isinstance(value, str) and key not in {"timestamp", "level", "logger"}:
            event[key] = scrub_text(value)
    return event


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def config(*, file: Path | None) -> dict[str, Any]:
    """Django's LOGGING: JSON lines into `file`, or to standard output where there is none (containers)."""
    handler: dict[str, Any] = {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = {
            "class": "logging.handlers.WatchedFileHandler",
            "filename": str(file),
            "delay": True,
            "encoding": "utf-8",
            "formatter": "json",
        }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    scrub,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {"portal": handler},
        "root": {"handlers": ["portal"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "level": "INFO", "propagate": True},
            "django.request": {"level": "ERROR"},
            "daphne": {"level": "WARNING"},
            "PIL": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
        },
    }


def configure_structlog() -> None:
    """`structlog.get_logger()` writes through the same handlers as the standard library."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
