"""Appends from several connections at once stay gapless: they wait for each other on the head."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from portal import audit
from portal.audit.models import AuditEntry


def _append(number: int) -> None:
    try:
        with transaction.atomic():
            audit.record(actor=None, action="test.parallel", payload={"n": number}, stream=f"s{number % 2}")
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_parallel_appends_leave_no_gap():
    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(_append, range(20)))
    for stream in ("s0", "s1"):
        numbers = AuditEntry.objects.filter(stream=stream).order_by("seq").values_list("seq", flat=True)
        assert list(numbers) == list(range(1, 11))
    assert audit.verify().findings == []
