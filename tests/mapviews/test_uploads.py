"""CSV files: recognised, stored once, refused line by line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mapviews.domain import uploads
from mapviews.domain.uploads.files import path_of
from mapviews.enums import UploadState
from mapviews.models import Channel, Measurement, UploadJob
from portal.exceptions import DomainError
from tests.mapviews.conftest import DATA

pytestmark = pytest.mark.django_db


def upload(station: Any, content: bytes | Path, **options: Any) -> UploadJob:
    body = content.read_bytes() if isinstance(content, Path) else content
    job = uploads.start(station.owner, station=station, file_name="werte.csv", chunks=[body])
    uploads.confirm(station.owner, job=job, **options)
    job.refresh_from_db()
    return job


def latest(station: Any) -> dict[str, float]:
    return dict(station.channels.exclude(latest_ts=None).values_list("key", "latest_value"))


def test_archive_of_sensor_community(make_station: Any) -> None:
    station = make_station()
    job = upload(station, DATA / "archive_sds011.csv")
    assert (job.state, job.rows, job.stored, job.duplicate, job.rejected) == (UploadState.DONE, 5, 10, 0, 0)
    assert latest(station) == {"pm10": 2.77, "pm25": 1.0}
    assert not path_of(job.uuid).exists()
    assert "51.7" not in str(job.shape)


def test_archive_of_a_bme280_turns_pascal_and_keeps_gaps(make_station: Any) -> None:
    station = make_station()
    job = upload(station, DATA / "archive_bme280.csv")
    assert (job.stored, job.flagged, job.rejected) == (5, 1, 0)
    assert latest(station) == {"pressure": 1015.4885, "temperature": 10.6, "humidity": 99.9}


def test_same_file_again_is_a_no_op_with_counts(make_station: Any) -> None:
    station = make_station()
    upload(station, DATA / "archive_sds011.csv")
    job = upload(station, DATA / "archive_sds011.csv")
    assert (job.stored, job.duplicate, job.conflicting) == (0, 10, 0)
    assert Measurement.objects.count() == 10


def test_places_in_the_file_are_ignored(make_station: Any, client: Any) -> None:
    station = make_station()
    upload(station, DATA / "archive_sds011.csv")
    for path in (station.canonical_url, "/api/v1/stations", "/api/v1/stations.geojson", "/api/v1/catalog.jsonld"):
        assert b"51.70000001" not in client.get(path).content


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Datum;Uhrzeit;Temperatur (°C);Luftfeuchte\n24.05.2026;08:00;21,5;50\n", "cp1252"),
        ("Zeit\tTemp\tLuftfeuchtigkeit\n2026-05-24 08:00\t21,5\t50\n", "utf-16"),
        ("\ufefftimestamp,temperature,humidity\n2026-05-24T06:00:00Z,21.5,50\n", "utf-8"),
        (
            "createdAt,value,phenomenon\n2026-05-24T06:00:00Z,21.5,Temp\n2026-05-24T06:00:00Z,50,rel. Luftfeuchte\n",
            "utf-8",
        ),
        ("ts;temperature;humidity\n1779602400;21.5;50\n", "utf-8"),
    ],
)
def test_tables_of_many_kinds_mean_the_same(make_station: Any, text: str, encoding: str) -> None:
    station = make_station()
    upload(station, text.encode(encoding))
    assert latest(station) == {"temperature": 21.5, "humidity": 50.0}
    assert set(Measurement.objects.values_list("ts", flat=True)) == {1_779_602_400_000}


def test_bad_lines_are_named_and_good_ones_kept(make_station: Any) -> None:
    text = (
        "timestamp;temperature\n2026-05-24T06:00Z;1\nkeine Zeit;2\n2026-05-24T06:01Z;viel\n"
        "2099-01-01T00:00Z;3\n2026-05-24T06:02Z\n2026-05-24T06:03Z;4\n"
    )
    job = upload(make_station(), text.encode())
    assert (job.rows, job.stored, job.rejected) == (6, 2, 4)
    errors = list(job.row_errors.values_list("line", "code"))
    assert errors == [(3, "time"), (4, "value"), (5, "time_ahead"), (6, "columns")]
    assert all(error.message for error in job.row_errors.all())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"hallo welt", "no_table"),
        (b"name;wert\neins;zwei\ndrei;vier\n", "no_time"),
        (b"PK\x03\x04\x14\x00", "not_text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "not_text"),
    ],
)
def test_malformed_files_change_nothing(make_station: Any, content: bytes, code: str) -> None:
    station = make_station()
    with pytest.raises(DomainError) as error:
        upload(station, content)
    assert error.value.code == code
    assert (UploadJob.objects.count(), Measurement.objects.count(), Channel.objects.count()) == (0, 0, 0)


def test_columns_can_be_mapped_by_hand(make_station: Any) -> None:
    station = make_station()
    job = upload(station, b"timestamp;Fuehler A\n2026-05-24T06:00Z;7\n", mapping={"1": "temperature"})
    assert job.stored == 1
    with pytest.raises(DomainError):
        upload(station, b"timestamp;Fuehler A\n2026-05-24T06:00Z;7\n")


def test_lines_of_another_sensor_are_refused(make_station: Any) -> None:
    text = (DATA / "archive_sds011.csv").read_text() + "4711;SDS011;1;1;1;2026-05-24T05:00:00;9;;;9;;\n"
    job = upload(make_station(), text.encode())
    assert (job.stored, list(job.row_errors.values_list("line", "code"))) == (10, [(7, "other_sensor")])


def test_large_files_run_as_a_task(make_station: Any) -> None:
    lines = [f"{1_779_602_400 + i * 60};{i % 40}" for i in range(6000)]
    job = upload(make_station(), ("ts;temperature\n" + "\n".join(lines)).encode())
    job.refresh_from_db()
    if job.state == UploadState.QUEUED:  # the task waits for the commit, which a test never makes
        uploads.run(job)
        job.refresh_from_db()
    assert (job.state, job.rows, job.stored) == (UploadState.DONE, 6000, 6000)


def test_pages_lead_from_file_to_report(make_station: Any, client: Any) -> None:
    station = make_station()
    client.force_login(station.owner)
    start = f"{station.get_absolute_url()}hochladen/"
    file = SimpleUploadedFile("archiv.csv", (DATA / "archive_sds011.csv").read_bytes(), "text/csv")
    preview = client.post(start, {"file": file}, follow=True)
    assert "Archiv von sensor.community" in preview.content.decode()
    assert Measurement.objects.count() == 0
    report = client.post(preview.request["PATH_INFO"], {"column_6": "pm10", "column_9": "pm25"}, follow=True)
    assert 'data-count="stored">10<' in report.content.decode()
    broken = client.post(start, {"file": SimpleUploadedFile("x.csv", b"hallo welt", "text/csv")})
    assert broken.status_code == 400
    assert "Wir erkennen keine Tabelle" in broken.content.decode()
    assert client.post(start, {"file": SimpleUploadedFile("x.csv", b"", "text/csv")}).status_code == 400
