"""One matter of the queue with its context: what was written, why it waits, who wrote it, and what can be done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.comments import kinds, permissions
from portal.comments.domain import matters, moderation, objections, presence, queue
from portal.comments.enums import Measure, Reason, State
from portal.comments.models import Matter
from portal.comments.moderation_forms import FactsForm, MeasureForm, ObjectionDecisionForm
from portal.comments.views.moderation import demand
from portal.exceptions import DomainError


def item(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    demand(request)
    matter = _find(slug, key)
    forms, status = _forms(request, matter), 200
    if request.method == "POST":
        try:
            done = _act(request, matter, forms)
        except DomainError as error:
            if error.status == 404:
                raise Http404 from error
            messages.error(request, str(error.message))
            return redirect(matter)
        if done:
            messages.success(request, done)
            return _next(request, matter)
        status = 400
    other = presence.look_at(user=request.user, matter=matter)
    return render(request, "moderation/item.html", _context(request, matter, forms) | {"other": other}, status=status)


def _find(slug: str, key: str) -> Matter:
    known = kinds.by_slug(slug)
    if known is None:
        raise Http404
    try:
        matter = matters.of(known[0], key)
    except DomainError as error:
        raise Http404 from error
    return Matter.objects.select_related("author", "taken_by").get(pk=matter.pk)


def possible_measures(matter: Matter) -> list[str]:
    """What may be done to it as it stands; the domain asks again."""
    able = kinds.get(matter.kind).measures
    found = [Measure.HIDE] if matter.state in (State.VISIBLE, State.HELD) else []
    found += [Measure.HOLD] if matter.state == State.VISIBLE else []
    found += [Measure.DELETE] if matter.state != State.DELETED else []
    if matter.author is not None and matter.author.erased_at is None:
        found.append(Measure.WARN)
        found += [] if matter.author.is_working_here else [Measure.BLOCK]
    return [measure for measure in found if measure in able]


def _forms(request: HttpRequest, matter: Matter) -> dict[str, Any]:
    """Each form with what was typed if it is the one that was sent."""
    act, data = request.POST.get("act", ""), request.POST
    template = request.GET.get("vorlage", "")
    initial = {"ground": "rules", "measure": Measure.HIDE}
    if template in queue.TEMPLATES:
        initial |= {"reason": template, "facts": queue.TEMPLATES[template]}
    restore = matter.state == State.HIDDEN
    return {
        "measure": MeasureForm(
            data if act == "restrict" else None, prefix="m", possible=possible_measures(matter), initial=initial
        ),
        "facts": FactsForm(data if act in ("keep", "restore") else None, prefix="facts", required=restore),
        "unblock": FactsForm(data if act == "unblock" else None, prefix="unblock", required=True),
        "objection": ObjectionDecisionForm(data if act == "objection" else None, prefix="objection"),
    }


def _act(request: HttpRequest, matter: Matter, forms: dict[str, Any]) -> str:
    """Does what the pressed button says; "" where its form has errors."""
    act, given = request.POST.get("act", ""), request.POST.get("version", "")
    common: dict[str, Any] = {
        "user": request.user,
        "matter": matter,
        "version": int(given) if given.isdecimal() and len(given) < 9 else matter.version,
    }
    if act == "release":
        moderation.release(**common)
        return _("Freigegeben. Der Text ist für alle zu sehen.")
    if act == "see":
        moderation.see(**common)
        return _("Abgehakt.")
    if act == "restrict":
        return _restrict(forms["measure"], common)
    if act in ("keep", "restore", "unblock"):
        form = forms["unblock" if act == "unblock" else "facts"]
        if not form.is_valid():
            return ""
        return _lift(act, form.cleaned_data["facts"], common)
    if act == "objection":
        return _decide_objection(forms["objection"], matter, common)
    raise DomainError("unknown_act", _("Das ging nicht. Bitte versuchen Sie es noch einmal."))


def _restrict(form: MeasureForm, common: dict[str, Any]) -> str:
    if not form.is_valid():
        return ""
    words = dict(form.cleaned_data)
    measure, days = words.pop("measure"), words.pop("days", "")
    reasons = {key: words[key] for key in ("reason", "facts")}
    if measure == Measure.HIDE:
        moderation.hide(**common, **words)
        return _("Ausgeblendet. Die Person hat Begründung und Widerspruch per Mail.")
    if measure == Measure.DELETE:
        moderation.delete(**common, **words)
        return _("Gelöscht. Die Person hat Begründung und Widerspruch per Mail.")
    if measure == Measure.HOLD:
        moderation.hold(**common, **reasons)
        return _("Angehalten. Bitte entscheiden Sie bis zum genannten Tag.")
    if measure == Measure.WARN:
        moderation.warn(**common, **reasons)
        return _("Verwarnt. Die Person hat eine Nachricht.")
    until = timezone.now() + timedelta(days=int(days or 0))
    moderation.block(**common, **reasons, until=until)
    return _("Gesperrt. Die Person kann lesen und widersprechen, aber nicht schreiben.")


def _lift(act: str, facts: str, common: dict[str, Any]) -> str:
    if act == "keep":
        moderation.keep(**common, facts=facts)
        return _("Der Text bleibt stehen. Wer ihn gemeldet hat, bekommt Bescheid.")
    if act == "restore":
        moderation.restore(**common, facts=facts)
        return _("Der Text ist wieder sichtbar.")
    moderation.unblock(**common, facts=facts)
    return _("Die Sperre ist aufgehoben.")


def _decide_objection(form: ObjectionDecisionForm, matter: Matter, common: dict[str, Any]) -> str:
    if not form.is_valid():
        return ""
    found = queue.open_objection(matter)
    if found is None:
        raise moderation.already_decided(matter)
    objections.decide(
        user=common["user"],
        objection=found,
        upheld=form.cleaned_data["upheld"] == "ja",
        answer=form.cleaned_data["answer"],
        version=common["version"],
    )
    return _("Über den Widerspruch ist entschieden.")


def _next(request: HttpRequest, matter: Matter) -> HttpResponse:
    following = queue.waiting(user=request.user).exclude(pk=matter.pk).first()
    return redirect(following) if following else redirect("moderation:queue")


def _context(request: HttpRequest, matter: Matter, forms: dict[str, Any]) -> dict[str, Any]:
    kind = kinds.get(matter.kind)
    (shown,) = queue.described([matter], user=request.user)
    objection = queue.open_objection(matter)
    author = matter.author
    return {
        "crumbs": [
            {"title": _("Moderation"), "url": reverse("moderation:queue")},
            {"title": _("Prüfen: %(kind)s") % {"kind": kind.label}, "url": ""},
        ],
        "matter": matter,
        "shown": shown,
        "piece": shown.piece,
        "kind": kind,
        "around": kind.around(matter.object_key),
        "earlier": kind.earlier(matter.object_key),
        "notices": queue.notices(matter),
        "decisions": queue.decisions(matter),
        "objection": objection,
        "decides_objection": objection and permissions.can_decide_objection(request.user, objection.decision),
        "own": permissions.is_person_of(request.user, matter),
        "history": queue.history(author) if author and author.erased_at is None else None,
        "forms": forms,
        "may_restrict": bool(forms["measure"].fields["measure"].choices),
        "templates": [(key, Reason(key).label) for key in queue.TEMPLATES],
    }
