"""Forms of the staff of online dialogues: plan, record, answer, assign, merge, ask, take over a result."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.domain.online import places
from dialogues.domain.online.writing import OFFLINE
from dialogues.enums import AnswerStatus, Channel, ContributionKind, PollKind
from dialogues.forms.fields import moment
from dialogues.models import Contribution, OnlineDialogue
from dialogues.models.answers import REASON_LIMIT
from dialogues.models.contributions import TEXT_LIMIT, TITLE_LIMIT
from projects.models import Milestone


def day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d", "%d.%m.%Y"], **options)


def text_area(label: Any, most: int, rows: int = 6, **options: Any) -> forms.CharField:
    attrs = {"rows": rows, **options.pop("attrs", {})}
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs=attrs), **options)


def place_choices() -> list[Any]:
    known = places.places().values()
    return [
        ("", _("kein bestimmter Ort")),
        (_("Stadtteile"), [(place.key, place.name) for place in known if place.is_district]),
        (_("Bekannte Orte"), [(place.key, place.name) for place in known if not place.is_district]),
    ]


class DialogueForm(forms.ModelForm[OnlineDialogue]):
    inform_from = moment(_("Informieren ab"))
    collect_from = moment(_("Sammeln ab"))
    discuss_from = moment(_("Diskutieren ab"))
    decide_from = moment(_("Die Stadt antwortet ab"))
    closes_at = moment(_("Abgeschlossen ab"))
    categories = text_area(
        _("Themen und zuständige Stellen"),
        4000,
        rows=5,
        help_text=_("Eine Zeile je Thema, zum Beispiel: Wege und Zugang: Amt für Gebäude"),
    )

    class Meta:
        model = OnlineDialogue
        fields = (
            "title", "kind", "question", "topic", "inform_from", "collect_from", "discuss_from", "decide_from",
            "closes_at", "answer_days", "project",
        )  # fmt: skip
        widgets = {"topic": forms.Textarea(attrs={"rows": 8})}
        help_texts = {
            "question": _("Sie steht groß über dem Dialog, zum Beispiel: Was soll das neue Stadthaus können?"),
            "project": _("Auf der Zeitachse dieses Projekts erscheinen Beiträge und Antworten."),
        }

    def __init__(self, *args: Any, projects: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = projects  # type: ignore[attr-defined]
        self.fields["project"].empty_label = _("kein Projekt")  # type: ignore[attr-defined]
        if self.instance.pk and not self.is_bound:
            rows = self.instance.categories.all()
            self.initial["categories"] = "\n".join(f"{row.name}: {row.department}" for row in rows)

    def clean_categories(self) -> list[tuple[str, str]]:
        pairs = []
        for row in self.cleaned_data["categories"].splitlines():
            if not row.strip():
                continue
            name, _colon, department = (part.strip() for part in row.partition(":"))
            if not name or not department or len(name) > 80 or len(department) > 120:
                raise forms.ValidationError(_("Bitte schreiben Sie jede Zeile so: Thema: zuständige Stelle"))
            pairs.append((name, department))
        return pairs

    def _post_clean(self) -> None:
        """The domain checks and writes; the instance stays as it is until then."""


class RecordForm(forms.Form):
    channel = forms.ChoiceField(
        label=_("Wie kam es an?"),
        choices=[(value.value, value.label) for value in map(Channel, OFFLINE)],
        widget=forms.RadioSelect,
    )
    received_on = day(_("Eingegangen am"), initial=timezone.localdate)
    kind = forms.ChoiceField(label=_("Art"), choices=ContributionKind.choices, widget=forms.RadioSelect)
    category = forms.ModelChoiceField(label=_("Thema"), queryset=None, empty_label=_("Bitte wählen"))
    title = forms.CharField(label=_("Titel"), max_length=TITLE_LIMIT)
    text = text_area(_("Was die Person gesagt oder geschrieben hat"), TEXT_LIMIT)
    place = forms.ChoiceField(label=_("Ort"), choices=place_choices, required=False)
    contact = text_area(
        _("Anschrift für die Antwort"),
        500,
        rows=3,
        required=False,
        help_text=_("Sieht nur das Amt. Sie wird gelöscht, ein halbes Jahr nachdem die Antwort gegeben ist."),
    )

    def __init__(self, *args: Any, dialogue: OnlineDialogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = dialogue.categories.all()  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    status = forms.ChoiceField(
        label=_("Was antwortet die Stadt?"),
        choices=[choice for choice in AnswerStatus.choices if choice[0] != AnswerStatus.OPEN],
        widget=forms.RadioSelect,
    )
    reason = text_area(
        _("Begründung in einfachen Worten"),
        REASON_LIMIT,
        help_text=_("Kurze Sätze. Was passiert jetzt, und warum? Bei einer Ablehnung: Was steht dagegen?"),
    )
    due = day(
        _("Nächster Schritt bis"),
        required=False,
        help_text=_("Bei „In Prüfung“ nötig: Bis dann antwortet die Stadt. Das Datum ist öffentlich."),
    )
    milestone = forms.ModelChoiceField(
        label=_("Meilenstein im Projekt"),
        queryset=None,
        required=False,
        empty_label=_("keiner"),
        help_text=_("Damit sehen alle, was daraus wird."),
    )

    def __init__(self, *args: Any, contribution: Contribution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Milestone.objects.none()
        if contribution.dialogue.project_id:
            rows = Milestone.objects.filter(project=contribution.dialogue.project_id)
        self.fields["milestone"].queryset = rows  # type: ignore[attr-defined]


class AssignForm(forms.Form):
    department = forms.CharField(label=_("Zuständige Stelle"), max_length=120)
    due = day(_("Antwort bis"))


class MergeForm(forms.Form):
    into = forms.CharField(
        label=_("Vorgangsnummer des Beitrags, der stehen bleibt"),
        max_length=20,
        help_text=_("Zum Beispiel PB-K7M4-R2T"),
    )


class PollForm(forms.Form):
    question = forms.CharField(label=_("Frage"), max_length=300)
    kind = forms.ChoiceField(label=_("Wie viele Antworten?"), choices=PollKind.choices, widget=forms.RadioSelect)
    options = text_area(_("Antworten"), 2000, rows=5, help_text=_("Eine je Zeile, 2 bis 12."))


class AdoptForm(forms.Form):
    result = forms.IntegerField(widget=forms.HiddenInput)
    category = forms.ModelChoiceField(label=_("Thema"), queryset=None, empty_label=_("Bitte wählen"))
    kind = forms.ChoiceField(label=_("Art"), choices=ContributionKind.choices, initial=ContributionKind.IDEA)

    def __init__(self, *args: Any, dialogue: OnlineDialogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = dialogue.categories.all()  # type: ignore[attr-defined]
