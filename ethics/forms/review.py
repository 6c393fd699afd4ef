"""Triage, declarations, opinions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.domain import cases
from ethics.enums import Form, Ground, Track
from ethics.forms.base import ActForm, LenientChoice, LongText, Moment, in_days, people
from ethics.screening import Outcome


class QuestionForm(ActForm):
    question = LongText(label=_("Ihre Frage an das Projekt"), rows=3)


class AnswerForm(ActForm):
    answer = LongText(label=_("Ihre Antwort"), rows=4)


class TrackForm(ActForm):
    track = forms.ChoiceField(label=_("Verfahren"), choices=Track.choices, widget=forms.RadioSelect)

    def prepare(self) -> None:
        self.fields["track"].initial = self.case.track


class ObjectionForm(ActForm):
    reason = LongText(label=_("Grund"), rows=3, required=False)


class ResultForm(ActForm):
    result = LongText(label=_("Ergebnis in einem Satz"), rows=2)


class OverrideForm(ActForm):
    outcome = forms.ChoiceField(label=_("Abweichendes Ergebnis"))
    reason = LongText(label=_("Grund"), rows=3)
    dpo = LongText(
        label=_("Stellungnahme der oder des Datenschutzbeauftragten"),
        rows=3,
        required=False,
        help_text=_("Nötig, wenn Sie nach unten abweichen."),
    )

    def prepare(self) -> None:
        labels = {
            Outcome.REQUIRED: _("erforderlich"),
            Outcome.CASE_BY_CASE: _("im Einzelfall zu entscheiden"),
            Outcome.NOT_REQUIRED: _("nicht erforderlich"),
        }
        self.fields["outcome"].choices = [(key.value, label) for key, label in labels.items()]  # type: ignore[attr-defined]


class AssignForm(ActForm):
    member = forms.TypedChoiceField(label=_("Wer berichtet?"), coerce=int)

    def prepare(self) -> None:
        free = permissions.seats().keys() - permissions.recused_members(self.case)
        self.fields["member"].choices = people(free)  # type: ignore[attr-defined]


class DeadlinesForm(ActForm):
    declarations_due = Moment(label=_("Erklärungen zur Befangenheit bis"), required=False)
    opinions_due = Moment(label=_("Stellungnahmen bis"), required=False)

    def prepare(self) -> None:
        self.fields["declarations_due"].initial = self.case.declarations_due or in_days(7)
        self.fields["opinions_due"].initial = self.case.opinions_due or in_days(21)


class EndDeadlineForm(ActForm):
    which = forms.ChoiceField(
        label=_("Welche Frist?"),
        choices=[("declarations_due", _("Erklärungen zur Befangenheit")), ("opinions_due", _("Stellungnahmen"))],
    )
    reason = LongText(label=_("Begründung"), rows=2, help_text=_("Steht dauerhaft im Protokoll des Falls."))

    def prepare(self) -> None:
        self.fields["which"].initial = "opinions_due" if self.case.state == "begutachtung" else "declarations_due"


class DeclareForm(ActForm):
    conflicted = forms.ChoiceField(
        label=_("Sind Sie in dieser Sache befangen?"),
        choices=[("nein", _("Nein, ich bin nicht befangen")), ("ja", _("Ja, ich bin befangen"))],
        widget=forms.RadioSelect,
    )
    ground = forms.ChoiceField(
        label=_("Wenn ja: aus welchem Grund?"), choices=[("", _("bitte wählen")), *Ground.choices], required=False
    )
    explanation = LongText(label=_("Erläuterung"), rows=2, required=False)


class OpinionForm(ActForm):
    stance = LenientChoice(
        label=_("Was schlagen Sie dem Rat vor?"),
        choices=[("", _("noch offen")), *Form.choices],
    )
    text = LongText(
        label=_("Ihre Stellungnahme"),
        rows=9,
        lenient=True,
        help_text=_("Andere sehen sie erst, wenn alle gemeinsam offengelegt werden."),
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        mine, version = permissions.own_opinion(self.user, self.case), cases.version_now(self.case)
        self.fields["version"].initial = version.hash if version else ""
        if self.case.unveiled_at is not None:
            self.fields["text"].help_text = _(
                "Die Stellungnahmen sind schon offengelegt: Die anderen sehen Ihre sofort, mit dem Vermerk "
                "„nach Offenlegung abgegeben“."
            )
        if mine is not None:
            self.fields["stance"].initial, self.fields["text"].initial = mine.stance, mine.text
        self.fields["text"].widget.attrs["data-draft"] = f"stellungnahme-{self.case.pk}-{self.user.pk}"
        for row in self.criteria:
            key, given = row["id"], (mine.ratings.get(row["id"], {}) if mine is not None else {})
            self.fields[f"{key}-rating"] = forms.ChoiceField(
                label=f"{key} · {row['prinzip']}",
                help_text=row["frage"],
                choices=[("", _("ohne Einschätzung")), *((step, step) for step in row["skala"])],
                required=False,
                initial=given.get("rating", ""),
            )
            self.fields[f"{key}-reason"] = LongText(
                label=_("Begründung zu %(id)s") % {"id": key}, rows=2, required=False, initial=given.get("reason", "")
            )

    @property
    def criteria(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.case.criteria.content["ethik"]
        return rows

    def refuse(self, error: Any) -> None:
        """Where a newer version came meanwhile, it stands on the page now: what was typed can be handed in on it."""
        if error.code == "version_changed":
            self.data = self.data.copy()
            self.data["version"] = cases.current_version(self.case).hash
        super().refuse(error)

    def main_fields(self) -> list[Any]:
        return [self["stance"], self["text"]]

    def criteria_fields(self) -> list[Any]:
        return [self[f"{row['id']}-{part}"] for row in self.criteria for part in ("rating", "reason")]

    def ratings(self) -> dict[str, dict[str, str]]:
        data = self.cleaned_data
        return {
            row["id"]: {"rating": data.get(f"{row['id']}-rating", ""), "reason": data.get(f"{row['id']}-reason", "")}
            for row in self.criteria
        }
