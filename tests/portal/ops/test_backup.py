"""A backup brings back database and media, and refuses what was altered."""

import tarfile

STORY = """
import django
django.setup()
from pathlib import Path
from django.conf import settings
from portal.accounts.domain import privacy
from portal.accounts.models import User
from portal.exceptions import DomainError
from portal.ops.archive.backup import back_up, restore

var, media = Path(settings.VAR_DIR), Path(settings.MEDIA_ROOT)
media.mkdir(exist_ok=True)
(media / "bild.txt").write_text("erste Fassung")
stays = User.objects.create_user("bleibt@test.example", display_name="Bleibt")
goes = User.objects.create_user("geht@test.example", display_name="Geht")
made = back_up(var / "sicherung.tar")
print("rows", made.rows["accounts_user"], sorted(made.files))

(media / "bild.txt").write_text("zweite Fassung")
(media / "neu.txt").write_text("kam später")
User.objects.create_user("spaeter@test.example")
privacy.erase(user=None, account=goes)
restore(var / "sicherung.tar")
print("media", (media / "bild.txt").read_text(), (media / "neu.txt").exists())
print("users", sorted(u.public_name for u in User.objects.all()))
"""


def test_restore_brings_back_what_was_saved(run_manage):
    done = run_manage(code=STORY)
    assert done.stdout.splitlines() == [
        "rows 2 ['database.sqlite3', 'media/bild.txt']",
        "media erste Fassung False",
        "users ['Bleibt', 'gelöschtes Konto']",
    ], done.stderr


def test_altered_and_foreign_files_change_nothing(run_manage, own_var):
    assert run_manage("backup", own_var / "a.tar").returncode == 0
    before = (own_var / "db.sqlite3").read_bytes()
    with tarfile.open(own_var / "a.tar") as archive:
        archive.extractall(own_var / "x", filter="data")
    with (own_var / "x" / "database.sqlite3").open("ab") as handle:
        handle.write(b"!")
    with tarfile.open(own_var / "b.tar", "w") as archive:
        archive.add(own_var / "x" / "manifest.json", "manifest.json")
        archive.add(own_var / "x" / "database.sqlite3", "database.sqlite3")
    (own_var / "c.tar").write_text("das ist kein Archiv")
    altered, foreign = run_manage("restore", own_var / "b.tar"), run_manage("restore", own_var / "c.tar")
    assert (altered.returncode, foreign.returncode) == (1, 1)
    assert "„database.sqlite3“ fehlt oder wurde verändert" in altered.stderr
    assert "keine lesbare Sicherung" in foreign.stderr
    assert (own_var / "db.sqlite3").read_bytes() == before
