"""Forms of talk. What is right is decided in the domain; forms carry words and what was typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.comments.enums import Ground, Reason
from portal.comments.models import MAX_LENGTH


class CommentForm(forms.Form):
    """`official` stands there only for who may answer for the city."""

    text = forms.CharField(
        label=_("Ihr Kommentar"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Bis zu 5.000 Zeichen, nur Text. Ihr Anzeigename steht dabei."),
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


class NoticeForm(forms.Form):
    reason = forms.ChoiceField(label=_("Was ist der Grund?"), choices=Reason, widget=forms.RadioSelect)
    explanation = forms.CharField(
        label=_("Was genau stimmt nicht?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    email = forms.EmailField(
        label=_("Ihre E-Mail-Adresse"),
        required=False,
        help_text=_("Nur damit wir Ihnen schreiben können, wie entschieden wurde."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, signed_in: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signed_in:
            del self.fields["email"]


class HideForm(forms.Form):
    reason = forms.ChoiceField(label=_("Gegen welche Regel verstößt er?"), choices=Reason, widget=forms.RadioSelect)
    facts = forms.CharField(
        label=_("Was genau liegt vor?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Das liest die Person, die den Kommentar geschrieben hat."),
    )
    ground = forms.ChoiceField(label=_("Grundlage"), choices=Ground, widget=forms.RadioSelect, initial=Ground.RULES)
    provision = forms.CharField(
        label=_("Vorschrift"), required=False, max_length=200, help_text=_("Nur bei „Gesetz“, zum Beispiel § 185 StGB.")
    )


class FactsForm(forms.Form):
    facts = forms.CharField(
        label=_("Begründung"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def __init__(self, *args: Any, required: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facts"].required = required


class ObjectionForm(forms.Form):
    text = forms.CharField(
        label=_("Warum ist die Entscheidung falsch?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6})
    )


class ObjectionDecisionForm(forms.Form):
    upheld = forms.ChoiceField(
        label=_("Wie entscheiden Sie?"),
        choices=[
            ("ja", _("Der Widerspruch hat Erfolg, der Kommentar wird wieder gezeigt")),
            ("nein", _("Es bleibt dabei")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Begründung für die Person"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
