"""Forms of the style guide, and their examples."""

from __future__ import annotations

from django import forms

from portal.styleguide.examples.model import Example, Group


class PracticeForm(forms.Form):
    """Every kind of field once."""

    name = forms.CharField(label="Name", help_text="So, wie er bei Ihrem Beitrag stehen soll.")
    email = forms.EmailField(label="E-Mail-Adresse")
    area = forms.ChoiceField(
        label="Lebensbereich", choices=[("umwelt", "Umwelt"), ("bildung", "Bildung"), ("mobilitaet", "Mobilität")]
    )
    text = forms.CharField(label="Ihr Beitrag", widget=forms.Textarea, required=False)
    visible = forms.ChoiceField(
        label="Wer darf es sehen?", choices=[("alle", "Alle"), ("ich", "Nur ich")], widget=forms.RadioSelect
    )
    topics = forms.MultipleChoiceField(
        label="Themen",
        choices=[("luft", "Luft"), ("wasser", "Wasser"), ("verkehr", "Verkehr")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    file = forms.FileField(label="Datei", help_text="CSV, höchstens 2 MB.", required=False)
    mail = forms.BooleanField(label="Schicken Sie mir Neues per E-Mail", required=False)


class FilterForm(forms.Form):
    """What a list is narrowed by."""

    bereich = forms.ChoiceField(label="Bereich", choices=[("", "Alle"), ("umwelt", "Umwelt")], required=False)
    art = forms.ChoiceField(label="Art", choices=[("", "Alle"), ("innovation", "Innovation")], required=False)


def practice_form() -> PracticeForm:
    data = {
        "probe-name": "Erika Beispiel",
        "probe-email": "erika(at)beispiel",
        "probe-area": "umwelt",
        "probe-visible": "alle",
        "probe-topics": ["luft"],
    }
    return PracticeForm(data, prefix="probe")


FORMS = Group(
    "formulare",
    "Formulare",
    [
        Example(
            "form",
            "Formular",
            "Alle Felder der Reihe nach, oben die Fehler. Was getippt wurde, bleibt stehen.",
            '<form class="form" novalidate>{% include "components/form.html" with form=form quiet=True %}</form>',
            {"form": practice_form()},
        ),
        Example("field", "Feld", "Beschriftung, Hilfe, Eingabe, Fehler.", part_of="form"),
        Example("field_error", "Fehler am Feld", "Sagt, was fehlt und wie es geht.", part_of="form"),
        Example("form_errors", "Fehler im Überblick", "Springt zu den Feldern.", part_of="form"),
        Example(
            "filter_form",
            "Filter einer Liste",
            "Ein GET-Formular; auf dem Telefon zugeklappt.",
            '{% include "components/filter_form.html" with form=form active=active reset_url="#" %}',
            {
                "form": FilterForm({"bereich": "umwelt"}),
                "active": [{"title": "Bereich: Umwelt", "url": "#", "remove": True}],
            },
        ),
    ],
)
