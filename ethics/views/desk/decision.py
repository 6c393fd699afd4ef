"""Draft, agenda, votes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.domain import meetings, recommendations, votes, written
from ethics.domain.deadlines import has_passed
from ethics.enums import CaseRole, Procedure, State
from ethics.forms import application as apply_forms
from ethics.forms import meetings as meeting_forms
from ethics.forms import publication as publish_forms
from ethics.models import ReviewCase
from ethics.views.desk.act import Act, open_vote, running_vote
from portal.accounts.models import User


def _can_draft(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    if case.state not in recommendations.DRAFTABLE or not roles & {CaseRole.OFFICE, CaseRole.MEMBER}:
        return False
    return open_vote(case) is None and recommendations.may_draft(user, case) is not None


def _is_voting(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    return case.state == State.VOTING and open_vote(case) is not None


def _votes_alone(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    if CaseRole.MEMBER not in roles or case.state != State.VOTING:
        return False
    vote = open_vote(case)
    if vote is None or (vote.procedure == Procedure.MEETING and CaseRole.CHAIR in roles):
        return False
    return user.pk in votes.entitled(case, vote) and not has_passed(vote.due)


def _cast_all(user: Any, case: ReviewCase, form: Any) -> None:
    vote = running_vote(case)
    for pk, choice in form.choices().items():
        votes.cast(user, vote=vote, member=User.objects.get(pk=pk), choice=choice)


def _between_votes(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    return open_vote(case) is None


def _in_meeting(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    vote = open_vote(case) if CaseRole.CHAIR in roles and case.state == State.VOTING else None
    return vote is not None and vote.procedure == Procedure.MEETING


def _can_open_here(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    return open_vote(case) is None and meetings.item_now(case) is not None


def _can_open_written(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    return open_vote(case) is None and meetings.item_now(case) is None


def _can_object(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    if case.state != State.VOTING or not permissions.is_member(user):
        return False
    vote = open_vote(case)
    fits = vote is not None and vote.procedure == Procedure.WRITTEN
    return fits and user.pk not in permissions.recused_members(case)


def _failed_before(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    return open_vote(case) is None and bool(votes.failed_motions(case))


ACTS = (
    Act(
        "vorlage",
        _("Vorlage für den Beschluss"),
        publish_forms.DraftForm,
        lambda u, c, f: recommendations.draft(
            u,
            case=c,
            form=f.cleaned_data["form"],
            sentence=f.cleaned_data["sentence"],
            text=f.cleaned_data["text"],
            conditions=f.conditions(),
        ),
        _("Vorlage speichern"),
        offered=_can_draft,
        template="ethics/office/_draft_form.html",
        hint=_("Darüber stimmt der Rat ab. Mit der Abstimmung wird sie festgeschrieben."),
    ),
    Act(
        "tagesordnung",
        _("Auf die Tagesordnung setzen"),
        meeting_forms.ScheduleForm,
        lambda u, c, f: meetings.schedule(u, case=c, **f.cleaned_data),
        _("Auf die Tagesordnung"),
        step="schedule",
        template="ethics/office/_schedule_form.html",
    ),
    Act(
        "abstimmung",
        _("Abstimmung eröffnen"),
        apply_forms.EmptyForm,
        lambda u, c, f: votes.open_vote(u, case=c),
        _("Abstimmung eröffnen"),
        step="open_vote",
        offered=_can_open_here,
        template="ethics/office/_quorum.html",
    ),
    Act(
        "umlauf",
        _("Im Umlaufverfahren abstimmen"),
        meeting_forms.WrittenForm,
        lambda u, c, f: written.open_written(u, case=c, **f.cleaned_data),
        _("Umlaufverfahren eröffnen"),
        step="open_written",
        offered=_can_open_written,
        main=False,
        hint=_(
            "Ohne Sitzung: Jedes Mitglied stimmt bis zur Frist selbst ab. Widerspricht ein Mitglied, wird in einer "
            "Sitzung beraten."
        ),
    ),
    Act(
        "umlauf-widerspruch",
        _("Dem Umlaufverfahren widersprechen"),
        meeting_forms.ObjectionForm,
        lambda u, c, f: written.object_to_written(u, vote=running_vote(c), **f.cleaned_data),
        _("Widersprechen"),
        offered=_can_object,
        own=True,
        hint=_("Der Rat berät dann in einer Sitzung. Ein Grund ist nicht nötig."),
    ),
    Act(
        "stimmen",
        _("Stimmen festhalten"),
        meeting_forms.BallotsForm,
        _cast_all,
        _("Stimmen speichern"),
        offered=_in_meeting,
        template="ethics/office/_rows.html",
        hint=_("Offene Abstimmung: Der Vorsitz hält die Stimmen namentlich fest. Befangene stimmen nicht mit."),
    ),
    Act(
        "stimme",
        _("Abstimmen"),
        meeting_forms.OwnBallotForm,
        lambda u, c, f: votes.cast(u, vote=running_vote(c), member=u, **f.cleaned_data),
        _("Stimme abgeben"),
        offered=_votes_alone,
    ),
    Act(
        "schliessen",
        _("Abstimmung schließen"),
        apply_forms.EmptyForm,
        lambda u, c, f: votes.close_vote(u, vote=running_vote(c)),
        _("Abstimmung schließen"),
        step="close_vote",
        offered=_is_voting,
        hint=_("Das Ergebnis wird aus den Stimmen berechnet und kann danach nicht geändert werden."),
        done=_("Die Abstimmung ist geschlossen."),
    ),
    Act(
        "keine-position",
        _("Keine gemeinsame Position feststellen"),
        meeting_forms.NoPositionForm,
        lambda u, c, f: votes.state_no_position(u, case=c, **f.cleaned_data),
        _("Feststellen"),
        step="state_no_position",
        offered=_failed_before,
        main=False,
    ),
    Act(
        "vertagen",
        _("Vertagen"),
        meeting_forms.PostponeForm,
        lambda u, c, f: meetings.postpone(u, case=c, **f.cleaned_data),
        _("Vertagen"),
        step="postpone",
        offered=_between_votes,
        main=False,
    ),
)
