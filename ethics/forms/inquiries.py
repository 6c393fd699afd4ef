"""Asking the Council, and answering for it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ethics.forms.base import LongText
from ethics.models import ReviewCase


class InquiryForm(forms.Form):
    question = LongText(
        label=_("Ihre Frage"),
        rows=4,
        help_text=_("Frage und Antwort sind öffentlich. Nennen Sie keine Namen anderer Menschen."),
    )


class InquiryAnswerForm(forms.Form):
    text = LongText(label=_("Antwort des Ethikrats"), rows=6)
    case = forms.ModelChoiceField(
        label=_("Gehört zu einem veröffentlichten Fall"),
        queryset=ReviewCase.objects.none(),
        required=False,
        empty_label=_("zu keinem"),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["case"].queryset = ReviewCase.objects.public()  # type: ignore[attr-defined]
