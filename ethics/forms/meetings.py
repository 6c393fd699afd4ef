"""Meetings, attendance, votes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.domain import votes
from ethics.enums import Choice, Presence
from ethics.forms.base import ActForm, LongText, Moment, in_days, people
from ethics.models import Meeting


class MeetingForm(forms.Form):
    title = forms.CharField(label=_("Titel"), max_length=200, initial=_("Sitzung des Ethikrats"))
    starts_at = Moment(label=_("Beginn"))
    place = forms.CharField(label=_("Ort"), max_length=200, initial=_("Rathaus, Am Abdinghof 11"))
    short_notice_reason = LongText(
        label=_("Warum laden Sie mit verkürzter Frist ein?"),
        rows=2,
        required=False,
        help_text=_("Nur nötig, wenn die Ladungsfrist nicht eingehalten wird."),
    )
    second_invitation_of = forms.ModelChoiceField(
        label=_("Zweite Ladung zu"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=_("keine zweite Ladung"),
        help_text=_(
            "Die Einladung weist dann darauf hin, dass der Rat unabhängig von der Zahl der Anwesenden beschließen kann."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_at"].initial = in_days(14)
        missed = Meeting.objects.filter(agenda__inquorate=True, second_invitation__isnull=True).distinct()
        self.fields["second_invitation_of"].queryset = missed  # type: ignore[attr-defined]


class AttendanceForm(forms.Form):
    """One row a seated member."""

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        recorded = dict(meeting.attendances.values_list("member_id", "presence"))
        for pk, name in people(permissions.seats()):
            self.fields[f"member-{pk}"] = forms.ChoiceField(
                label=name,
                choices=Presence.choices,
                widget=forms.RadioSelect,
                initial=recorded.get(pk, Presence.PRESENT),
            )

    def presences(self) -> dict[int, str]:
        return {int(key.removeprefix("member-")): value for key, value in self.cleaned_data.items()}


class ScheduleForm(ActForm):
    meeting = forms.TypedChoiceField(label=_("Sitzung"), coerce=lambda pk: Meeting.objects.get(pk=pk))

    def prepare(self) -> None:
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        rows = Meeting.objects.filter(starts_at__gte=today).order_by("starts_at")
        self.fields["meeting"].choices = [(row.pk, str(row)) for row in rows]  # type: ignore[attr-defined]


class PostponeForm(ActForm):
    reason = LongText(label=_("Grund"), rows=2)


class BallotsForm(ActForm):
    """The chair records the votes of all who are there and entitled."""

    def prepare(self) -> None:
        vote = next((vote for vote in self.case.votes.all() if vote.closed_at is None), None)
        if vote is None:
            return
        cast = {ballot.member_id: ballot.choice for ballot in vote.ballots.all()}
        entitled = votes.entitled(self.case, vote)
        there = [seat.user for seat in permissions.seated(self.case) if seat.user_id in entitled]
        names = sorted((person.display_name, person.pk, person.public_name) for person in there)
        for _display_name, pk, name in names:
            self.fields[f"member-{pk}"] = forms.ChoiceField(
                label=name, choices=Choice.choices, widget=forms.RadioSelect, required=False, initial=cast.get(pk, "")
            )

    def choices(self) -> dict[int, str]:
        return {int(key.removeprefix("member-")): value for key, value in self.cleaned_data.items() if value}


class OwnBallotForm(ActForm):
    choice = forms.ChoiceField(label=_("Ihre Stimme"), choices=Choice.choices, widget=forms.RadioSelect)

    def prepare(self) -> None:
        vote = next((vote for vote in self.case.votes.all() if vote.closed_at is None), None)
        mine = next((row for row in vote.ballots.all() if row.member_id == self.user.pk), None) if vote else None
        self.fields["choice"].initial = mine.choice if mine else ""


class WrittenForm(ActForm):
    due = Moment(label=_("Stimmen bis"))

    def prepare(self) -> None:
        self.fields["due"].initial = in_days(14)


class ObjectionForm(ActForm):
    reason = LongText(label=_("Grund"), rows=2, required=False)


class NoPositionForm(ActForm):
    sentence = forms.CharField(
        label=_("Ergebnis in einem Satz"),
        max_length=300,
        initial=_("Der Ethikrat hat zu diesem Vorhaben keine gemeinsame Position gefunden."),
    )
    text = LongText(label=_("Welche Auffassungen gab es?"), rows=6)
