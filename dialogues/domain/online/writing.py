"""Write, change and delete a contribution; enter one that came offline; take one over from a DigiLog."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues import permissions
from dialogues.domain.online import gates, images, places, similar
from dialogues.enums import Channel, ContributionKind
from dialogues.models import Category, Contribution, ContributionRevision, OnlineDialogue
from dialogues.models.contributions import TEXT_LIMIT, TITLE_LIMIT
from portal import audit, cache
from portal.activity import targets
from portal.activity.domain import stream
from portal.comments import rules
from portal.comments.domain import matters
from portal.comments.enums import State
from portal.comments.models import Thread
from portal.exceptions import DomainError, NotAllowed

MODERATED = "contribution"  # this kind of text in the moderation's queue
SAME_WITHIN = timedelta(minutes=30)
OFFLINE = (Channel.PHONE, Channel.LETTER, Channel.ONSITE)


def contribute(
    *,
    user: Any,
    dialogue: OnlineDialogue,
    kind: str,
    category: Category,
    title: str,
    text: str,
    place: str = "",
    lat: float | None = None,
    lng: float | None = None,
    sample: bool = False,
    at: datetime | None = None,
) -> Contribution:
    """Adds a contribution of a signed-in person while ideas are collected; a rule hit holds it, others stand at once.

    The same text sent twice within half an hour gives the first one back. `at` is for sample data alone.
    Errors: sign_in, blocked, no_dialogue, wrong_stage, bad_kind, bad_category, empty, too_long, links, bad_place,
    too_fast.
    """
    author = gates.demand_voice(user)
    gates.demand_dialogue(user, dialogue)
    if not sample:
        dialogue = gates.fresh(dialogue)
        gates.demand_stage(permissions.may_contribute(dialogue), dialogue)
    contribution = draft(dialogue, kind=kind, category=category, title=title, text=text, place=place, lat=lat, lng=lng)
    gates.demand_no_links(author, f"{contribution.title} {contribution.text}")
    contribution.author, contribution.sample = author, sample
    if sample and at:
        contribution.received_at = at
        contribution.answer_due = gates.due_after(at, dialogue.answer_days)
    with transaction.atomic():
        if twin := twin_of(contribution, sample=sample):
            return twin
        if not sample:
            gates.demand_pace(author)
        rule = rules.hit(f"{contribution.title}\n{contribution.text}")
        if rule:
            contribution.state, contribution.held_rule = State.HELD, rule.key
            contribution.held_until = rules.decided_by(timezone.now())
        save_new(user, contribution, action="contribution.held" if rule else "contribution.created")
    return contribution


def record(
    *,
    user: Any,
    dialogue: OnlineDialogue,
    channel: str,
    received_at: datetime,
    kind: str,
    category: Category,
    title: str,
    text: str,
    place: str = "",
    contact: str = "",
    sample: bool = False,
) -> Contribution:
    """Enters what came by phone, letter or on the spot, by staff; same list, same clock from the day it came in.

    It counts when it came in while ideas were collected. `contact` is the address for a printed answer, seen by staff
    alone. Errors: not_allowed, wrong_stage, bad_channel, bad_date, and those of `contribute` about its fields.
    """
    if not permissions.can_record(user):
        raise NotAllowed
    gates.demand_dialogue(user, dialogue)
    if channel not in OFFLINE:
        raise DomainError("bad_channel", _("Bitte wählen Sie Telefon, Brief oder vor Ort."), field="channel")
    if not sample:
        dialogue = gates.fresh(dialogue)
        gates.demand_stage(permissions.may_record(dialogue), dialogue)
    if received_at > timezone.now() or not dialogue.collect_from <= received_at < dialogue.discuss_from:
        message = _("Der Tag des Eingangs muss in der Phase „Sammeln“ und darf nicht in der Zukunft liegen.")
        raise DomainError("bad_date", message, field="received_on")
    contribution = draft(dialogue, kind=kind, category=category, title=title, text=text, place=place)
    contribution.channel, contribution.received_at, contribution.sample = channel, received_at, sample
    contribution.answer_due = gates.due_after(received_at, dialogue.answer_days)
    contribution.contact = gates.words(contact, 500, field="contact") if contact.strip() else ""
    contribution.recorded_by = user
    with transaction.atomic():
        if twin := twin_of(contribution, sample=sample):
            return twin
        save_new(user, contribution, action="contribution.recorded")
    return contribution


def edit(*, user: Any, contribution: Contribution, title: str, text: str, category: Category) -> Contribution:
    """Changes the own contribution and keeps the earlier wording; the rules are asked again.

    Errors: sign_in, blocked, too_late, empty, too_long, links, bad_category.
    """
    author = gates.demand_voice(user)
    title, text = gates.line(title, TITLE_LIMIT, field="title"), gates.words(text, TEXT_LIMIT, field="text")
    gates.demand_no_links(author, f"{title} {text}")
    with transaction.atomic():
        contribution = gates.locked(contribution)
        if not permissions.is_author(author, contribution):
            raise NotAllowed(_("Ändern kann nur, wer den Beitrag geschrieben hat."))
        if not permissions.can_edit_contribution(author, contribution):
            message = _("Ändern geht nur, solange gesammelt wird und die Stadt noch nicht geantwortet hat.")
            raise DomainError("too_late", message, status=409)
        demand_category(category, contribution.dialogue)
        if (title, text) != (contribution.title, contribution.text):
            ContributionRevision.objects.create(
                contribution=contribution, title=contribution.title, text=contribution.text
            )
            contribution.title, contribution.text, contribution.edited_at = title, text, timezone.now()
            rule = rules.hit(f"{title}\n{text}")
            if rule and contribution.is_visible:
                contribution.state, contribution.held_rule = State.HELD, rule.key
                contribution.held_until = rules.decided_by(timezone.now())
                stream.withdraw(url=contribution.get_absolute_url())
        contribution.category = category
        contribution.save()
        similar.index(contribution)
        tell_moderation(contribution)
        audit.record(actor=user, action="contribution.edited", obj=contribution)
        transaction.on_commit(cache.invalidate)
    return contribution


def delete(*, user: Any, contribution: Contribution) -> Contribution:
    """Deletes the own contribution with its pictures and earlier wordings. Errors: sign_in, too_late."""
    person = gates.demand_sign_in(user)
    with transaction.atomic():
        contribution = gates.locked(contribution)
        if not permissions.is_author(person, contribution):
            raise NotAllowed(_("Löschen kann nur, wer den Beitrag geschrieben hat."))
        if not permissions.can_delete_contribution(person, contribution):
            message = _(
                "Die Stadt hat schon geantwortet. Beitrag und Antwort bleiben zusammen lesbar. Ihren Namen "
                "nehmen Sie heraus, wenn Sie Ihr Konto löschen."
            )
            raise DomainError("too_late", message, status=409)
        empty(contribution)
        matters.vanished(kind=MODERATED, key=contribution.pk)
        audit.record(actor=user, action="contribution.deleted", obj=contribution)
    return contribution


def empty(contribution: Contribution) -> None:
    """Takes text, wordings, pictures, place and contact out of a contribution, inside the caller's transaction."""
    contribution.title, contribution.text, contribution.contact, contribution.district = "–", "", "", ""
    contribution.lat = contribution.lng = contribution.held_until = None
    contribution.state = State.DELETED
    contribution.save()
    contribution.revisions.all().delete()
    contribution.keys.all().delete()
    images.remove_all(contribution)
    stream.withdraw(url=contribution.get_absolute_url())
    transaction.on_commit(cache.invalidate)


def draft(
    dialogue: OnlineDialogue,
    *,
    kind: str,
    category: Category,
    title: str,
    text: str,
    place: str = "",
    lat: float | None = None,
    lng: float | None = None,
) -> Contribution:
    """An unsaved contribution with checked fields and its clock set from now."""
    if kind not in ContributionKind.values:
        raise DomainError("bad_kind", _("Bitte wählen Sie Idee, Frage oder Hinweis."), field="kind")
    demand_category(category, dialogue)
    district, lat, lng = places.resolve(place=place, lat=lat, lng=lng)
    now = timezone.now()
    return Contribution(
        dialogue=dialogue,
        kind=kind,
        category=category,
        title=gates.line(title, TITLE_LIMIT, field="title"),
        text=gates.words(text, TEXT_LIMIT, field="text"),
        district=district,
        lat=lat,
        lng=lng,
        received_at=now,
        department=category.department,
        answer_due=gates.due_after(now, dialogue.answer_days),
    )


def save_new(user: Any, contribution: Contribution, *, action: str) -> None:
    """Writes a new contribution with its thread, its index, the audit line and its line on the timeline."""
    contribution.thread = Thread.objects.create(target="contribution")
    contribution.save()
    similar.index(contribution)
    tell_moderation(contribution)
    audit.record(actor=user, action=action, obj=contribution, payload={"receipt": contribution.receipt})
    if contribution.is_visible:
        announce(contribution)
    transaction.on_commit(cache.invalidate)


def tell_moderation(contribution: Contribution) -> None:
    """Keeps the moderation's queue in step; what staff entered was read by somebody already."""
    matters.written(
        kind=MODERATED,
        key=contribution.pk,
        author=contribution.author,
        state=contribution.state,
        rule=contribution.held_rule if contribution.state == State.HELD else "",
        held_until=contribution.held_until,
        trusted=contribution.channel != Channel.WEB,
        sample=contribution.sample,
        at=contribution.received_at if contribution.sample else None,
    )


def topics_of(contribution: Contribution) -> list[str]:
    """Under which followed things news of this contribution stand."""
    return [
        targets.topic("dialogue", contribution.dialogue.slug),
        targets.topic("contribution", contribution.receipt),
    ]


def announce(contribution: Contribution) -> None:
    kinds = {
        ContributionKind.IDEA: _("Neue Idee: %(title)s"),
        ContributionKind.QUESTION: _("Neue Frage: %(title)s"),
        ContributionKind.HINT: _("Neuer Hinweis: %(title)s"),
    }
    stream.publish(
        actor=contribution.author,
        verb="contribution.created",
        title=kinds[ContributionKind(contribution.kind)] % {"title": contribution.title},
        url=contribution.get_absolute_url(),
        project=contribution.dialogue.project,
        occurred_at=contribution.received_at,
        sample=contribution.sample,
        topics=topics_of(contribution),
    )


def twin_of(contribution: Contribution, *, sample: bool) -> Contribution | None:
    """The same words again from the same person: a double click; of sample data at any time, so demo is idempotent."""
    same = Contribution.objects.filter(
        dialogue=contribution.dialogue,
        author=contribution.author,
        recorded_by=contribution.recorded_by,
        channel=contribution.channel,
        title=contribution.title,
        text=contribution.text,
    )
    if not sample:
        same = same.filter(created_at__gte=timezone.now() - SAME_WITHIN)
    return same.exclude(state=State.DELETED).select_related("dialogue").first()


def demand_category(category: Category, dialogue: OnlineDialogue) -> None:
    if category.dialogue_id != dialogue.pk:
        raise DomainError("bad_category", _("Dieses Thema gehört nicht zu diesem Dialog."), field="category")
