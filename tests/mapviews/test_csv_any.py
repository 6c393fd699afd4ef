"""Tables as nobody expected them: every cell, every file is read or refused, and no row takes the others with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mapviews.domain import uploads
from mapviews.domain.uploads.cells import moment_of, value_of
from mapviews.domain.uploads.read import read
from mapviews.domain.uploads.recognise import recognise
from mapviews.enums import UploadState
from mapviews.models import Measurement, UploadJob
from portal.exceptions import DomainError

BERLIN, WORLD = ZoneInfo("Europe/Berlin"), ZoneInfo("UTC")
PIECES = [
    "timestamp", "temperature", "Temp", "2026-05-24T06:00:00Z", "24.05.2026 08:00", "0001-01-01 00:00:00", "9999-12-31",
    "21,5", "1.234,5", "-999", "nan", "inf", "1e400", ";", ",", "\t", "\n", "\r\n", '"', "'", "\0", "²", "𝟙",
    "\ufeff", "value",
    "sensor_id", "sensor_type", "createdAt", "unit", "Pa", "", " ", "9" * 400, "x" * 300,
]  # fmt: skip
tables = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@given(st.text(max_size=45), st.sampled_from([BERLIN, WORLD]))
@example("0001-01-01 00:00:00", BERLIN)
@example("9999-12-31 23:59:59-23:00", BERLIN)
@example("31.12.9999 23:59:59", BERLIN)
def test_any_cell_is_a_moment_or_none(text: str, zone: ZoneInfo) -> None:
    found = moment_of(text, zone)
    assert found is None or isinstance(found, int)
    number = value_of(text)
    assert number is None or isinstance(number, float)


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)),
    st.sampled_from(["T", " "]),
    st.sampled_from(["Z", "+00:00"]),
)
def test_moments_come_back_as_written(at: datetime, between: str, zone: str) -> None:
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)
    text = at.isoformat(sep=between, timespec="milliseconds") + zone
    since = at.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    assert moment_of(text, BERLIN) == since // timedelta(milliseconds=1)


@given(st.floats(-1e9, 1e9))
def test_numbers_come_back_as_written_with_point_and_comma(value: float) -> None:
    text = repr(value)
    assert value_of(text) == value
    assert value_of(text.replace(".", ",")) == value


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=tables.map(str.encode) | tables.map(lambda t: t.encode("utf-16")) | st.binary(max_size=200))
def test_any_file_is_recognised_or_refused(body: bytes, tmp_path: Path) -> None:
    file = tmp_path / "tabelle.csv"
    file.write_bytes(body)
    try:
        shape = recognise(file)
    except DomainError as error:
        message = str(error.message)
    else:
        message = "gelesen"
        for cells, problems, _position in read(file, shape):
            assert all(isinstance(cell.value, float) for cell in cells)
            assert all(problem.message for problem in problems)
    assert message


@pytest.mark.django_db
def test_a_row_from_year_one_does_not_take_the_others_with_it(make_station: Any) -> None:
    text = "Zeit;Temperatur\n0001-01-01 00:00:00;1\n9999-12-31 23:59:59;2\n24.05.2026 08:00;3\n31.12.9999 23:59;4\n"
    station = make_station()
    job = uploads.start(station.owner, station=station, file_name="a.csv", chunks=[text.encode()])
    uploads.confirm(station.owner, job=job)
    found = UploadJob.objects.get()
    assert (found.state, found.stored, found.rejected) == (UploadState.DONE, 1, 3)
    assert Measurement.objects.get().value == 3.0


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=tables.map(str.encode), known=st.integers(0, 12))
def test_a_run_that_goes_on_reads_what_the_first_would_have_read(body: bytes, known: int, tmp_path: Path) -> None:
    file = tmp_path / "tabelle.csv"
    file.write_bytes(body)
    try:
        shape = recognise(file)
    except DomainError:
        return
    assert list(read(file, shape, skip=known)) == list(read(file, shape))[known:]
