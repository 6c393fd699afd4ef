"""Forms of registrations: settings, registering, changing, the door. What is right is decided in the domain."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dialogues.forms.events import moment
from dialogues.models.registration import LARGEST_PARTY


class SetupForm(forms.Form):
    needed = forms.BooleanField(
        label=_("Man muss sich anmelden"),
        required=False,
        help_text=_("Ohne Haken steht auf der Seite: Kommen Sie einfach vorbei."),
    )
    opens_at = moment(_("Anmeldung ab"))
    closes_at = moment(_("Anmeldung bis"))
    seats_total = forms.IntegerField(
        label=_("Plätze"), min_value=1, max_value=100_000, required=False, help_text=_("Leer bedeutet: ohne Grenze.")
    )
    waiting_list = forms.BooleanField(
        label=_("Warteliste führen"),
        required=False,
        help_text=_("Wer wartet, rückt von selbst nach und bekommt eine Mail."),
    )
    party_max = forms.TypedChoiceField(
        label=_("Personen je Anmeldung, höchstens"),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, LARGEST_PARTY + 1)],
    )
    note = forms.CharField(
        label=_("Text für die Bestätigung"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Steht in der Mail an alle, die einen Platz haben, zum Beispiel: Bitte bringen Sie ein Telefon mit."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, text in (
            ("opens_at", _("Leer bedeutet: ab sofort.")),
            ("closes_at", _("Leer bedeutet: bis zum Beginn.")),
        ):
            self.fields[name].required = False
            self.fields[name].help_text = text


class NeedsMixin(forms.Form):
    """What someone needs to take part may be about health: it is asked for with a consent of its own (Art. 9 GDPR)."""

    needs = forms.CharField(
        label=_("Brauchen Sie Unterstützung?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Zum Beispiel Gebärdensprache, ein Platz für den Rollstuhl, Hilfe beim Schreiben."),
    )
    needs_ok = forms.BooleanField(
        label=_("Wer den Abend leitet, darf lesen, welche Unterstützung ich brauche."), required=False
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("needs", "").strip() and not data.get("needs_ok"):
            self.add_error("needs_ok", _("Bitte stimmen Sie zu, oder lassen Sie das Feld zur Unterstützung leer."))
        return data


class RegisterForm(NeedsMixin):
    """`website` is a honeypot: people do not see it, and are told to leave it empty if they do."""

    field_order = ["name", "email", "persons", "needs", "needs_ok", "website"]
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("Ein ausgedachter Name genügt. Am Einlass fragen wir danach."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        help_text=_("Wir schicken Ihnen einen Link zum Bestätigen."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    persons = forms.TypedChoiceField(label=_("Für wie viele Personen?"), coerce=int)
    website = forms.CharField(
        label=_("Bitte leer lassen"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, most: int, proven: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["persons"].choices = sizes(most)  # type: ignore[attr-defined]
        if proven:
            del self.fields["email"]
            del self.fields["website"]

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("Dieses Feld ist eine Falle für Programme. Bitte lassen Sie es leer."))
        return ""


class ChangeForm(NeedsMixin):
    field_order = ["persons", "needs", "needs_ok"]
    persons = forms.TypedChoiceField(label=_("Für wie viele Personen?"), coerce=int)

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["persons"].choices = sizes(most)  # type: ignore[attr-defined]


class AddForm(forms.Form):
    """Staff write down who registers by telephone."""

    name = forms.CharField(label=_("Name"), max_length=80)
    persons = forms.TypedChoiceField(label=_("Personen"), coerce=int)
    email = forms.EmailField(
        label=_("E-Mail-Adresse"), required=False, help_text=_("Wenn es eine gibt: für Bestätigung und Erinnerung.")
    )
    needs = forms.CharField(
        label=_("Unterstützung"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["persons"].choices = sizes(LARGEST_PARTY)  # type: ignore[attr-defined]


class WalkInForm(forms.Form):
    persons = forms.TypedChoiceField(label=_("Personen"), coerce=int)
    name = forms.CharField(label=_("Name"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["persons"].choices = sizes(LARGEST_PARTY)  # type: ignore[attr-defined]


def sizes(most: int) -> list[tuple[int, str]]:
    return [(number, str(number)) for number in range(1, most + 1)]
