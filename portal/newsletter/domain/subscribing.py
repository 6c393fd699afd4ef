"""Order newsletters with double opt-in, change and end the order; all by links in mails, with or without an account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit
from portal.exceptions import DomainError
from portal.newsletter.models import ConsentText, Segment, Subscription

SALT_CONFIRM, SALT_STOP = "portal.newsletter.confirm", "portal.newsletter.stop"
LINK_SECONDS = 14 * 24 * 3600
ASK_AGAIN_SECONDS = 10 * 60
CONSENT_VERSION = 1
CONSENT = (
    "Ich möchte die gewählten Rundbriefe der Stadt Paderborn per E-Mail bekommen. Dafür wird meine Adresse "
    "gespeichert. Ich kann das jederzeit mit einem Klick beenden; dann wird die Adresse gelöscht."
)


def subscribe(*, email: str, segments: Iterable[Segment]) -> None:
    """Asks for newsletters: sends a mail with a link that confirms. The answer is the same for any address.

    A confirmed order stays as it is until the new choice is confirmed, so nobody changes it for someone else.
    Errors: bad_email, no_segment.
    """
    address, chosen = email.strip().lower(), sorted(segment.pk for segment in segments if segment.active)
    try:
        validate_email(address)
    except ValidationError as error:
        raise DomainError("bad_email", _("Diese E-Mail-Adresse stimmt nicht."), field="email") from error
    if not chosen:
        raise DomainError("no_segment", _("Bitte wählen Sie mindestens ein Thema."), field="segments")
    with transaction.atomic():
        consent, _new = ConsentText.objects.get_or_create(version=CONSENT_VERSION, defaults={"text": CONSENT})
        found, new = Subscription.objects.select_for_update().get_or_create(
            email=address, defaults={"consent": consent}
        )
        now = timezone.now()
        if not new and (now - found.asked_at).total_seconds() < ASK_AGAIN_SECONDS:
            return  # one mail in ten minutes to an address
        found.asked_at = now
        found.save(update_fields=["asked_at"])
        _confirmation(found, chosen).send()


def confirm(*, token: str) -> Subscription:
    """The link of the mail: from now on the address gets the chosen newsletters. Errors: bad_token (404)."""
    uuid, chosen = _read(token, SALT_CONFIRM, LINK_SECONDS)
    with transaction.atomic():
        found = Subscription.objects.select_for_update().filter(uuid=uuid).first()
        if found is None:
            raise DomainError("bad_token", _("Dieser Link gilt nicht mehr. Bitte bestellen Sie neu."), status=404)
        found.confirmed_at = found.confirmed_at or timezone.now()
        found.consent = ConsentText.objects.get_or_create(version=CONSENT_VERSION, defaults={"text": CONSENT})[0]
        found.save(update_fields=["confirmed_at", "consent"])
        found.segments.set(Segment.objects.filter(pk__in=chosen, active=True))
        payload = {"version": found.consent_id, "segments": chosen, "asked": found.asked_at}
        audit.record(actor=None, action="newsletter.confirmed", obj=found, payload=payload)
    return found


def check(*, token: str) -> None:
    """Whether a link of a confirmation still works. Errors: bad_token (404)."""
    uuid, _chosen = _read(token, SALT_CONFIRM, LINK_SECONDS)
    if not Subscription.objects.filter(uuid=uuid).exists():
        raise DomainError("bad_token", _("Dieser Link gilt nicht mehr. Bitte bestellen Sie neu."), status=404)


def choose(*, token: str, segments: Iterable[Segment]) -> Subscription | None:
    """Changes the order by the link at the foot of each newsletter; no segment ends it. Errors: bad_token (404)."""
    found = by_token(token)
    chosen = list(segments)
    if not chosen:
        stop(token=token)
        return None
    with transaction.atomic():
        found.segments.set(chosen)
        payload = {"segments": sorted(segment.pk for segment in chosen)}
        audit.record(actor=None, action="newsletter.changed", obj=found, payload=payload)
    return found


def stop(*, token: str) -> None:
    """Ends the order and deletes the address (RFC 8058, no sign-in); does nothing twice. Errors: bad_token (404)."""
    uuid = _read(token, SALT_STOP, None)
    with transaction.atomic():
        found = Subscription.objects.filter(uuid=uuid).first()
        if found is not None:
            audit.record(actor=None, action="newsletter.stopped", obj=found)
            found.delete()


def by_token(token: str) -> Subscription:
    found = Subscription.objects.confirmed().filter(uuid=_read(token, SALT_STOP, None)).first()
    if found is None:
        raise DomainError("bad_token", _("Diese Bestellung gibt es nicht mehr."), status=404)
    return found


def stop_token(subscription: Subscription) -> str:
    return signing.dumps(str(subscription.uuid), salt=SALT_STOP)


def address_of(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def _confirmation(found: Subscription, chosen: list[int]) -> EmailMessage:
    token = signing.dumps([str(found.uuid), chosen], salt=SALT_CONFIRM)
    titles = Segment.objects.filter(pk__in=chosen).values_list("title", flat=True)
    lines = [
        _("Guten Tag,"), "", _("jemand hat mit dieser Adresse Rundbriefe der Stadt Paderborn bestellt:"), "",
        *(f"* {title}" for title in titles), "",
        _("Waren Sie das? Dann bestätigen Sie bitte hier:"),
        address_of(reverse("newsletter:confirm", args=[token])), "",
        _("Sonst tun Sie einfach nichts. Nach 14 Tagen löschen wir die Adresse."), "", "Digitale Heimat PB", "",
    ]  # fmt: skip
    return EmailMessage(_("Bitte bestätigen: Rundbriefe der Stadt"), "\n".join(lines), None, [found.email])


def _read(token: str, salt: str, seconds: int | None) -> Any:
    try:
        return signing.loads(token, salt=salt, max_age=seconds)
    except signing.BadSignature as error:
        raise DomainError("bad_token", _("Dieser Link ist ungültig oder abgelaufen."), status=404) from error
