"""Forms of talk. What is right is decided in the domain; forms carry words and what was typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.comments.models import MAX_LENGTH


class CommentForm(forms.Form):
    """`official` stands there only for who may answer for the city."""

    text = forms.CharField(
        label=_("Ihr Kommentar"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Bis zu 5.000 Zeichen, nur Text. Ihr Anzeigename steht dabei. Der Link eines Kommentars wird zum Zitat."
        ),
    )
    official = forms.BooleanField(
        label=_("Antwort der Stadt"), required=False, help_text=_("Wird mit Ihrem Amt gekennzeichnet.")
    )

    def __init__(self, *args: Any, may_answer: bool = False, draft_key: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_answer:
            del self.fields["official"]
        if draft_key:
            self.fields["text"].widget.attrs["data-draft"] = draft_key
        self.fields["text"].widget.attrs["data-max-length"] = str(MAX_LENGTH)


class ClosingForm(forms.Form):
    reason = forms.CharField(
        label=_("Warum wird das Gespräch geschlossen?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ein Satz, den alle über den Kommentaren lesen."),
    )
