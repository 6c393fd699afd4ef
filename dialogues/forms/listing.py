"""The filters of the list of dialogues as a GET form, and the active ones as links that take them away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from dialogues.domain.listing import PARAMETERS, EventFilters
from dialogues.domain.online import places
from dialogues.enums import EventKind
from dialogues.forms.online import day
from projects.enums import Area


def districts() -> list[tuple[str, Any]]:
    return [("", _("Überall")), *((place.key, place.name) for place in places.districts())]


class EventFilterForm(forms.Form):
    use_required_attribute = False

    art = forms.ChoiceField(label=_("Art"), choices=[("", _("Alle Arten")), *EventKind.choices])
    thema = forms.ChoiceField(label=_("Thema"), choices=[("", _("Alle Themen")), *Area.choices])
    projekt = forms.ChoiceField(label=_("Projekt"))
    reihe = forms.ChoiceField(label=_("Reihe"))
    ort = forms.ChoiceField(label=_("Stadtteil"), choices=districts)
    von = day(_("Von"))
    bis = day(_("Bis"))

    def __init__(self, filters: EventFilters, *, projects: dict[str, str], series: dict[str, str]) -> None:
        initial = {parameter: getattr(filters, name) for name, parameter in PARAMETERS.items()}
        super().__init__(initial=initial, auto_id="filter-%s")
        for name, every, known in (
            ("projekt", _("Alle Projekte"), projects),
            ("reihe", _("Alle Reihen"), series),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", every), *known.items()]

    def chips(self, filters: EventFilters) -> list[dict[str, Any]]:
        found = []
        for name, parameter in PARAMETERS.items():
            value = getattr(filters, name)
            if not value:
                continue
            field = self.fields[parameter]
            if isinstance(field, forms.ChoiceField):
                title = str(dict(field.choices).get(value, value))  # type: ignore[call-overload]
            else:
                title = f"{field.label} {formats.date_format(value, 'DATE_FORMAT')}"
            query = filters.without(name).query()
            found.append({"title": title, "url": f"?{query}" if query else "?", "remove": True})
        return found
