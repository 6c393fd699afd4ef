"""What a person can do on a case page: acts as a table of form, domain function, and when it is offered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.domain import cases, followup, machine, meetings, recommendations, review, triage, votes
from ethics.enums import CaseRole, State, Track
from ethics.forms import application as apply_forms
from ethics.forms import meetings as meeting_forms
from ethics.forms import publication as publish_forms
from ethics.forms import review as review_forms
from ethics.forms.base import ActForm
from ethics.models import Condition, ReviewCase
from ethics.screening import Override
from portal.accounts.models import User

SAVED = _("Gespeichert.")
Offer = Callable[[Any, ReviewCase, frozenset[CaseRole]], bool]


@dataclass(frozen=True)
class Act:
    """One thing to do. `step` names the transition it takes; others give `offered`. `main` acts stand open on the
    page."""

    key: str
    title: Any
    form: type[ActForm]
    run: Callable[[Any, ReviewCase, Any], Any]
    button: Any = ""
    hint: Any = ""
    step: str = ""
    offered: Offer | None = None
    main: bool = True
    own: bool = False
    template: str = "ethics/office/_fields.html"
    done: Any = SAVED

    def is_offered(self, user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
        if self.step:
            step = machine.TRANSITIONS[self.step]
            if case.state not in step.sources or not roles.intersection(step.roles):
                return False
        return self.offered is None or self.offered(user, case, roles)


def in_states(*states: State, roles: tuple[CaseRole, ...]) -> Offer:
    return lambda user, case, held: case.state in states and bool(held.intersection(roles))


def _open_vote(case: ReviewCase) -> Any:
    return case.votes.filter(closed_at__isnull=True).first()


def _can_declare(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    fits = case.state in review.DECLARABLE and permissions.is_member(user) and not permissions.is_lead(user, case)
    return fits and _open_vote(case) is None


def _can_opine(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    if CaseRole.MEMBER not in roles or case.state not in (State.REVIEW, *review.LATE):
        return False
    return not case.opinions.filter(member=user, current=True, unveiled_at__isnull=False).exists()


def _can_draft(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    if case.state not in recommendations.DRAFTABLE or _open_vote(case) is not None:
        return False
    reports = case.assignments.filter(member=user, current=True).exists()
    return bool(roles & {CaseRole.CHAIR, CaseRole.OFFICE}) or (CaseRole.MEMBER in roles and reports)


def _can_dissent(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    if case.state != State.DISSENT or CaseRole.MEMBER not in roles:
        return False
    return user.pk in recommendations.dissenters(case) and not case.dissents.filter(member=user).exists()


def _can_object(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    fits = case.state == State.TRIAGE and case.track == Track.SHORT and permissions.is_member(user)
    return fits and not permissions.is_recused(user, case) and not permissions.is_lead(user, case)


def _is_voting(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    return case.state == State.VOTING and _open_vote(case) is not None


def _votes_alone(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    if CaseRole.MEMBER not in roles or CaseRole.CHAIR in roles or not _is_voting(user, case, roles):
        return False
    return user.pk in meetings.present_members(case, _open_vote(case).agenda_item.meeting)


def _cast_all(user: Any, case: ReviewCase, form: Any) -> None:
    for pk, choice in form.choices().items():
        votes.cast(user, vote=form.vote, member=User.objects.get(pk=pk), choice=choice)


def _settle(user: Any, case: ReviewCase, form: Any) -> None:
    data = form.cleaned_data
    condition = Condition.objects.get(pk=data["condition"], recommendation__case=case)
    followup.settle(user, condition=condition, state=data["state"], proof=data["proof"])


def _between_votes(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    return _open_vote(case) is None


def _failed_before(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    return _open_vote(case) is None and case.votes.filter(carried=False).exists()


def _has_revision(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    fits = CaseRole.LEAD in roles and case.state in cases.REVISABLE and case.state != State.QUERY
    return fits and case.versions.filter(frozen_at__isnull=True).exists()


def _has_conditions(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    return case.recommendation.conditions.exists()


def _may_close(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    return case.state == State.FOLLOW_UP or not case.recommendation.conditions.exists()


ACTS: dict[str, Act] = {
    act.key: act
    for act in (
        Act(
            "annehmen",
            _("Zur Vorprüfung annehmen"),
            apply_forms.EmptyForm,
            lambda u, c, f: triage.accept(u, case=c),
            _("Annehmen"),
            step="accept",
            hint=_("Der Antrag ist vollständig eingegangen. Mit der Annahme beginnt die Vorprüfung."),
        ),
        Act(
            "befangenheit",
            _("Befangenheit erklären"),
            review_forms.DeclareForm,
            lambda u, c, f: review.declare(
                u,
                case=c,
                conflicted=f.cleaned_data["conflicted"] == "ja",
                ground=f.cleaned_data["ground"],
                explanation=f.cleaned_data["explanation"],
            ),
            _("Erklärung abgeben"),
            offered=_can_declare,
            own=True,
            hint=_("Wer befangen ist, sieht keine Unterlagen, nimmt nicht Stellung und stimmt nicht ab."),
            done=_("Ihre Erklärung ist festgehalten."),
        ),
        Act(
            "berichterstattung",
            _("Berichterstattung benennen"),
            review_forms.AssignForm,
            lambda u, c, f: review.assign(u, case=c, member=User.objects.get(pk=f.cleaned_data["member"])),
            _("Benennen"),
            offered=in_states(State.TRIAGE, roles=(CaseRole.OFFICE, CaseRole.CHAIR)),
        ),
        Act(
            "begutachtung",
            _("Begutachtung beginnen"),
            apply_forms.EmptyForm,
            lambda u, c, f: review.start(u, case=c),
            _("Begutachtung beginnen"),
            step="start_review",
            hint=_("Die Mitglieder können danach Stellung nehmen."),
        ),
        Act(
            "fristen",
            _("Fristen setzen"),
            review_forms.DeadlinesForm,
            lambda u, c, f: review.set_deadlines(u, case=c, **f.cleaned_data),
            _("Fristen setzen"),
            main=False,
            offered=in_states(State.TRIAGE, State.REVIEW, roles=(CaseRole.OFFICE, CaseRole.CHAIR)),
        ),
        Act(
            "frist-beenden",
            _("Frist jetzt beenden"),
            review_forms.EndDeadlineForm,
            lambda u, c, f: review.end_deadline(u, case=c, **f.cleaned_data),
            _("Frist beenden"),
            main=False,
            offered=in_states(State.TRIAGE, State.REVIEW, roles=(CaseRole.OFFICE, CaseRole.CHAIR)),
        ),
        Act(
            "rueckfrage",
            _("Rückfrage an das Projekt"),
            review_forms.QuestionForm,
            lambda u, c, f: triage.ask_back(u, case=c, **f.cleaned_data),
            _("Frage stellen"),
            step="ask_back",
            main=False,
        ),
        Act(
            "verfahren",
            _("Verfahren wählen"),
            review_forms.TrackForm,
            lambda u, c, f: triage.choose_track(u, case=c, **f.cleaned_data),
            _("Verfahren festlegen"),
            main=False,
            offered=in_states(State.TRIAGE, roles=(CaseRole.OFFICE,)),
            hint=_("Das kurze Verfahren endet ohne Sitzung, wenn kein Mitglied widerspricht."),
        ),
        Act(
            "ergebnis-abweichend",
            _("Vom Ergebnis der Schwellwertprüfung abweichen"),
            review_forms.OverrideForm,
            lambda u, c, f: cases.override_screening(
                u, case=c, override=Override(f.cleaned_data["outcome"], f.cleaned_data["reason"], f.cleaned_data["dpo"])
            ),
            _("Ergebnis festlegen"),
            main=False,
            offered=in_states(State.TRIAGE, roles=(CaseRole.OFFICE, CaseRole.DPO)),
        ),
        Act(
            "widerspruch",
            _("Volles Verfahren verlangen"),
            review_forms.ObjectionForm,
            lambda u, c, f: triage.object_to_short_track(u, case=c, **f.cleaned_data),
            _("Widersprechen"),
            offered=_can_object,
        ),
        Act(
            "kurz-abschliessen",
            _("Kurzes Verfahren abschließen"),
            review_forms.ResultForm,
            lambda u, c, f: triage.close_short(u, case=c, **f.cleaned_data),
            _("Abschließen"),
            step="close_short",
            offered=lambda u, c, r: c.track == Track.SHORT,
        ),
        Act(
            "antwort-rueckfrage",
            _("Rückfrage beantworten"),
            review_forms.AnswerForm,
            lambda u, c, f: triage.answer_query(u, case=c, **f.cleaned_data),
            _("Antwort senden"),
            step="answer_query",
        ),
        Act(
            "neue-fassung",
            _("Neue Fassung einreichen"),
            apply_forms.NoteForm,
            lambda u, c, f: cases.submit_revision(u, case=c, **f.cleaned_data),
            _("Neue Fassung einreichen"),
            offered=_has_revision,
        ),
        Act(
            "stellungnahme",
            _("Stellung nehmen"),
            review_forms.OpinionForm,
            lambda u, c, f: review.save_opinion(
                u,
                case=c,
                stance=f.cleaned_data["stance"],
                text=f.cleaned_data["text"],
                ratings=f.ratings(),
                submit="abgeben" in f.data,
            ),
            offered=_can_opine,
            own=True,
            template="ethics/office/_opinion_form.html",
            done=_("Ihre Stellungnahme ist gespeichert."),
        ),
        Act(
            "offenlegen",
            _("Stellungnahmen offenlegen"),
            apply_forms.EmptyForm,
            lambda u, c, f: review.unveil(u, case=c),
            _("Alle zugleich offenlegen"),
            step="unveil",
            hint=_("Alle abgegebenen Stellungnahmen werden im selben Augenblick für die Mitglieder sichtbar."),
        ),
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
            offered=_between_votes,
            template="ethics/office/_quorum.html",
        ),
        Act(
            "stimmen",
            _("Stimmen festhalten"),
            meeting_forms.BallotsForm,
            _cast_all,
            _("Stimmen speichern"),
            offered=lambda u, c, r: CaseRole.CHAIR in r and _is_voting(u, c, r),
            template="ethics/office/_rows.html",
            hint=_("Offene Abstimmung: Der Vorsitz hält die Stimmen namentlich fest. Befangene stimmen nicht mit."),
        ),
        Act(
            "stimme",
            _("Abstimmen"),
            meeting_forms.OwnBallotForm,
            lambda u, c, f: votes.cast(u, vote=f.vote, member=u, **f.cleaned_data),
            _("Stimme abgeben"),
            offered=_votes_alone,
        ),
        Act(
            "schliessen",
            _("Abstimmung schließen"),
            apply_forms.EmptyForm,
            lambda u, c, f: votes.close_vote(u, vote=_open_vote(c)),
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
        Act(
            "sondervotum-frist",
            _("Frist für Sondervoten eröffnen"),
            apply_forms.EmptyForm,
            lambda u, c, f: recommendations.open_dissent(u, case=c),
            _("Frist eröffnen"),
            step="open_dissent",
        ),
        Act(
            "sondervotum",
            _("Sondervotum abgeben"),
            publish_forms.DissentForm,
            lambda u, c, f: recommendations.file_dissent(u, case=c, **f.cleaned_data),
            _("Abgeben"),
            offered=_can_dissent,
            own=True,
        ),
        Act(
            "veroeffentlichung",
            _("Veröffentlichung vorbereiten"),
            apply_forms.EmptyForm,
            lambda u, c, f: recommendations.prepare(u, case=c),
            _("Vorbereiten"),
            step="prepare",
            hint=_("Möglich, sobald niemand mehr ein Sondervotum abgeben kann oder die Frist abgelaufen ist."),
        ),
        Act(
            "zusammenfassung",
            _("Zusammenfassung schreiben"),
            publish_forms.SummaryForm,
            lambda u, c, f: recommendations.summarise(u, case=c, **f.cleaned_data),
            _("Zusammenfassung speichern"),
            offered=in_states(*recommendations.SUMMARISABLE, roles=(CaseRole.OFFICE, CaseRole.CHAIR)),
        ),
        Act(
            "datenschutz",
            _("Datenschutz: gesehen"),
            publish_forms.StatementForm,
            lambda u, c, f: recommendations.confirm_data_protection(u, case=c, **f.cleaned_data),
            _("Als gesehen bestätigen"),
            offered=in_states(State.PREPARING, roles=(CaseRole.DPO,)),
        ),
        Act(
            "veroeffentlichen",
            _("Veröffentlichen"),
            apply_forms.EmptyForm,
            lambda u, c, f: recommendations.publish(u, case=c),
            _("Jetzt veröffentlichen"),
            step="publish",
            hint=_(
                "Empfehlung und Auflagen stehen danach auf der Projektseite und unter „Ethikrat“. Das lässt sich "
                "nicht zurücknehmen."
            ),
            done=_("Die Empfehlung ist veröffentlicht."),
        ),
        Act(
            "antwort-anfordern",
            _("Antwort anfordern"),
            publish_forms.RequestAnswerForm,
            lambda u, c, f: followup.request_answer(u, case=c, **f.cleaned_data),
            _("Antwort anfordern"),
            step="request_answer",
            offered=_has_conditions,
        ),
        Act(
            "antwort",
            _("Auf die Auflagen antworten"),
            publish_forms.ResponsesForm,
            lambda u, c, f: followup.answer(u, case=c, responses=f.responses()),
            _("Antwort senden"),
            step="answer",
            hint=_("Nehmen Sie jede Auflage an, oder begründen Sie, warum nicht. Ihre Antwort ist öffentlich."),
        ),
        Act(
            "nachverfolgung",
            _("Nachverfolgung beginnen"),
            apply_forms.EmptyForm,
            lambda u, c, f: followup.follow_up(u, case=c),
            _("Beginnen"),
            step="follow_up",
        ),
        Act(
            "auflage",
            _("Auflage erledigen"),
            publish_forms.SettleForm,
            _settle,
            _("Festhalten"),
            offered=in_states(State.FOLLOW_UP, roles=(CaseRole.OFFICE,)),
        ),
        Act(
            "abschliessen",
            _("Fall abschließen"),
            apply_forms.EmptyForm,
            lambda u, c, f: followup.close(u, case=c),
            _("Abschließen"),
            step="close",
            offered=_may_close,
        ),
        Act(
            "wieder-vorlegen",
            _("Wieder vorlegen"),
            publish_forms.TriggerForm,
            lambda u, c, f: followup.reopen(u, case=c, **f.cleaned_data),
            _("Wieder vorlegen"),
            step="reopen",
            main=False,
        ),
        Act(
            "zurueckziehen",
            _("Antrag zurückziehen"),
            apply_forms.WithdrawForm,
            lambda u, c, f: cases.withdraw(u, case=c, **f.cleaned_data),
            _("Zurückziehen"),
            step="withdraw",
            main=False,
            hint=_("Der Fall endet dann ohne Empfehlung. Was gesagt wurde, bleibt in den Akten."),
        ),
    )
}


@dataclass(frozen=True)
class Offered:
    """An act with its form, ready for the page."""

    act: Act
    form: ActForm

    @property
    def key(self) -> str:
        return self.act.key


def form_for(act: Act, user: Any, case: ReviewCase, data: Any = None) -> ActForm:
    return act.form(data, case=case, user=user, key=act.key)


def offered_to(user: Any, case: ReviewCase, bound: ActForm | None = None, key: str = "") -> list[Offered]:
    """Every act this person can do now; `bound` is the form that was just refused, shown in the place of its act."""
    roles = permissions.case_roles(user, case)
    found = []
    for act in ACTS.values():
        if act.is_offered(user, case, roles):
            form = bound if bound is not None and act.key == key else form_for(act, user, case)
            found.append(Offered(act, form))
    return found
