"""Inputs that several forms of dialogues share."""

from __future__ import annotations

from typing import Any

from django import forms

MOMENT = "%Y-%m-%dT%H:%M"


def moment(label: Any, **options: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(label=label, widget=widget, input_formats=[MOMENT, "%d.%m.%Y %H:%M"], **options)


class NumberInput(forms.TextInput):
    """A decimal number in German or English writing."""

    def __init__(self) -> None:
        super().__init__(attrs={"inputmode": "decimal", "size": "12"})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace(",", ".") if value else value
