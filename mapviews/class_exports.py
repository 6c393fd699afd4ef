"""The notes of a class as a table; defusedcsv takes the teeth out of formulas that somebody typed."""

from __future__ import annotations

from datetime import UTC, datetime

from defusedcsv import csv
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from mapviews.domain.classroom import notes
from mapviews.models import Classroom


def notes_csv(classroom: Classroom) -> HttpResponse:
    """Every note with box, quantity, time, text, who wrote it and what became of it."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="notizen-{classroom.slug}.csv"'
    response.write("\N{BYTE ORDER MARK}")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(
        [_("Box"), _("Messgröße"), _("von"), _("bis"), _("Notiz"), _("geschrieben von"), _("Klasse"), _("öffentlich")]
    )
    for note in notes.readable(classroom, pupil=None).order_by("starts", "pk"):
        writer.writerow(
            [
                note.channel.station.name,
                note.channel.label,
                _local(note.starts),
                _local(note.ends) if note.ends is not None else "",
                note.text,
                note.pupil.pseudonym if note.pupil else _("Lehrkraft"),
                note.get_state_display(),
                note.get_release_display(),
            ]
        )
    return response


def _local(ts: int) -> str:
    return timezone.localtime(datetime.fromtimestamp(ts / 1000, tz=UTC)).strftime("%Y-%m-%d %H:%M")
