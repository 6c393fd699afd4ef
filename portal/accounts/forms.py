"""Forms of sign-in and account, with labels in plain words. allauth validates and saves."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User


class PlainWords:
    """Own labels and help instead of placeholders, which vanish while one types."""

    labels: dict[str, Any] = {}
    helps: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            if name in self.labels:
                field.label = self.labels[name]
            if name in self.helps:
                field.help_text = self.helps[name]
            elif name in {"password", "oldpassword"}:
                field.help_text = ""


CODE = {"code": _("Code")}
EMAIL = {"email": _("E-Mail-Adresse"), "login": _("E-Mail-Adresse")}
PASSWORDS = {
    "password": _("Passwort"),
    "oldpassword": _("Jetziges Passwort"),
    "password1": _("Neues Passwort"),
    "password2": _("Neues Passwort, noch einmal"),
}
LONG_ENOUGH = {"password1": _("Mindestens 12 Zeichen. Ein kurzer Satz ist leicht zu merken.")}


class LoginForm(PlainWords, account_forms.LoginForm):
    labels = EMAIL | PASSWORDS


class SignupForm(PlainWords, account_forms.SignupForm):
    labels = EMAIL | {"password1": _("Passwort"), "telefon": _("Bitte leer lassen")}
    helps = LONG_ENOUGH | {"email": _("Dorthin schicken wir einen Code zur Bestätigung. Andere sehen sie nicht.")}
    field_order = ["display_name", "email", "password1", "telefon"]

    display_name = forms.CharField(
        label=_("Anzeigename"),
        max_length=60,
        min_length=2,
        help_text=_("So sehen Sie andere. Ein Pseudonym ist erlaubt."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    def clean_display_name(self) -> str:
        return clean_display_name(self.cleaned_data["display_name"])


class RequestLoginCodeForm(PlainWords, account_forms.RequestLoginCodeForm):
    labels = EMAIL
    helps = {"email": _("Wir schicken Ihnen einen Code, der zehn Minuten gilt.")}


class ConfirmLoginCodeForm(PlainWords, account_forms.ConfirmLoginCodeForm):
    labels = CODE
    helps = {"code": _("Er steht in der E-Mail, die wir gerade verschickt haben.")}


class ConfirmEmailForm(PlainWords, account_forms.ConfirmEmailVerificationCodeForm):
    labels = CODE
    helps = ConfirmLoginCodeForm.helps


class ConfirmPasswordResetCodeForm(PlainWords, account_forms.ConfirmPasswordResetCodeForm):
    labels = CODE
    helps = ConfirmLoginCodeForm.helps


class ResetPasswordForm(PlainWords, account_forms.ResetPasswordForm):
    labels = EMAIL


class ResetPasswordKeyForm(PlainWords, account_forms.ResetPasswordKeyForm):
    labels = PASSWORDS
    helps = LONG_ENOUGH


class ChangePasswordForm(PlainWords, account_forms.ChangePasswordForm):
    labels = PASSWORDS
    helps = LONG_ENOUGH


class SetPasswordForm(PlainWords, account_forms.SetPasswordForm):
    labels = PASSWORDS
    helps = LONG_ENOUGH


class AddEmailForm(PlainWords, account_forms.AddEmailForm):
    labels = EMAIL


class ReauthenticateForm(PlainWords, account_forms.ReauthenticateForm):
    labels = PASSWORDS


class AuthenticateForm(PlainWords, mfa_forms.AuthenticateForm):
    labels = CODE
    helps = {"code": _("Sechs Ziffern aus der App, oder ein Wiederherstellungscode.")}


class MFAReauthenticateForm(PlainWords, mfa_forms.ReauthenticateForm):
    labels = CODE
    helps = AuthenticateForm.helps


class ActivateTOTPForm(PlainWords, totp_forms.ActivateTOTPForm):
    labels = {"code": _("Code aus der App")}
    helps = {"code": _("Sechs Ziffern. Damit prüfen wir, ob die Einrichtung geklappt hat.")}


class AddPasskeyForm(PlainWords, webauthn_forms.AddWebAuthnForm):
    labels = {"name": _("Name"), "passwordless": _("Auch ohne Passwort damit anmelden (Passkey)")}
    helps = {
        "name": _("Damit erkennen Sie das Gerät wieder."),
        "passwordless": _("Das Gerät fragt dann nach Fingerabdruck, Gesicht oder PIN."),
    }


class EditPasskeyForm(PlainWords, webauthn_forms.EditWebAuthnForm):
    labels = AddPasskeyForm.labels


def clean_display_name(value: str) -> str:
    """One line without control and direction characters; empty after that is refused."""
    cleaned = " ".join("".join(c for c in value if c.isprintable()).split())
    if len(cleaned) < 2:
        raise forms.ValidationError(_("Bitte geben Sie mindestens zwei Zeichen an."))
    return cleaned


class ProfileForm(forms.ModelForm[User]):
    """What the person may change about the account; saved by `domain.profile.update`."""

    class Meta:
        model = User
        fields = ["display_name", "department"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"].required = True
        self.fields["display_name"].help_text = _("So sehen Sie andere. Ein Pseudonym ist erlaubt.")
        if not self.instance.roles:
            del self.fields["department"]

    def clean_display_name(self) -> str:
        return clean_display_name(self.cleaned_data["display_name"])


class ErasureForm(forms.Form):
    """The word is typed, so that nobody erases an account by a slip."""

    word = forms.CharField(
        label=_("Schreiben Sie hier: löschen"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )

    def clean_word(self) -> str:
        word = self.cleaned_data["word"].strip().strip("„“\"'.").casefold()
        if word not in ("löschen", "loeschen", str(_("löschen")).casefold()):
            raise forms.ValidationError(_("Das ist nicht das Wort „löschen“. Es wurde nichts gelöscht."))
        return word
