from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.newsletter.domain.subscribing import CONSENT
from portal.newsletter.models import Issue, Segment


class SegmentsForm(forms.Form):
    segments = forms.ModelMultipleChoiceField(
        label=_("Themen"), queryset=Segment.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["segments"].queryset = Segment.objects.filter(active=True)  # type: ignore[attr-defined]


class SubscribeForm(SegmentsForm):
    """`telefon` is a trap for programmes: people do not see it."""

    field_order = ["segments", "email"]
    email = forms.EmailField(
        label=_("E-Mail-Adresse"), help_text=CONSENT, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    telefon = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["segments"].required = True


class IssueForm(forms.ModelForm[Issue]):
    """Saved by `domain.sending.write`."""

    class Meta:
        model = Issue
        fields = ["title", "body", "segments"]
        widgets = {"segments": forms.CheckboxSelectMultiple, "body": forms.Textarea(attrs={"rows": 16})}
        help_texts = {"body": _("Einfacher Text; Adressen schreiben Sie aus. Anrede und Gruß gehören dazu.")}


class SegmentForm(forms.ModelForm[Segment]):
    class Meta:
        model = Segment
        fields = ["title", "slug", "text", "active"]
