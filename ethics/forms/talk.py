"""Questions, discussion, attachments, advice of communications."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ethics.enums import Form, Section
from ethics.forms.base import ActForm, Day, LongText


class AskForm(ActForm):
    text = LongText(
        label=_("Ihre Frage"),
        rows=3,
        help_text=_("Das Projekt liest die Frage ohne Ihren Namen und antwortet schriftlich."),
    )


class ReplyForm(ActForm):
    question = forms.TypedChoiceField(label=_("Welche Frage?"), coerce=int)
    answer = LongText(label=_("Ihre Antwort"), rows=4)

    def prepare(self) -> None:
        rows = [row for row in self.case.questions.all() if row.answered_at is None]
        self.fields["question"].choices = [(row.pk, row.text[:100]) for row in rows]  # type: ignore[attr-defined]


class RemarkForm(ActForm):
    section = forms.ChoiceField(label=_("Wozu?"), choices=Section.choices)
    text = LongText(label=_("Ihr Beitrag"), rows=4)


class AttachForm(ActForm):
    title = forms.CharField(label=_("Bezeichnung"), max_length=150)
    file = forms.FileField(label=_("Datei"), help_text=_("PDF, PNG oder JPEG, höchstens 1,9 MB."))


class AdviceForm(ActForm):
    text = LongText(label=_("Ihre Anmerkung zum Wortlaut"), rows=3)


class OutsideForm(ActForm):
    """An opinion that came on paper, typed in by the office."""

    expert = forms.CharField(
        label=_("Wer hat sie geschrieben?"), max_length=200, help_text=_("Name und Einrichtung, wie auf dem Papier.")
    )
    received_on = Day(label=_("Eingegangen am"))
    stance = forms.ChoiceField(label=_("Was wird vorgeschlagen?"), choices=Form.choices)
    text = LongText(label=_("Wortlaut"), rows=8, help_text=_("Abgeschrieben vom Papier, damit alle sie lesen können."))
    scan = forms.FileField(label=_("Scan des Papiers"), help_text=_("PDF, PNG oder JPEG, höchstens 1,9 MB."))


class RelyForm(ActForm):
    sentence = forms.CharField(
        label=_("Ergebnis in einem Satz"),
        max_length=300,
        initial=_("Der Ethikrat konnte hier nicht selbst beschließen; er gibt eine Stellungnahme von außen wieder."),
    )
    text = LongText(
        label=_("Was sagt die Stellungnahme von außen?"),
        rows=6,
        help_text=_("Das wird veröffentlicht. Was in doppelten eckigen Klammern steht, bleibt intern: [[intern]]."),
    )
