"""Write a backup and read it back, proving each file and each table."""

from __future__ import annotations

import json
import shutil
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from portal.accounts.domain import privacy
from portal.accounts.models import ErasedAccount
from portal.exceptions import DomainError
from portal.ops.archive import database, manifest

MANIFEST = "manifest.json"


def back_up(target: Path) -> manifest.Manifest:
    """Writes `target` (tar) with database and media; the file appears under its name only when it is complete."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".sicherung-") as folder:
        copy = Path(folder) / database.file_name()
        database.dump(copy)
        media = _media_files()
        made = manifest.Manifest(
            made_at=timezone.now().isoformat(timespec="seconds"),
            vendor=database.connection.vendor,
            files={database.file_name(): manifest.hash_file(copy)}
            | {f"media/{name}": manifest.hash_file(path) for name, path in media.items()},
            rows=manifest.count_rows(),
            migrations=manifest.applied_migrations(),
        )
        listing = Path(folder) / MANIFEST
        listing.write_text(json.dumps(made.as_json(), indent=1, sort_keys=True))
        partial = Path(folder) / "archive.tar"
        with tarfile.open(partial, "w") as archive:
            archive.add(listing, MANIFEST)
            archive.add(copy, database.file_name())
            for name, path in media.items():
                archive.add(path, f"media/{name}")
        partial.chmod(0o600)
        partial.replace(target)
    return made


def restore(source: Path) -> manifest.Manifest:
    """Replaces database and media by the backup; hashes before, rows after; erases erased accounts again.

    Raises DomainError before anything is changed where the file is incomplete, altered, or of another kind of database.
    """
    erased = list(ErasedAccount.objects.values("account_uuid", "email_hash"))
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR, prefix=".ruecksicherung-") as name:
        folder = Path(name)
        made = _unpack(source, folder)
        database.load(folder / database.file_name())
        _replace_media(folder / "media")
    _prove_rows(made)
    call_command("migrate", verbosity=0, interactive=False)
    for row in erased:
        ErasedAccount.objects.get_or_create(account_uuid=row["account_uuid"], defaults=row)
    privacy.erase_again()
    return made


def _media_files() -> dict[str, Path]:
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)): path for path in sorted(root.rglob("*")) if path.is_file()}


def _unpack(source: Path, folder: Path) -> manifest.Manifest:
    try:
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
        made = manifest.Manifest(**json.loads((folder / MANIFEST).read_text()))
    except (OSError, tarfile.TarError, ValueError, TypeError) as error:
        raise DomainError("unreadable_backup", f"„{source}“ ist keine lesbare Sicherung.") from error
    if made.vendor != database.connection.vendor:
        raise DomainError(
            "other_database", f"Die Sicherung stammt aus {made.vendor}, hier läuft eine andere Datenbank."
        )
    for file, expected in made.files.items():
        path = folder / file
        if not path.is_file() or manifest.hash_file(path) != expected:
            raise DomainError("altered_backup", f"„{file}“ fehlt oder wurde verändert. Es wurde nichts zurückgespielt.")
    return made


def _replace_media(incoming: Path) -> None:
    root = Path(settings.MEDIA_ROOT)
    incoming.mkdir(exist_ok=True)
    previous = root.with_name(root.name + ".vorher")
    shutil.rmtree(previous, ignore_errors=True)
    if root.exists():
        root.replace(previous)
    shutil.move(incoming, root)
    shutil.rmtree(previous, ignore_errors=True)


def _prove_rows(made: manifest.Manifest) -> None:
    present = manifest.count_rows()
    wrong = {table: (rows, present.get(table)) for table, rows in made.rows.items() if present.get(table) != rows}
    if wrong:
        names = ", ".join(f"{table} ({now} statt {was})" for table, (was, now) in sorted(wrong.items()))
        raise DomainError("row_mismatch", f"Nach dem Zurückspielen stimmen Tabellen nicht: {names}.")
