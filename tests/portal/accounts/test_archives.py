"""The archive of one's own data: built in the background, for the owner alone, for a week."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.users.models import UserProfile

from portal.accounts.domain import archives, privacy
from portal.accounts.enums import ExportState
from portal.accounts.models import DataExport
from portal.comments.domain import writing

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume")]


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(autouse=True)
def own_var(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def ready(make_user, django_capture_on_commit_callbacks):
    """`ready(user)`: asks for an archive through the page and lets the worker build it."""

    def build(user) -> DataExport:
        with django_capture_on_commit_callbacks(execute=True):
            assert signed_in(user).post("/konto/daten/auszug/anfordern/")["Location"] == "/konto/daten/auszug/"
        return DataExport.objects.filter(user=user).first()

    return build


def opened(answer) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(answer)))


def test_an_archive_holds_json_tables_and_files(make_user, make_project, ready):
    user = make_user()
    writing.create(user=user, thread=make_project().thread, text="=1+1 ergibt zwei, oder?")
    profile = UserProfile.objects.create(user=user)
    profile.avatar.save("../bild.png", ContentFile(b"bild"))
    job = ready(user)
    assert (job.state, job.done) == (ExportState.READY, job.total)
    client = signed_in(user)
    assert "liegt bereit" in client.get("/konto/daten/auszug/").text
    answer = client.get(f"/konto/daten/auszug/{job.uuid}.zip")
    assert answer["Content-Disposition"].startswith('attachment; filename="meine-daten-')
    assert "no-store" in answer["Cache-Control"]
    archive = opened(answer)
    parts = json.loads(archive.read("daten.json"))["parts"]
    assert parts.keys() == {key for key, _label, _rows in privacy.parts()}
    assert parts["comments"] == list(json.loads(json.dumps(privacy.export(user=user)["parts"]["comments"])))
    assert parts["account"][0]["email"] == user.email
    table = list(csv.DictReader(io.StringIO(archive.read("csv/comments.csv").decode("utf-8-sig"))))
    assert table[0]["text"] == "'=1+1 ergibt zwei, oder?"
    (picture,) = [name for name in archive.namelist() if name.startswith("dateien/")]
    assert ".." not in picture
    assert archive.read(picture) == b"bild"


def test_every_part_has_a_table(make_user, ready):
    job = ready(make_user())
    names = set(zipfile.ZipFile(archives.path_of(job)).namelist())
    assert {f"csv/{key}.csv" for key, _label, _rows in privacy.parts()} < names


def test_only_the_owner_gets_it(make_user, ready):
    job = ready(make_user())
    path = f"/konto/daten/auszug/{job.uuid}.zip"
    assert Client().get(path)["Location"].startswith("/konto/login/")
    assert signed_in(make_user()).get(path).status_code == 404
    assert signed_in(make_user()).post(f"/konto/daten/auszug/{job.uuid}/loeschen/").status_code == 404
    assert Client().get(f"/media/exports/{job.uuid}.zip").status_code == 404
    assert archives.path_of(job).stat().st_mode & 0o077 == 0


def test_progress_is_told_as_page_and_as_json(make_user):
    user = make_user()
    DataExport.objects.create(
        user=user, state=ExportState.BUILDING, done=2, total=9, expires_at=timezone.now() + timedelta(days=1)
    )
    client = signed_in(user)
    assert "2 von 9" in client.get("/konto/daten/auszug/").text
    answer = client.get("/konto/daten/auszug/", headers={"Accept": "application/json"})
    assert answer.json() == {"state": "building", "done": 2, "total": 9, "finished": False}


def test_two_clicks_build_one(make_user):
    user = make_user()
    assert archives.request_archive(user=user) == archives.request_archive(user=user)
    DataExport.objects.update(created_at=timezone.now() - timedelta(hours=3))
    archives.request_archive(user=user)  # the first one was left behind by a dead worker
    assert sorted(DataExport.objects.values_list("state", flat=True)) == ["failed", "waiting"]


def test_a_part_that_breaks_fails_the_job_and_leaves_no_file(make_user, ready):
    def broken(user):
        raise RuntimeError("kaputt")

    privacy.register_export("test_broken", broken)
    try:
        job = ready(make_user())
    finally:
        privacy._exports.pop("test_broken")
    assert job.state == ExportState.FAILED
    assert not list(archives.path_of(job).parent.glob(f"{job.uuid}*"))


def test_it_expires_and_retention_deletes_it(make_user, ready):
    user = make_user()
    job = ready(user)
    stray = archives.path_of(job).with_name("fremd.zip")
    stray.write_bytes(b"x")
    DataExport.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert signed_in(user).get(f"/konto/daten/auszug/{job.uuid}.zip").status_code == 404
    assert signed_in(user).get("/konto/daten/auszug/")["Location"] == "/konto/daten/"
    dry = {rule.key: number for rule, number in privacy.retain(dry_run=True)}
    assert (dry["accounts.archives"], archives.path_of(job).exists()) == (2, True)
    privacy.retain()
    assert (DataExport.objects.count(), archives.path_of(job).exists(), stray.exists()) == (0, False, False)


def test_erasure_takes_the_archive_along(make_user, ready):
    user = make_user()
    path: Path = archives.path_of(ready(user))
    assert path.exists()
    privacy.erase(user=user, account=user)
    assert not path.exists()


def test_one_deletes_it_oneself(make_user, ready):
    user = make_user()
    job = ready(user)
    signed_in(user).post(f"/konto/daten/auszug/{job.uuid}/loeschen/")
    assert not archives.path_of(job).exists()
