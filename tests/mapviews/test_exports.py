"""Moments of values as text: the fast way writes what the portal writes everywhere."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapviews.enums import FLAG_NAMES, flag_names
from mapviews.exports import moment_text
from portal.rest import timestamp

FIRST, LAST = -62_135_596_800_000, 253_402_300_799_999  # years 1 to 9999


@given(st.integers(FIRST, LAST))
def test_moments_read_as_everywhere(ts: int) -> None:
    whole = datetime.fromtimestamp(ts // 1000, tz=UTC).replace(microsecond=ts % 1000 * 1000)
    assert moment_text(ts) == timestamp(whole)


@pytest.mark.parametrize("ts", [FIRST, -1, 0, 59_999, 60_000, LAST])
def test_edges(ts: int) -> None:
    whole = datetime.fromtimestamp(ts // 1000, tz=UTC).replace(microsecond=ts % 1000 * 1000)
    assert moment_text(ts) == timestamp(whole)


def test_names_of_flags_are_new_lists() -> None:
    every = flag_names(255)
    assert every == [name for flag, name in FLAG_NAMES.items() if flag <= 255]
    every.append("more")
    assert "more" not in flag_names(255)
