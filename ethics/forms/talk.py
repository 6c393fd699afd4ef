"""Questions, discussion, attachments, advice of communications."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ethics.enums import Section
from ethics.forms.base import ActForm, LongText


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
        rows = self.case.questions.filter(answered_at__isnull=True)
        self.fields["question"].choices = [(row.pk, row.text[:100]) for row in rows]  # type: ignore[attr-defined]


class RemarkForm(ActForm):
    section = forms.ChoiceField(label=_("Wozu?"), choices=Section.choices)
    text = LongText(label=_("Ihr Beitrag"), rows=4)


class AttachForm(ActForm):
    title = forms.CharField(label=_("Bezeichnung"), max_length=150)
    file = forms.FileField(label=_("Datei"), help_text=_("PDF, PNG oder JPEG, höchstens 1,9 MB."))


class AdviceForm(ActForm):
    text = LongText(label=_("Ihre Anmerkung zum Wortlaut"), rows=3)
