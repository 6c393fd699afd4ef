"""Draft, dissent, summary, answers, follow-up."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ethics.enums import ConditionState, Form, Response, State, Trigger
from ethics.forms.base import ActForm, Day, LongText, Moment, in_days
from ethics.models import Recommendation, ReviewCase

CONDITIONS = 5


class DraftForm(ActForm):
    form = forms.ChoiceField(label=_("Art der Empfehlung"), choices=Form.choices[:4])
    sentence = forms.CharField(label=_("Empfehlung in einem Satz"), max_length=300)
    text = LongText(
        label=_("Begründung"),
        rows=7,
        help_text=_("Was in doppelten eckigen Klammern steht, sieht die Öffentlichkeit nicht: [[intern]]."),
    )

    def prepare(self) -> None:
        found: Recommendation | None = getattr(self.case, "recommendation", None)
        rows = list(found.conditions.all()) if found else []
        if found:
            for name in ("form", "sentence", "text"):
                self.fields[name].initial = getattr(found, name)
        else:
            self.fields["form"].initial = Form.WITH_CONDITIONS
        for number in range(1, max(CONDITIONS, len(rows)) + 1):
            row = rows[number - 1] if number <= len(rows) else None
            self.fields[f"condition_{number}"] = LongText(
                label=_("Auflage %(number)s") % {"number": number},
                rows=2,
                required=False,
                initial=row.text if row else "",
            )
            self.fields[f"due_{number}"] = Day(
                label=_("Auflage %(number)s: bis wann?") % {"number": number},
                required=False,
                initial=row.due if row else None,
            )

    def refuse(self, error: Any) -> None:
        if error.field == "conditions":
            error.field = "condition_1"
        super().refuse(error)

    def main_fields(self) -> list[Any]:
        return [self[name] for name in ("form", "sentence", "text", "condition_1", "due_1")]

    def more_fields(self) -> list[Any]:
        shown = {"form", "sentence", "text", "condition_1", "due_1"}
        return [self[name] for name in self.fields if name not in shown]

    def conditions(self) -> list[tuple[str, date | None]]:
        data = self.cleaned_data
        numbers = [name.removeprefix("condition_") for name in self.fields if name.startswith("condition_")]
        return [(data[f"condition_{n}"], data[f"due_{n}"]) for n in numbers if data[f"condition_{n}"].strip()]


class DissentForm(ActForm):
    text = LongText(label=_("Ihr Sondervotum"), rows=5, required=False)
    named = forms.BooleanField(label=_("Mit meinem Namen veröffentlichen"), required=False)
    waived = forms.BooleanField(label=_("Ich gebe kein Sondervotum ab"), required=False)


class SummaryForm(ActForm):
    plain_summary = LongText(
        label=_("In einfachen Worten"),
        rows=5,
        help_text=_("Das lesen die Menschen zuerst. Kurze Sätze, keine Fachwörter."),
    )
    redaction_reason = LongText(label=_("Grund für Schwärzungen"), rows=2, required=False)

    def prepare(self) -> None:
        found = Recommendation.objects.filter(case=self.case).first()
        if found:
            self.fields["plain_summary"].initial = found.plain_summary
            self.fields["redaction_reason"].initial = found.redaction_reason


class StatementForm(ActForm):
    statement = LongText(label=_("Anmerkung zum Datenschutz"), rows=3, required=False)


class RequestAnswerForm(ActForm):
    due = Moment(label=_("Antwort bis"))

    def prepare(self) -> None:
        self.fields["due"].initial = in_days(42)


class ResponsesForm(ActForm):
    """The project's answer to each condition."""

    def prepare(self) -> None:
        found = Recommendation.objects.filter(case=self.case).first()
        self.conditions = list(found.conditions.all()) if found else []
        for condition in self.conditions:
            number = condition.position
            self.fields[f"response_{number}"] = forms.ChoiceField(
                label=_("Auflage %(number)s: %(text)s") % {"number": number, "text": condition.text},
                choices=Response.choices,
                widget=forms.RadioSelect,
            )
            self.fields[f"reason_{number}"] = LongText(
                label=_("Begründung zu Auflage %(number)s") % {"number": number}, rows=3
            )

    def responses(self) -> dict[int, tuple[str, str]]:
        data = self.cleaned_data
        return {c.position: (data[f"response_{c.position}"], data[f"reason_{c.position}"]) for c in self.conditions}


class SettleForm(ActForm):
    condition = forms.TypedChoiceField(label=_("Auflage"), coerce=int)
    state = forms.ChoiceField(
        label=_("Stand"),
        choices=[(s.value, s.label) for s in (ConditionState.DONE, ConditionState.VOID)],
        widget=forms.RadioSelect,
    )
    proof = LongText(label=_("Nachweis oder Grund"), rows=3)

    def prepare(self) -> None:
        found = Recommendation.objects.filter(case=self.case).first()
        rows = found.conditions.filter(state=ConditionState.OPEN) if found else []
        self.fields["condition"].choices = [(row.pk, f"{row.position}. {row.text[:80]}") for row in rows]  # type: ignore[attr-defined]


class TriggerForm(ActForm):
    kind = forms.ChoiceField(label=_("Anlass"), choices=Trigger.choices)
    trigger = LongText(label=_("Was hat sich geändert?"), rows=3)


class ReviewDateForm(ActForm):
    day = Day(label=_("Tag"))

    def prepare(self) -> None:
        self.fields["day"].initial = self.case.review_on


class ReplaceForm(ActForm):
    successor = forms.TypedChoiceField(label=_("Welcher Fall tritt an seine Stelle?"), coerce=int)
    reason = LongText(label=_("Grund"), rows=2)

    def prepare(self) -> None:
        ended = [State.DRAFT, State.WITHDRAWN, State.REPLACED]
        rows = ReviewCase.objects.visible_to(self.user).exclude(state__in=ended).exclude(pk=self.case.pk)
        self.fields["successor"].choices = list(rows.values_list("pk", "title")[:200])  # type: ignore[attr-defined]
