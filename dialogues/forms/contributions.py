"""Forms of citizens and clubs: write a contribution, add a picture, filter the list, propose an event."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogues.domain.online import places, reading
from dialogues.enums import AnswerStatus, ContributionKind
from dialogues.forms.fields import NumberInput, moment
from dialogues.forms.online import place_choices, text_area
from dialogues.models import OnlineDialogue
from dialogues.models.contributions import TEXT_LIMIT, TITLE_LIMIT


class ContributionForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Was möchten Sie schreiben?"),
        choices=ContributionKind.choices,
        widget=forms.RadioSelect,
        initial=ContributionKind.IDEA,
    )
    category = forms.ModelChoiceField(label=_("Thema"), queryset=None, empty_label=_("Bitte wählen"))
    title = forms.CharField(
        label=_("Titel"), max_length=TITLE_LIMIT, help_text=_("Ein Satz, an dem andere erkennen, worum es geht.")
    )
    text = text_area(_("Ihr Text"), TEXT_LIMIT)

    def __init__(self, *args: Any, dialogue: OnlineDialogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = dialogue.categories.all()  # type: ignore[attr-defined]
        if self.fields["text"].widget.attrs.get("data-draft") is None:
            self.fields["text"].widget.attrs["data-draft"] = f"dialog-{dialogue.slug}"


class NewContributionForm(ContributionForm):
    place = forms.ChoiceField(label=_("Stadtteil oder bekannter Ort"), choices=place_choices, required=False)
    lat = forms.FloatField(label=_("Breite"), required=False, widget=NumberInput())
    lng = forms.FloatField(label=_("Länge"), required=False, widget=NumberInput())


class ImageForm(forms.Form):
    image = forms.FileField(
        label=_("Bild"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_(
            "JPEG, PNG oder WebP, bis 8 Megabyte. Wir zeichnen es neu: Aufnahmeort und andere Angaben der Kamera gehen "
            "dabei verloren. Bitte zeigen Sie keine fremden Gesichter und Kennzeichen."
        ),
    )
    alt = forms.CharField(
        label=_("Was ist zu sehen?"), max_length=250, help_text=_("Für Menschen, die das Bild nicht sehen können.")
    )


class FilterForm(forms.Form):
    """Shows the filters of an address (`initial`); reading.filters_from reads them."""

    use_required_attribute = False

    q = forms.CharField(label=_("Suche"), widget=forms.TextInput(attrs={"type": "search"}))
    art = forms.ChoiceField(label=_("Art"))
    thema = forms.ChoiceField(label=_("Thema"))
    antwort = forms.ChoiceField(label=_("Antwort der Stadt"))
    ort = forms.ChoiceField(label=_("Stadtteil"))
    sortierung = forms.ChoiceField(label=_("Sortieren"))

    def __init__(self, *args: Any, categories: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("alle"))]
        choices: dict[str, list[Any]] = {
            "art": everything + ContributionKind.choices,
            "thema": everything + [(str(row.pk), row.name) for row in categories],
            "antwort": [*everything, *AnswerStatus.choices, (reading.OVERDUE, _("Überfällig"))],
            "ort": everything + [(place.key, place.name) for place in places.districts()],
            "sortierung": [(key, label) for key, (label, _column, _desc) in reading.SORTS.items()],
        }
        for name, values in choices.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]


class ProposalForm(forms.Form):
    organiser = forms.CharField(label=_("Verein oder Einrichtung"), max_length=150)
    title = forms.CharField(label=_("Titel der Veranstaltung"), max_length=200)
    topic = text_area(_("Worum geht es?"), 2000, rows=5)
    starts_at = moment(_("Beginn"))
    ends_at = moment(_("Ende"))
    venue = forms.CharField(label=_("Ort"), max_length=300)
    accessibility = text_area(_("Barrierefreiheit vor Ort"), 2000, rows=3, required=False)


class DecisionForm(forms.Form):
    answer = text_area(
        _("Nachricht an den Verein"), 1000, rows=3, required=False, help_text=_("Bei einer Ablehnung nötig: der Grund.")
    )
