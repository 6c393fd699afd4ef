"""Form of the facilitator: the three questions after an evening."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogues.models import Feedback


class FeedbackForm(forms.ModelForm[Feedback]):
    class Meta:
        model = Feedback
        fields = ("is_on", "scale", "scale_en", "yes_no", "yes_no_en", "words", "words_en", "days")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = _("Leer bedeutet: %s")
        for name, words in (
            ("scale", _("Wie zufrieden sind Sie mit dem Abend?")),
            ("yes_no", _("Konnten Sie sagen, was Ihnen wichtig ist?")),
            ("words", _("Was sollen wir beim nächsten Mal anders machen?")),
        ):
            self.fields[name].help_text = usual % words
