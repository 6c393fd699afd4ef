"""A class with boxes and values for the tests of the Klassenraum."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.mapviews.conftest import PADERBORN


@pytest.fixture
def make_classroom(make_user: Callable[..., Any]) -> Callable[..., Any]:
    """`make_classroom(boxes=2, …)`: a class of a new teacher, with outdoor boxes measuring temperature."""
    from mapviews.domain.classroom import boxes as class_boxes
    from mapviews.domain.classroom import classes

    def make(teacher: Any = None, boxes: int = 2, box_fields: dict[str, Any] | None = None, **fields: Any) -> Any:
        teacher = teacher or make_user()
        ends_on = timezone.localdate() + timedelta(days=200)
        classroom = classes.create(teacher, **({"name": "Klasse 7b", "ends_on": ends_on} | fields))
        if boxes:
            rows = [class_boxes.Row(name) for name in class_boxes.names("Box {nr}", boxes)]
            common = {"phenomena": ["temperature"], "place": PADERBORN} | (box_fields or {})
            class_boxes.register(teacher, classroom=classroom, rows=rows, **common)
        return classroom

    return make


@pytest.fixture
def join() -> Callable[..., Any]:
    """`join(classroom, "Eisvogel")`: a member with `.plain_code`."""
    from mapviews.domain.classroom import pupils

    def make(classroom: Any, pseudonym: str = "Eisvogel") -> Any:
        made = pupils.join(code=classroom.join_code, pseudonym=pseudonym)
        made.pupil.plain_code = made.code
        return made.pupil

    return make


def fill(channel: Any, values: list[float], *, minutes: int = 10) -> int:
    """Values up to now; returns the time of the last one in ms."""
    from mapviews.domain.ingest.batch import Batch, Reading, ingest

    now = int(timezone.now().timestamp() * 1000)
    step = minutes * 60_000
    readings = [Reading(channel.pk, now - (len(values) - 1 - i) * step, value) for i, value in enumerate(values)]
    ingest(Batch(readings, {channel.pk: channel}))
    channel.refresh_from_db()
    return now


def channel_of(classroom: Any, number: int = 1) -> Any:
    return classroom.boxes.get(number=number).station.channels.select_related("phenomenon", "station").get()
