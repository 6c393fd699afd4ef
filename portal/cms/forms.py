"""Forms of the editorial site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from portal.cms.domain.feedback import MAX_LENGTH, close_note
from portal.cms.domain.warnings import end_warning, save_warning
from portal.cms.models import BarrierNote, SiteWarning


class SiteWarningForm(WagtailAdminModelForm):
    """Saves through the domain functions, so that audit and cache see it."""

    end_now = forms.BooleanField(
        label=_("Jetzt beenden"), required=False, help_text=_("Der Hinweis verschwindet sofort von allen Seiten.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["end_now"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends, link = cleaned.get("starts"), cleaned.get("ends"), cleaned.get("link", "")
        if starts and ends and ends <= starts:
            raise ValidationError({"ends": _("Das Ende muss nach dem Beginn liegen.")})
        if ends and ends <= timezone.now() and self.instance.pk is None:
            raise ValidationError({"ends": _("Das Ende liegt in der Vergangenheit.")})
        if link and (not link.startswith(("/", "https://")) or link.startswith("//")):
            raise ValidationError({"link": _("Der Link beginnt mit / oder https://.")})
        for language in ("en", "plain"):
            if bool(cleaned.get(f"title_{language}")) != bool(cleaned.get(f"text_{language}")):
                raise ValidationError(
                    {f"title_{language}": _("Füllen Sie Titel und Text aus, oder lassen Sie beide leer.")}
                )
        return cleaned

    def save(self, commit: bool = True) -> SiteWarning:
        warning: SiteWarning = super().save(commit=False)
        if not commit:
            return warning
        warning = save_warning(user=self.for_user, warning=warning)
        if self.cleaned_data.get("end_now") and warning.ends > timezone.now():
            warning = end_warning(user=self.for_user, warning=warning)
        return warning


class BarrierDoneForm(WagtailAdminModelForm):
    """The desk's view of a note: it can be marked as done, never changed."""

    done = forms.BooleanField(label=_("Erledigt"), required=False)

    def save(self, commit: bool = True) -> BarrierNote:
        if commit and self.cleaned_data.get("done"):
            close_note(user=self.for_user, note=self.instance)
        return self.instance


class BarrierNoteForm(forms.Form):
    """Report a barrier. `website` is a honeypot: people do not see it."""

    text = forms.CharField(
        label=_("Was hat nicht funktioniert?"),
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Beschreiben Sie, was Sie tun wollten und woran es lag."),
    )
    page = forms.CharField(
        label=_("Auf welcher Seite?"),
        required=False,
        max_length=300,
        help_text=_("Zum Beispiel die Adresse der Seite."),
    )
    email = forms.EmailField(
        label=_("Ihre E-Mail-Adresse"),
        required=False,
        help_text=_("Nur, wenn Sie eine Antwort möchten."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Wonach suchen Sie?"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200}),
    )
