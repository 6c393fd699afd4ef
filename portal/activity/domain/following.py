"""Follow and stop, read the own list, choose how often mail comes, end mails by link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit
from portal.activity import targets
from portal.activity.enums import Cadence
from portal.activity.models import Follow, Notification, Preference, Topic
from portal.exceptions import DomainError, NotAllowed

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

SALT = "portal.activity.unsubscribe"
MOST = 500  # follows of one person; the list in the account shows them on one page
NOTES = "notes"  # in a token: mails about notes to the person herself


def follow(*, user: User | AnonymousUser, target: str, object_id: Any, cadence: str = Cadence.WEEKLY) -> Follow:
    """Follows a thing, or changes how often mail comes. Errors: sign_in, no_target (404), no_cadence, too_many."""
    person = _demand_sign_in(user)
    _demand_cadence(cadence)
    key = targets.topic(target, object_id)
    if key not in targets.find(person, [key]):
        raise DomainError("no_target", _("Das gibt es hier nicht."), status=404)
    if Follow.objects.filter(user=person).exclude(topic__key=key).count() >= MOST:
        raise DomainError("too_many", _("Sie folgen schon sehr vielem. Bitte beenden Sie erst etwas davon."))
    with transaction.atomic():
        topic, _new = Topic.objects.get_or_create(key=key)
        found, _new = Follow.objects.update_or_create(user=person, topic=topic, defaults={"cadence": cadence})
        audit.record(actor=user, action="follow.set", obj=found, payload={"cadence": cadence})
    return found


def unfollow(*, user: User | AnonymousUser, target: str, object_id: Any) -> None:
    """Stops following; does nothing where one does not follow. Errors: sign_in."""
    person = _demand_sign_in(user)
    with transaction.atomic():
        Follow.objects.filter(user=person, topic__key=targets.topic(target, object_id)).delete()


def mark_read(*, user: User | AnonymousUser, note: int | None = None) -> int:
    """Marks one note, or the whole list, as read; returns how many notes changed. Errors: sign_in."""
    person, now = _demand_sign_in(user), timezone.now()
    unread = Notification.objects.filter(user=person, read_at=None)
    if note is not None:
        return unread.filter(pk=note).update(read_at=now)
    with transaction.atomic():
        Preference.objects.update_or_create(user=person, defaults={"seen_at": now})
        return unread.update(read_at=now)


def choose_notes_cadence(*, user: User | AnonymousUser, cadence: str) -> Preference:
    """How often mail comes about notes to the person herself. Errors: sign_in, no_cadence."""
    person = _demand_sign_in(user)
    _demand_cadence(cadence)
    return Preference.objects.update_or_create(user=person, defaults={"notes_cadence": cadence})[0]


def token_for(uuid: Any, about: str = "") -> str:
    """What an unsubscribe link carries: who, and what about: a topic, NOTES, or all mails. It allows nothing else."""
    return signing.dumps([str(uuid), about], salt=SALT, compress=False)


def read_token(token: str) -> tuple[str, str]:
    """(uuid of the account, what about). Errors: bad_token (404)."""
    try:
        uuid, about = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise DomainError("bad_token", _("Dieser Link ist ungültig."), status=404) from error
    return uuid, about


def stop_mails(*, token: str) -> int:
    """Ends the mails the token names (RFC 8058, no sign-in); follows stay in the account. Errors: bad_token (404)."""
    uuid, about = read_token(token)
    follows = Follow.objects.filter(user__uuid=uuid).exclude(cadence=Cadence.NEVER)
    if about not in ("", NOTES):
        return follows.filter(topic__key=about).update(cadence=Cadence.NEVER)
    with transaction.atomic():
        changed = 0 if about else follows.update(cadence=Cadence.NEVER)
        changed += _stop_notes(uuid)
    return changed


def _stop_notes(uuid: str) -> int:
    from portal.accounts.models import User

    person = User.objects.filter(uuid=uuid, is_active=True).first()
    if person is None:
        return 0
    Preference.objects.update_or_create(user=person, defaults={"notes_cadence": Cadence.NEVER})
    return 1


def _demand_cadence(cadence: str) -> None:
    if cadence not in Cadence.values:
        raise DomainError("no_cadence", _("Bitte wählen Sie, wie oft Mails kommen sollen."), field="cadence")


def _demand_sign_in(user: Any) -> User:
    if not user.is_authenticated or not user.is_active:
        raise NotAllowed(_("Bitte melden Sie sich an."), code="sign_in")
    return cast("User", user)
