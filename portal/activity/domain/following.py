"""Follow a project and stop, read the own notes, unsubscribe by link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit
from portal.activity.enums import Cadence
from portal.activity.models import Follow, Notification
from portal.exceptions import DomainError, NotAllowed

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

SALT = "portal.activity.unsubscribe"


def follow(*, user: User | AnonymousUser, project: Any, cadence: str = Cadence.WEEKLY) -> Follow:
    """Follows, or changes how often mail comes. Errors: sign_in, no_project (404), no_cadence."""
    person = _demand_sign_in(user)
    if cadence not in Cadence.values:
        raise DomainError("no_cadence", _("Bitte wählen Sie, wie oft Mails kommen sollen."), field="cadence")
    if not type(project).objects.visible_to(person).filter(pk=project.pk).exists():
        raise DomainError("no_project", _("Dieses Projekt gibt es nicht."), status=404)
    with transaction.atomic():
        found, _created = Follow.objects.update_or_create(user=person, project=project, defaults={"cadence": cadence})
        audit.record(actor=user, action="follow.set", obj=found, payload={"cadence": cadence})
    return found


def unfollow(*, user: User | AnonymousUser, project: Any) -> None:
    """Stops following; does nothing where one does not follow. Errors: sign_in."""
    person = _demand_sign_in(user)
    with transaction.atomic():
        Follow.objects.filter(user=person, project=project).delete()


def mark_read(*, user: User | AnonymousUser) -> int:
    """Marks every note of the person as read; returns how many. Errors: sign_in."""
    person = _demand_sign_in(user)
    return Notification.objects.filter(user=person, read_at=None).update(read_at=timezone.now())


def token_for(user: User) -> str:
    """What the unsubscribe link of a mail carries: says who, and nothing else can be done with it."""
    return signing.dumps(str(user.uuid), salt=SALT, compress=False)


def stop_mails(*, token: str) -> int:
    """Ends all mails to the person named by the token (RFC 8058, no sign-in); follows stay. Errors: bad_token (404)."""
    try:
        uuid = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise DomainError("bad_token", _("Dieser Link ist ungültig."), status=404) from error
    return Follow.objects.filter(user__uuid=uuid).exclude(cadence=Cadence.NEVER).update(cadence=Cadence.NEVER)


def _demand_sign_in(user: Any) -> User:
    if not user.is_authenticated or not user.is_active:
        raise NotAllowed(_("Bitte melden Sie sich an."), code="sign_in")
    return cast("User", user)
