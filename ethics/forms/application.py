"""Applying for a review: the first page, the project in words, the threshold questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ethics.domain import content as contents
from ethics.forms.base import ANSWER_LABELS, ActForm, LongText
from ethics.screening import Rules
from ethics.screening.rules import Group
from projects.models import Project

GROUPS = (
    ("vorfragen", _("Vorfragen"), _("Worum es geht."), (Group.PRELIMINARY,)),
    ("art35", _("Gesetzliche Fälle"), _("Trifft einer zu, ist eine Folgenabschätzung erforderlich."), (Group.HARD,)),
    (
        "kriterien",
        _("Neun Kriterien"),
        _("Ab zwei zutreffenden ist eine Folgenabschätzung in der Regel erforderlich."),
        (Group.CRITERION,),
    ),
    (
        "liste",
        _("Liste der Datenschutzkonferenz"),
        _("Nur beantworten, was zutrifft oder unklar ist. Ohne Antwort gilt: trifft nicht zu."),
        (Group.LIST_ROW,),
    ),
)


class BeginForm(forms.Form):
    title = forms.CharField(
        label=_("Titel des Falls"), max_length=200, help_text=_("Zum Beispiel: Bodenfeuchte-Sensoren an Straßenbäumen")
    )
    project = forms.ModelChoiceField(
        label=_("Projekt"),
        queryset=Project.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("kein Projekt, sondern eine Initiative"),
    )
    initiative = forms.CharField(
        label=_("Name der Initiative"), max_length=200, required=False, help_text=_("Nur, wenn es kein Projekt ist.")
    )
    parties = LongText(
        label=_("Wer ist beteiligt?"),
        rows=3,
        required=False,
        help_text=_("Ämter, Firmen, Vereine, Hochschulen. Daran prüfen die Mitglieder, ob sie befangen sind."),
    )

    def __init__(self, *args: Any, projects: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = projects  # type: ignore[attr-defined]


class ContentForm(forms.Form):
    """What is planned. Nothing is required here, since saving must always work; submitting asks for what is missing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in contents.FIELDS:
            self.fields[field.key] = LongText(
                label=field.label, help_text=field.help, required=field.required, lenient=True, rows=5
            )


class ScreeningForm(forms.Form):
    """Every question of the case's checklist with three answers; none is preselected."""

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        for question in rules.questions:
            self.fields[question.id] = forms.ChoiceField(
                label=f"{question.id} · {question.text}",
                choices=question.labels or ANSWER_LABELS,
                widget=forms.RadioSelect,
                required=False,
            )
        self.fields["reason"] = LongText(
            label=_("Begründung"),
            required=False,
            rows=4,
            help_text=_(
                "Nötig, wenn keine Daten über Menschen verarbeitet werden (mindestens 50 Zeichen) oder wenn "
                "das Ergebnis offen bleibt."
            ),
        )

    def sections(self) -> list[dict[str, Any]]:
        """Questions with their fields, in the groups of the checklist."""
        return [
            {
                "id": key,
                "title": title,
                "text": text,
                "rows": [{"question": question, "field": self[question.id]} for question in self.rules.of(*groups)],
                "folded": groups == (Group.LIST_ROW,),
            }
            for key, title, text, groups in GROUPS
        ]

    def answers(self) -> dict[str, str]:
        return {q.id: self.cleaned_data[q.id] for q in self.rules.questions if self.cleaned_data.get(q.id)}


class EmptyForm(ActForm):
    """An act that needs nothing but the will."""


class NoteForm(ActForm):
    note = LongText(label=_("Was hat sich geändert?"), rows=3)


class WithdrawForm(ActForm):
    reason = LongText(label=_("Grund"), rows=3)
