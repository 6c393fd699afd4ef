"""From the decision to the public page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ethics.domain import recommendations
from ethics.enums import CaseRole, State
from ethics.forms import application as apply_forms
from ethics.forms import publication as publish_forms
from ethics.models import ReviewCase
from ethics.views.desk.act import Act, in_states


def _can_dissent(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    if case.state != State.DISSENT or CaseRole.MEMBER not in roles:
        return False
    return user.pk in recommendations.dissenters(case) and not case.dissents.filter(member=user).exists()


ACTS = (
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
)
