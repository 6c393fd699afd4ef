"""Put duplicates together so that authors and supports stay, and undo that."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dialogues import permissions
from dialogues.domain.online import gates, support
from dialogues.models import Contribution, ContributionSupport
from portal import audit, cache
from portal.activity.domain import stream
from portal.exceptions import DomainError, NotAllowed


def merge(*, user: Any, duplicate: Contribution, into: Contribution) -> Contribution:
    """`duplicate` leaves the list and points to `into`, which names its author and counts its supporters and author.

    A person who supported both counts once. The author of the duplicate is told. Its comments stay on its page.
    Errors: not_allowed, same, other_dialogue, already_merged, gone, answered.
    """
    if not permissions.can_run(user):
        raise NotAllowed
    with transaction.atomic():
        duplicate, into = gates.locked(duplicate), gates.locked(into)
        check(duplicate, into)
        duplicate.merged_into = into
        duplicate.save(update_fields=["merged_into", "updated_at"])
        carry(duplicate, into)
        # What had been merged into the duplicate before goes along, so that a chain never grows.
        for earlier in duplicate.merged.all():
            earlier.merged_into = into
            earlier.save(update_fields=["merged_into", "updated_at"])
            carry(earlier, into)
        support.recount(into)
        payload = {"receipt": duplicate.receipt, "into": into.receipt}
        audit.record(actor=user, action="contribution.merged", obj=duplicate, payload=payload)
        stream.withdraw(url=duplicate.get_absolute_url())
        tell_author(duplicate, into)
        transaction.on_commit(cache.invalidate)
    return into


def split(*, user: Any, duplicate: Contribution) -> Contribution:
    """Undoes a merge: the contribution stands in the list again, and what it brought along leaves the other.

    Errors: not_allowed, not_merged.
    """
    if not permissions.can_run(user):
        raise NotAllowed
    with transaction.atomic():
        duplicate = gates.locked(duplicate)
        into = duplicate.merged_into
        if into is None:
            raise DomainError("not_merged", _("Dieser Beitrag ist mit keinem anderen zusammengefasst."), status=409)
        into = gates.locked(into)
        duplicate.merged_into = None
        duplicate.save(update_fields=["merged_into", "updated_at"])
        into.supports.filter(via=duplicate).delete()
        for other in into.merged.all():  # someone may have supported two of the duplicates
            carry(other, into)
        support.recount(into)
        audit.record(actor=user, action="contribution.split", obj=duplicate, payload={"receipt": duplicate.receipt})
        stream.reinstate(url=duplicate.get_absolute_url())
        transaction.on_commit(cache.invalidate)
    return duplicate


def check(duplicate: Contribution, into: Contribution) -> None:
    if duplicate.pk == into.pk:
        raise DomainError("same", _("Das ist derselbe Beitrag."), field="into")
    if duplicate.dialogue_id != into.dialogue_id:
        raise DomainError("other_dialogue", _("Die Beiträge gehören zu verschiedenen Dialogen."), field="into")
    if duplicate.merged_into_id or into.merged_into_id:
        message = _("Einer der beiden Beiträge ist schon mit einem anderen zusammengefasst.")
        raise DomainError("already_merged", message, field="into", status=409)
    if not (duplicate.is_visible and into.is_visible):
        raise DomainError("gone", _("Einer der beiden Beiträge steht nicht mehr da."), field="into", status=409)
    if duplicate.answered_at is not None:
        message = _("Die Stadt hat diesen Beitrag schon beantwortet. Fassen Sie den anderen mit diesem zusammen.")
        raise DomainError("answered", message, field="into", status=409)


def carry(duplicate: Contribution, into: Contribution) -> None:
    """Copies supporters and author of the duplicate to the other; who is there already, or wrote it, counts once."""
    there = set(into.supports.exclude(user=None).values_list("user", flat=True)) | {into.author_id}
    people = list(duplicate.supports.filter(via=None).values_list("user", flat=True))
    if duplicate.author_id:
        people.append(duplicate.author_id)
    fresh: dict[int, None] = dict.fromkeys(person for person in people if person and person not in there)
    nameless = sum(person is None for person in people)
    known = into.supports.filter(via=duplicate, user=None).count()
    ContributionSupport.objects.bulk_create(
        ContributionSupport(contribution=into, user_id=person, via=duplicate)
        for person in [*fresh, *[None] * max(0, nameless - known)]
    )


def tell_author(duplicate: Contribution, into: Contribution) -> None:
    if duplicate.author is None:
        return
    stream.notify(
        user=duplicate.author,
        verb="contribution.merged",
        title=_("Ihr Beitrag „%(title)s“ steht jetzt zusammen mit einem ähnlichen") % {"title": duplicate.title},
        url=into.get_absolute_url(),
        summary=_("Ihr Name und Ihre Unterstützung stehen weiter dabei."),
        sample=duplicate.sample,
    )
