"""From the application to the start of the review: triage, declarations, questions back, new versions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.domain import cases, review, triage
from ethics.enums import CaseRole, State, Track
from ethics.forms import application as apply_forms
from ethics.forms import review as review_forms
from ethics.models import ReviewCase
from ethics.screening import Override
from ethics.views.desk.act import Act, in_states, open_vote
from portal.accounts.models import User


def _can_declare(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    fits = case.state in review.DECLARABLE and permissions.is_member(user) and not permissions.is_lead(user, case)
    return fits and (case.state != State.VOTING or open_vote(case) is None)


def _can_object(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    fits = case.state == State.TRIAGE and case.track == Track.SHORT and permissions.is_member(user)
    return fits and not permissions.is_recused(user, case) and not permissions.is_lead(user, case)


def _has_revision(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    fits = CaseRole.LEAD in roles and case.state in cases.REVISABLE and case.state != State.QUERY
    return fits and case.versions.filter(frozen_at__isnull=True).exists()


ACTS = (
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
)
