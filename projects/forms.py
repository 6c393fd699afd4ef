"""Forms of the projects: the filter of list and map, and what editors and leads write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.domain.catalogue import CHOICES, PARAMETERS, Filters
from projects.enums import Precision
from projects.models import Milestone, Project, ProjectUpdate

LABELS = {"area": _("Bereich"), "kind": _("Projektart"), "programme": _("Programm"), "status": _("Stand")}
ALL = {
    "area": _("Alle Bereiche"),
    "kind": _("Alle Arten"),
    "programme": _("Alle Programme"),
    "status": _("Jeder Stand"),
}


class FilterForm(forms.Form):
    """The filters of list and map as a GET form; unknown values count as "all", so no address ends in an error.

    Read an address with `FilterForm(request.GET).filters()`; show it with `FilterForm.shown(filters, counts)`.
    """

    use_required_attribute = False

    q = forms.CharField(label=_("Suchwort"), max_length=100, strip=True)
    bereich = forms.ChoiceField()
    art = forms.ChoiceField()
    programm = forms.ChoiceField()
    stand = forms.ChoiceField()

    def __init__(self, data: Any = None, *, counts: dict[str, dict[str, int]] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "filter-%s")
        super().__init__(data, **kwargs)
        for name, choices in CHOICES.items():
            field = self.fields[PARAMETERS[name]]
            assert isinstance(field, forms.ChoiceField)
            field.label = LABELS[name]
            known = [(c.value, _with_count(c.label, (counts or {}).get(name, {}).get(c.value))) for c in choices]
            field.choices = [("", ALL[name]), *known]

    @classmethod
    def shown(cls, filters: Filters, counts: dict[str, dict[str, int]]) -> FilterForm:
        return cls(initial=filters.active(), counts=counts)

    def filters(self) -> Filters:
        self.is_valid()
        cleaned = self.cleaned_data
        return Filters(**{name: cleaned.get(parameter) or "" for name, parameter in PARAMETERS.items()})


def _with_count(label: Any, count: int | None) -> str:
    return str(label) if count is None else f"{label} ({count})"


def chips(filters: Filters) -> list[dict[str, Any]]:
    """The active filters for `components/tag_list.html`: a link each that removes it."""
    found = []
    for name, parameter in PARAMETERS.items():
        value = getattr(filters, name)
        if value:
            title = f"„{value}“" if name == "text" else CHOICES[name](value).label
            query = filters.without(name).query()
            found.append({"parameter": parameter, "title": title, "url": f"?{query}" if query else "?", "remove": True})
    return found


class UpdateForm(forms.ModelForm[ProjectUpdate]):
    class Meta:
        model = ProjectUpdate
        fields = ["title", "text"]
        help_texts = {
            "title": _("Was ist geschehen? Höchstens 150 Zeichen."),
            "text": _("Drei bis zehn Sätze in einfachen Worten. Leerzeilen trennen Absätze."),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 10})}


class MilestoneForm(forms.ModelForm[Milestone]):
    class Meta:
        model = Milestone
        fields = ["title", "description", "date", "precision", "reached"]
        widgets = {
            "date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "description": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["precision"].initial = Precision.DAY


class FactsForm(forms.ModelForm[Project]):
    """The plain facts of a project; further areas as boxes beside the main one."""

    further_areas = forms.MultipleChoiceField(
        label=_("Weitere Zielbilder"),
        required=False,
        choices=CHOICES["area"].choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Project
        fields = [
            "title",
            "aim",
            "status",
            "status_note",
            "kind",
            "area",
            "programme",
            "programme_note",
            "source_chapter",
            "source_page",
        ]
        widgets = {"aim": forms.Textarea(attrs={"rows": 3}), "status_note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["further_areas"].initial = [further.area for further in self.instance.further_areas.all()]
