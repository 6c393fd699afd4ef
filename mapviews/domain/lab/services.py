"""Show a Smart Service in the gallery: write, change, take away, support. Nothing is seen before it was looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from mapviews.domain.lab.keeping import one_line
from mapviews.enums import ServiceLicence
from mapviews.models import Channel, Phenomenon, ServiceSupport, SmartService, Station
from portal import audit, cache
from portal.activity.domain import stream
from portal.comments import rules
from portal.comments.domain import matters, rights
from portal.comments.enums import State
from portal.comments.models import Thread
from portal.exceptions import DomainError, NotAllowed
from portal.pictures import redraw
from portal.text import normalise

KEY, VERB = "smart_service", "service.shown"
MOST_WAITING = 5
RULE = "before_showing"
GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_https = URLValidator(schemes=["https"])


def submit(user: Any, *, sample: bool = False, **fields: Any) -> SmartService:
    """Enters a service; it waits for the moderation. `fields` as in `_write`; `sample` ones stand at once.

    Errors: sign_in, blocked, empty, bad_address, bad_licence, too_many, no_alt, too_big, no_image.
    """
    author = rights.demand_may_write(user)
    waiting = SmartService.objects.filter(author=author, state=State.HELD)
    if not sample and waiting.count() >= MOST_WAITING:
        message = _(
            "Fünf Ihrer Smart Services warten schon auf die Prüfung. Bitte warten Sie, bis sie entschieden sind."
        )
        raise DomainError("too_many", message, status=409)
    with transaction.atomic():
        service = SmartService(author=author, sample=sample, thread=Thread.objects.create(target=KEY))
        service.slug = _free_slug(one_line(fields["title"], 120))
        _write(service, **fields)
        audit.record(actor=user, action="smart_service.submitted", obj=service)
        if sample:
            show(service)
        _tell(service)
    return service


def edit(user: Any, *, service: SmartService, **fields: Any) -> SmartService:
    """A new wording of the own service; it waits again. Errors as in `submit`, and not_allowed."""
    rights.demand_may_write(user)
    with transaction.atomic():
        found = _own(user, service)
        _write(found, **fields)
        stream.withdraw(url=found.canonical_url)
        audit.record(actor=user, action="smart_service.edited", obj=found)
        _tell(found)
    return found


def delete(user: Any, *, service: SmartService) -> None:
    """The author takes the service out of the gallery; text and picture go for good. Errors: sign_in, not_allowed."""
    rights.demand_sign_in(user)
    with transaction.atomic():
        found = _own(user, service)
        empty(found)
        matters.vanished(kind=KEY, key=found.pk)
        audit.record(actor=user, action="smart_service.deleted", obj=found)


def support(user: Any, *, service: SmartService, take_back: bool = False) -> SmartService:
    """Counts the person once, or takes that back. Errors: sign_in, blocked, gone, own."""
    person = rights.demand_sign_in(user) if take_back else rights.demand_may_write(user)
    with transaction.atomic():
        found = locked(service.pk)
        if found is None or not found.is_visible:
            raise DomainError("gone", _("Dieser Smart Service steht nicht mehr da."), status=409)
        if take_back:
            ServiceSupport.objects.filter(service=found, user=person).delete()
        elif found.author_id == person.pk:
            raise DomainError("own", _("Den eigenen Smart Service können Sie nicht unterstützen."), status=409)
        else:
            ServiceSupport.objects.get_or_create(service=found, user=person)
        found.support_count = found.supports.count()
        found.save(update_fields=["support_count"])
        transaction.on_commit(cache.invalidate)
    return found


def show(service: SmartService) -> None:
    """Everyone sees it from now on: in the gallery and on the project's timeline. Inside the caller's transaction."""
    service.state, service.held_until, service.held_rule, service.hidden_reason = State.VISIBLE, None, "", ""
    first = service.shown_at is None
    service.shown_at = service.shown_at or timezone.now()
    service.save()
    transaction.on_commit(cache.invalidate)
    if first or not stream.reinstate(url=service.canonical_url):
        stream.publish(
            actor=service.author,
            verb=VERB,
            title=service.title,
            url=service.canonical_url,
            project=service.project,
            summary=service.description[:200],
            sample=service.sample,
        )


def empty(service: SmartService) -> None:
    """Takes text, addresses and picture out of it, inside the caller's transaction."""
    drop_picture(service)
    service.title, service.description, service.address, service.repository = "–", "", "", ""
    service.state, service.held_until, service.licence = State.DELETED, None, ""
    service.save()
    service.phenomena.clear()
    service.channels.clear()
    stream.withdraw(url=service.canonical_url)
    transaction.on_commit(cache.invalidate)


def drop_picture(service: SmartService) -> None:
    """The row now, the file when the transaction holds."""
    if service.picture:
        name, storage = str(service.picture.name), service.picture.storage
        transaction.on_commit(lambda: storage.delete(name))
    service.picture, service.picture_alt = "", ""
    service.picture_width = service.picture_height = 0


def locked(pk: int) -> SmartService | None:
    rows = SmartService.objects.select_for_update(of=("self",)).select_related("author", "project", "thread")
    return rows.filter(pk=pk).first()


def _own(user: Any, service: SmartService) -> SmartService:
    found = locked(service.pk)
    if found is None or found.state == State.DELETED or found.author_id != user.pk:
        raise NotAllowed
    return found


def _write(
    service: SmartService,
    *,
    title: str,
    description: str,
    address: str,
    repository: str = "",
    licence: str = "",
    phenomena: Sequence[Phenomenon] = (),
    channels: Sequence[int] = (),
    uses_api: bool = True,
    project: Any = None,
    picture: Any = None,
    picture_alt: str = "",
    remove_picture: bool = False,
) -> None:
    """Checks and saves a wording, held until it was looked at. `picture` has `size` and `open()`, or None."""
    service.title, service.description = one_line(title, 120), normalise(description)[:4000]
    for name in ("title", "description"):
        if not getattr(service, name):
            raise DomainError("empty", _("Das darf nicht leer sein."), field=name)
    service.address = web_address(address, "address")
    service.repository = web_address(repository, "repository") if repository.strip() else ""
    if licence and licence not in ServiceLicence.values:
        raise DomainError("bad_licence", _("Diese Lizenz gibt es hier nicht."), field="licence")
    service.licence, service.uses_api, service.project = licence, uses_api, project
    if picture is not None:
        if not picture_alt.strip():
            message = _("Bitte schreiben Sie in einem Satz, was zu sehen ist. Wer nicht sehen kann, hört diesen Satz.")
            raise DomainError("no_alt", message, field="picture_alt")
        try:
            data, size = redraw(picture)
        except DomainError as error:
            raise DomainError(error.code, error.message, field="picture") from error
        drop_picture(service)
        service.picture.save(f"{service.thread_id}-{timezone.now():%Y%m%d%H%M%S}.jpg", ContentFile(data), save=False)
        service.picture_width, service.picture_height = size
    elif remove_picture:
        drop_picture(service)
    service.picture_alt = one_line(picture_alt, 250) if service.picture else ""
    service.state, service.held_rule = State.HELD, RULE
    service.held_until, service.hidden_reason = rules.decided_by(timezone.now()), ""
    service.save()
    service.phenomena.set(phenomena)
    service.channels.set(Channel.objects.filter(pk__in=channels, station__in=Station.objects.public()))
    transaction.on_commit(cache.invalidate)


def web_address(text: str, field: str) -> str:
    """An https address without name or password in it. Error: bad_address."""
    text = text.strip()
    message = _("Bitte geben Sie eine Adresse an, die mit https:// beginnt.")
    try:
        _https(text)
        parts = urlsplit(text)
    except (ValidationError, ValueError) as error:
        raise DomainError("bad_address", message, field=field) from error
    if "@" in parts.netloc or len(text) > 300:
        raise DomainError("bad_address", message, field=field)
    return text


def _tell(service: SmartService) -> None:
    held = service.state == State.HELD
    matters.written(
        kind=KEY,
        key=service.pk,
        author=service.author,
        state=service.state,
        rule=service.held_rule if held else "",
        held_until=service.held_until if held else None,
        trusted=service.sample,
        sample=service.sample,
    )


def _free_slug(title: str) -> str:
    base = slugify(title.translate(GERMAN))[:60].strip("-") or "service"
    slug, number = base, 1
    while slug == "neu" or SmartService.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
