"""Messages of network servers that came while the database was busy: kept as files below `var/spool/`, since these
senders never try again. The worker takes them in as soon as it can. No header is kept."""

from __future__ import annotations

import base64
import json
import logging
import os
import uuid
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from mapviews.domain.messages import receive
from mapviews.models import Source

log = logging.getLogger(__name__)


def folder() -> Path:
    return Path(settings.VAR_DIR) / "spool"


def put(*, source: str, body: bytes, event: str | None) -> None:
    """Keeps one message, safe against a crash once this returns. Raises OSError where the disk is full."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    arrival = timezone.now()
    path = folder() / f"{int(arrival.timestamp() * 1000)}-{uuid.uuid4().hex}.json"
    data = {"source": source, "event": event, "arrival": arrival.isoformat(), "body": base64.b64encode(body).decode()}
    draft = path.with_suffix(".part")
    with draft.open("w") as handle:
        json.dump(data, handle)
        handle.flush()
        os.fsync(handle.fileno())
    draft.rename(path)


def drain() -> int:
    """Takes in what waits, oldest first; returns how many. A busy database ends the turn and loses nothing.

    A file that fails for another reason is put aside as `.failed` and logged, so that it holds up no other.
    """
    done = 0
    for path in sorted(folder().glob("*.json")):
        try:
            _take_in(json.loads(path.read_text()))
        except OperationalError:
            raise
        except Exception:
            log.exception("spool_failed", extra={"file": path.name})
            path.rename(path.with_suffix(".failed"))
            continue
        path.unlink()
        done += 1
    return done


def _take_in(data: dict[str, str]) -> None:
    source = Source.objects.filter(slug=data["source"]).first()
    if source is not None:
        body, arrival = base64.b64decode(data["body"]), datetime.fromisoformat(data["arrival"])
        receive(source, body=body, event=data["event"], arrival=arrival)
