from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.activity.enums import Cadence


class CadenceForm(forms.Form):
    cadence = forms.ChoiceField(
        label=_("Wie oft möchten Sie Mails?"), choices=Cadence, widget=forms.RadioSelect, initial=Cadence.WEEKLY
    )
