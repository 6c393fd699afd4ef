"""Forms of notices and of the moderation. What is right is decided in the domain."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.comments.enums import Ground, Lane, Measure, Reason

ACTS = {
    Measure.HIDE: _("Ausblenden: niemand sieht den Text mehr; das lässt sich zurücknehmen"),
    Measure.HOLD: _("Anhalten: niemand sieht den Text, bis wir ihn geprüft haben, höchstens zwei Werktage"),
    Measure.WARN: _("Verwarnen: der Text bleibt stehen, die Person bekommt eine Nachricht"),
    Measure.BLOCK: _("Schreiben sperren: die Person kann eine Zeit lang lesen, aber nicht schreiben"),
    Measure.DELETE: _("Löschen: der Text ist für immer weg; nur wenn wir ihn nicht aufheben dürfen"),
}
DAYS = [("1", _("1 Tag")), ("7", _("1 Woche")), ("30", _("30 Tage")), ("90", _("90 Tage"))]


class NoticeForm(forms.Form):
    """`website` is a honeypot: people do not see it, and are told to leave it empty if they do."""

    reason = forms.ChoiceField(label=_("Was ist der Grund?"), choices=Reason, widget=forms.RadioSelect)
    explanation = forms.CharField(
        label=_("Was genau stimmt nicht?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Bitte nennen Sie die Stelle, um die es geht."),
    )
    email = forms.EmailField(
        label=_("Ihre E-Mail-Adresse"),
        required=False,
        help_text=_("Nur damit wir Ihnen schreiben können, wie entschieden wurde."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=_("Bitte leer lassen"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, signed_in: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signed_in:
            del self.fields["email"]
            del self.fields["website"]

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("Dieses Feld ist eine Falle für Programme. Bitte lassen Sie es leer."))
        return ""


class ReceiptForm(forms.Form):
    nummer = forms.CharField(
        label=_("Eingangsnummer"),
        max_length=20,
        help_text=_("Sie beginnt mit M und steht in der Mail, zum Beispiel M-ABCD-2345."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ReasonsForm(forms.Form):
    """The statement of reasons that every restriction carries."""

    reason = forms.ChoiceField(
        label=_("Gegen welche Regel verstößt der Text?"), choices=Reason, widget=forms.RadioSelect
    )
    facts = forms.CharField(
        label=_("Was genau liegt vor?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Das liest die Person, die den Text geschrieben hat."),
    )
    ground = forms.ChoiceField(label=_("Grundlage"), choices=Ground, widget=forms.RadioSelect, initial=Ground.RULES)
    provision = forms.CharField(
        label=_("Vorschrift"), required=False, max_length=200, help_text=_("Nur bei „Gesetz“, zum Beispiel § 185 StGB.")
    )


class MeasureForm(ReasonsForm):
    """One of the measures that are possible here (`possible`), with its reasons."""

    field_order = ("measure", "days", "reason", "facts", "ground", "provision")
    measure = forms.ChoiceField(label=_("Was soll geschehen?"), widget=forms.RadioSelect)
    days = forms.ChoiceField(label=_("Wie lange? (nur beim Sperren)"), choices=DAYS, initial="7", required=False)

    def __init__(self, *args: Any, possible: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [(key, words) for key, words in ACTS.items() if key in possible]
        if Measure.BLOCK not in possible:
            del self.fields["days"]


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
        choices=[("ja", _("Der Widerspruch hat Erfolg, die Entscheidung fällt weg")), ("nein", _("Es bleibt dabei"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Begründung für die Person"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


LANES = [("", _("Offen")), *((lane.value, lane.label) for lane in Lane)]
