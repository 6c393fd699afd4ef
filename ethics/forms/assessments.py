"""Forms of the DPIA: sections, risks with the matrix, measures, and the steps of its way."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ethics.domain.dpia import documents
from ethics.enums import DpiaOutcome, DpoVerdict
from ethics.forms.base import Day, LongText
from ethics.models import Dpia, ReviewCase
from portal.accounts.models import User
from projects.models import Project

KINDS = [
    ("gestaltung", _("aus der Verarbeitung selbst")),
    ("ereignis", _("durch ein Ereignis: Fehler, Angriff, Ausfall")),
]
STAGES = {
    "inherent": _("Ohne Maßnahmen"),
    "planned": _("Mit den Maßnahmen, wie geplant"),
    "residual": _("Restrisiko, das bleibt"),
}


class BeginForm(forms.Form):
    title = forms.CharField(label=_("Titel"), max_length=200)
    project = forms.ModelChoiceField(
        label=_("Projekt"), queryset=Project.objects.none(), required=False, empty_label=_("zu keinem Projekt")
    )
    case = forms.ModelChoiceField(
        label=_("Fall beim Ethikrat"),
        queryset=ReviewCase.objects.none(),
        required=False,
        empty_label=_("zu keinem Fall"),
    )

    def __init__(self, *args: Any, projects: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = projects  # type: ignore[attr-defined]
        self.fields["case"].queryset = cases  # type: ignore[attr-defined]


class SectionForm(forms.Form):
    text = LongText(label=_("Ihr Text"), rows=10, required=False)
    owner = forms.CharField(label=_("Wer ist zuständig?"), max_length=150, required=False)


class Matrix(forms.ChoiceField):
    """One cell of the matrix as "severity-likelihood"; drawn as a table of radio buttons, so it needs no script."""

    def __init__(self, **kwargs: Any) -> None:
        steps = range(1, documents.STEPS + 1)
        choices = [(f"{s}-{p}", f"{s}-{p}") for s in steps for p in steps]
        super().__init__(choices=choices, required=False, **kwargs)

    def clean(self, value: Any) -> list[int] | None:
        chosen = super().clean(value)
        return [int(step) for step in chosen.split("-")] if chosen else None


class RiskForm(forms.Form):
    title = forms.CharField(label=_("Welches Risiko?"), max_length=200)
    kind = forms.ChoiceField(label=_("Woher kommt es?"), choices=KINDS, widget=forms.RadioSelect)
    source = LongText(label=_("Quelle und Ablauf"), rows=4, required=False)
    harm = forms.MultipleChoiceField(label=_("Welcher Schaden?"), widget=forms.CheckboxSelectMultiple, required=False)
    inherent = Matrix(label=STAGES["inherent"])
    planned = Matrix(label=STAGES["planned"])
    residual = Matrix(label=STAGES["residual"])
    reason = LongText(label=_("Warum diese Einstufung?"), rows=4, required=False)

    def __init__(self, *args: Any, template: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        harms = template["risiko"]["schadensarten"]
        self.fields["harm"].choices = [(harm, harm) for harm in harms]  # type: ignore[attr-defined]

    def chosen(self, stage: str) -> str:
        value = self[stage].value()
        return "-".join(str(step) for step in value) if isinstance(value, list) else value or ""


class MeasureForm(forms.Form):
    title = forms.CharField(label=_("Welche Maßnahme?"), max_length=200)
    text = LongText(label=_("Beschreibung"), rows=4, required=False)
    risks = forms.TypedMultipleChoiceField(
        label=_("Welche Risiken senkt sie?"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    effect = LongText(label=_("Wirkung auf Schwere oder Eintritt"), rows=3, required=False)
    owner = forms.CharField(label=_("Wer setzt sie um?"), max_length=150, required=False)
    due = Day(label=_("Bis wann?"), required=False)
    proof = LongText(label=_("Nachweis"), rows=2, required=False)

    def __init__(self, *args: Any, risks: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["risks"].choices = [(row["id"], row["title"]) for row in risks]  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """A step of the way; `prepare` fills choices that depend on the DPIA."""

    def __init__(self, *args: Any, dpia: Dpia, key: str, **kwargs: Any) -> None:
        self.dpia = dpia
        super().__init__(*args, auto_id=f"{key}-%s", **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Nothing to fill."""


class ThresholdForm(StepForm):
    reason = LongText(label=_("Warum schätzen Sie die Folgen ab?"), rows=3)


class HandOverForm(StepForm):
    releaser = forms.ModelChoiceField(
        label=_("Wer entscheidet?"),
        queryset=User.objects.none(),
        help_text=_("Nicht, wer geschrieben hat, und nicht die datenschutzbeauftragte Person."),
    )

    def prepare(self) -> None:
        people = User.objects.filter(groups__permissions__codename="release_dpia", is_active=True)
        version = self.dpia.versions.filter(frozen_at__isnull=True).first()
        chosen = people.exclude(pk__in=version.editors if version else []).distinct().order_by("display_name")
        field: Any = self.fields["releaser"]
        field.queryset = chosen
        field.label_from_instance = lambda person: person.public_name


class AdviseForm(StepForm):
    verdict = forms.ChoiceField(label=_("Ergebnis"), choices=DpoVerdict.choices, widget=forms.RadioSelect)
    text = LongText(label=_("Ihr Rat"), rows=6)


class ConsultForm(StepForm):
    sent_on = Day(label=_("Gesendet am"))
    reference = forms.CharField(label=_("Aktenzeichen"), max_length=100, required=False)


class AuthorityForm(StepForm):
    answer = LongText(label=_("Was hat die Aufsicht geantwortet?"), rows=5)
    answered_on = Day(label=_("Antwort vom"))


class DecideForm(StepForm):
    outcome = forms.ChoiceField(label=_("Ihre Entscheidung"), choices=DpiaOutcome.choices, widget=forms.RadioSelect)
    reason = LongText(label=_("Begründung"), rows=4)
    obligations = LongText(label=_("Auflagen"), rows=3, required=False)


class ReviewDayForm(StepForm):
    day = Day(label=_("Erneut prüfen am"))


class PublishForm(StepForm):
    summary = LongText(
        label=_("In einfachen Worten: Was wird verarbeitet, wozu, und was schützt die Menschen?"),
        rows=5,
        help_text=_(
            "Öffentlich werden dieser Text, Titel, Ergebnis, Tag und Zahlen: wie viele Risiken welcher Stufe, wie "
            "viele Maßnahmen. Die Folgenabschätzung selbst, der Rat und Namen bleiben intern."
        ),
    )
