"""Writing the minutes, and the marks in one's own file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ethics.forms.base import LongText
from ethics.models import AgendaItem, FolderMark, Meeting, Minutes


class MinutesForm(forms.Form):
    """The course of each agenda item and remarks; all else is computed from what was recorded."""

    def __init__(self, *args: Any, meeting: Meeting, minutes: Minutes | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in meeting.agenda.select_related("case").order_by("position"):
            label = _("Verlauf zu TOP %(number)s: %(title)s") % {"number": item.position, "title": item.case.title}
            self.fields[f"item-{item.pk}"] = LongText(label=label, rows=5, required=False, initial=item.course)
        self.fields["remarks"] = LongText(
            label=_("Bemerkungen"), rows=3, required=False, initial=minutes.remarks if minutes else ""
        )

    def courses(self) -> dict[int, str]:
        data = self.cleaned_data
        return {int(key.removeprefix("item-")): text for key, text in data.items() if key.startswith("item-")}


class MarkForm(forms.Form):
    bookmarked = forms.BooleanField(label=_("Merken"), required=False)
    note = LongText(label=_("Eigene Notiz"), rows=3, required=False)

    def __init__(self, *args: Any, mark: FolderMark | None, item: AgendaItem, **kwargs: Any) -> None:
        initial = {"bookmarked": mark.bookmarked, "note": mark.note} if mark else {}
        super().__init__(*args, initial=initial, auto_id=f"top{item.position}-%s", **kwargs)
        self.fields["note"].widget.attrs["data-draft"] = f"mappe-{item.pk}"
