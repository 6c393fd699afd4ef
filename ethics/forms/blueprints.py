"""Labelled fields for templates: a row of a checklist, threshold, risk matrix, rules of quorum, files."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ethics.domain.blueprints import Part
from ethics.domain.dpia.documents import CLASSES, STEPS
from ethics.forms.base import LongText
from ethics.models import QuorumRule


class RowForm(forms.Form):
    """The fields of one row, by the part it belongs to."""

    def __init__(self, *args: Any, part: Part, row: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in part.fields:
            given = row.get(field.key)
            if field.kind == "yes":
                made: forms.Field = forms.BooleanField(label=field.label, required=False, initial=bool(given))
            elif field.kind == "text":
                made = forms.CharField(label=field.label, required=field.needed, max_length=2000, initial=given or "")
            else:
                text = "\n".join(given or []) if field.kind == "lines" else given or ""
                made = LongText(label=field.label, required=field.needed, rows=3, initial=text)
            self.fields[field.key] = made


class ThresholdForm(forms.Form):
    threshold = forms.IntegerField(label=_("Ab wie vielen Kriterien?"), min_value=1, max_value=9)


class MatrixForm(forms.Form):
    """Sixteen fields, named by severity and likelihood."""

    def __init__(self, *args: Any, matrix: list[list[str]], steps: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(zip(CLASSES, (_("gering"), _("mittel"), _("hoch")), strict=True))
        for severity in range(STEPS):
            for likelihood in range(STEPS):
                words = {"severity": steps[severity], "likelihood": steps[likelihood]}
                self.fields[f"{severity}-{likelihood}"] = forms.ChoiceField(
                    label=_("Schwere %(severity)s, Eintritt %(likelihood)s") % words,
                    choices=choices,
                    initial=matrix[severity][likelihood],
                )

    def matrix(self) -> list[list[str]]:
        return [[self.cleaned_data[f"{s}-{p}"] for p in range(STEPS)] for s in range(STEPS)]


class RuleForm(forms.ModelForm):
    share_above = forms.DecimalField(
        label=_("Anteil, der überschritten sein muss"),
        min_value=Decimal(0),
        max_value=Decimal("0.999"),
        decimal_places=3,
        help_text=_("0,5 heißt: mehr als die Hälfte."),
    )

    class Meta:
        model = QuorumRule
        fields = (
            "source",
            "minimum",
            "share_above",
            "chair_breaks_tie",
            "second_invitation_suffices",
            "remote_counts",
            "invitation_days",
            "dissent_days",
            "objection_days",
        )


class FileForm(forms.Form):
    file = forms.FileField(label=_("Datei"), help_text=_("Eine Vorlage, die hier ausgegeben wurde (JSON)."))
