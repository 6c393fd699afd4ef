"""What classes give to the registries below: moderated texts, a project's panel, doors of the account, the sitemap."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mapviews.domain.classroom import moderation
from mapviews.domain.classroom.classes import VERB
from mapviews.enums import NoteState
from mapviews.models import ClassNote, Classroom
from portal.accounts import todo
from portal.activity import verbs
from portal.cms import sitemaps
from portal.comments import kinds
from projects import panels


def register() -> None:
    verbs.register(VERB, _("Neue Klasse oder Gruppe misst mit"), "school", "participation")
    kinds.register(moderation.CLASS_KEY, moderation.ClassroomKind())
    kinds.register(moderation.NOTE_KEY, moderation.ClassNoteKind())
    panels.register(ClassroomsPanel())
    sitemaps.register("classrooms", sitemap)
    todo.register_doors("classrooms", doors)
    todo.register("classrooms", waiting)


class ClassroomsPanel:
    """Classes and groups that measure for a project, on its page."""

    key = "classrooms"
    title = _("Klassen und Gruppen messen mit")
    order = 35

    def render(self, project: Any, user: Any) -> panels.Rendered | None:
        found = list(Classroom.objects.public().filter(project=project).order_by("name", "pk")[:6])
        return panels.Rendered("mapviews/classroom/_project_panel.html", {"classrooms": found}) if found else None


def sitemap() -> Iterable[sitemaps.Entry]:
    for classroom in Classroom.objects.public().order_by("pk"):
        yield classroom.canonical_url, classroom.updated_at


def doors(user: Any) -> Iterable[todo.Door]:
    for classroom in Classroom.objects.led_by(user).filter(sample=False)[:10]:
        url = reverse("mapviews:classroom-lead", args=[classroom.slug])
        yield todo.Door(classroom.name, url, _("Ihre Klasse oder Gruppe"), "school", own=True)


def waiting(user: Any) -> Iterable[todo.Item]:
    """Notes that wait for their teacher."""
    rows = ClassNote.objects.filter(classroom__in=Classroom.objects.led_by(user), state=NoteState.WAITING)
    for slug in rows.order_by("classroom").values_list("classroom__slug", flat=True).distinct():
        count = rows.filter(classroom__slug=slug).count()
        text = ngettext("%d Notiz wartet auf Ihre Freigabe", "%d Notizen warten auf Ihre Freigabe", count) % count
        yield todo.Item(title=text, url=reverse("mapviews:classroom-lead", args=[slug]) + "#notizen", icon="school")
