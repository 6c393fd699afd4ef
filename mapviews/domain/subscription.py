"""MQTT: which source a topic belongs to, and taking its messages in. The broker's password is the proof there."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from mapviews.domain.messages import Receipt, receive
from mapviews.enums import SourceKind
from mapviews.models import Device, Source

TOPICS = ("application/+/device/+/event/+", "v3/+/devices/+/up")
_CHIRPSTACK = re.compile(r"application/([^/]+)/device/([^/]+)/event/([^/]+)")
_TTS = re.compile(r"v3/([^/]+)/devices/([^/]+)/up")


class Topic(NamedTuple):
    kind: str
    application: str
    device: str
    event: str


def read_topic(topic: str) -> Topic | None:
    """The parts of a topic we subscribe to, None for others."""
    if match := _CHIRPSTACK.fullmatch(topic):
        return Topic(SourceKind.CHIRPSTACK, match[1], match[2].lower(), match[3])
    if match := _TTS.fullmatch(topic):
        return Topic(SourceKind.TTS, match[1].partition("@")[0], match[2], "up")
    return None


def source_for(topic: Topic) -> Source | None:
    """The source that knows the device, else one that names its application, else the newest of its kind.

    Among the newest, those that map devices by themselves come first.
    """
    sources = list(Source.objects.filter(kind=topic.kind, is_active=True).order_by("-auto_map", "-pk"))
    field = "dev_eui" if topic.kind == SourceKind.CHIRPSTACK else "device_id"
    known = Device.objects.filter(source__in=sources, station__isnull=False, **{f"{field}__iexact": topic.device})
    if owner := known.order_by("-last_seen_at").values_list("source", flat=True).first():
        return next(source for source in sources if source.pk == owner)
    named = [source for source in sources if topic.application in source.allowed_applications]
    return next(iter(named or [source for source in sources if not source.allowed_applications]), None)


def take(topic: str, payload: bytes, *, arrival: datetime | None = None) -> Receipt | None:
    """Takes one message in; None where no source is responsible. Committed when it returns. `arrival`: as `receive`."""
    parts = read_topic(topic)
    source = source_for(parts) if parts else None
    if parts is None or source is None:
        return None
    return receive(source, body=payload, event=parts.event, arrival=arrival)
