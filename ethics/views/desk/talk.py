"""Questions to the project, the Council's discussion, attached papers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ethics.domain import cases, outside, recommendations, talk
from ethics.enums import CaseRole, State
from ethics.forms import talk as forms
from ethics.models import CaseQuestion, ReviewCase
from ethics.views.desk.act import Act, in_states


def _answer(user: Any, case: ReviewCase, form: Any) -> None:
    question = CaseQuestion.objects.get(pk=form.cleaned_data["question"], case=case)
    talk.answer(user, question=question, text=form.cleaned_data["answer"])


def _is_asked(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    if CaseRole.LEAD not in roles or case.state not in talk.ASKABLE:
        return False
    return any(question.answered_at is None for question in case.questions.all())


def _must_rely(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    return bool(case.outside_opinions.all()) and outside.is_undecidable(case)


ACTS = (
    Act(
        "frage-beantworten",
        _("Frage des Ethikrats beantworten"),
        forms.ReplyForm,
        _answer,
        _("Antwort senden"),
        offered=_is_asked,
        done=_("Ihre Antwort ist beim Ethikrat."),
    ),
    Act(
        "frage",
        _("Frage an das Projekt stellen"),
        forms.AskForm,
        lambda u, c, f: talk.ask(u, case=c, **f.cleaned_data),
        _("Frage stellen"),
        offered=in_states(*talk.ASKABLE, roles=(CaseRole.MEMBER, CaseRole.OFFICE)),
        main=False,
        done=_("Ihre Frage ist beim Projekt."),
    ),
    Act(
        "beitrag",
        _("Zur Beratung beitragen"),
        forms.RemarkForm,
        lambda u, c, f: talk.remark(u, case=c, **f.cleaned_data),
        _("Beitrag speichern"),
        offered=in_states(*talk.DISCUSSABLE, roles=(CaseRole.MEMBER,)),
        main=False,
        hint=_("Nur Mitglieder ohne Befangenheit und die Geschäftsstelle lesen mit."),
    ),
    Act(
        "anlage",
        _("Anlage hinzufügen"),
        forms.AttachForm,
        lambda u, c, f: talk.attach(u, case=c, **f.cleaned_data),
        _("Hochladen"),
        offered=in_states(State.DRAFT, *cases.REVISABLE, roles=(CaseRole.LEAD,)),
        main=False,
    ),
    Act(
        "aussen",
        _("Stellungnahme von außen aufnehmen"),
        forms.OutsideForm,
        lambda u, c, f: outside.take_in(u, case=c, **f.cleaned_data),
        _("Aufnehmen"),
        offered=in_states(*outside.TAKEN_IN, roles=(CaseRole.OFFICE,)),
        main=False,
        hint=_("Auf Papier abgegeben: Wortlaut abschreiben, Scan anhängen. Sie gilt für die aktuelle Fassung."),
        done=_("Die Stellungnahme liegt bei den Unterlagen des Rats."),
    ),
    Act(
        "aussen-zugrunde",
        _("Stellungnahme von außen zugrunde legen"),
        forms.RelyForm,
        lambda u, c, f: outside.rely_on(u, case=c, **f.cleaned_data),
        _("Zugrunde legen"),
        step="rely_on_outside",
        offered=_must_rely,
        main=False,
        hint=_("Zu viele Mitglieder sind befangen. Das Ergebnis ist „Keine gemeinsame Position“."),
    ),
    Act(
        "wortlaut",
        _("Zum Wortlaut beraten"),
        forms.AdviceForm,
        lambda u, c, f: recommendations.advise(u, case=c, **f.cleaned_data),
        _("Anmerkung senden"),
        offered=in_states(State.PREPARING, roles=(CaseRole.COMMUNICATIONS,)),
        hint=_("Vorsitz und Geschäftsstelle lesen Ihre Anmerkung. Veröffentlichen kann nur der Vorsitz."),
    ),
)
