"""What the editorial part keeps about the people who work in it: pages they own, versions, logs, uploads, notes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import (
    AbstractPage,
    APIToken,
    Comment,
    CommentReply,
    ModelLogEntry,
    PageLogEntry,
    PageSubscription,
    Revision,
    TaskState,
    UploadedFile,
    WorkflowState,
)
from wagtail.users.models import UserProfile

from portal.accounts.domain import personal, privacy
from portal.accounts.domain.personal import Column
from portal.accounts.models import User
from portal.cms.models import BarrierNote, SiteWarning

# (model, column that points to the person): rows that stay without her, and rows that go with her.
NAMELESS: tuple[tuple[type[Model], str], ...] = (
    (Revision, "user"),
    (PageLogEntry, "user"),
    (ModelLogEntry, "user"),
    (WorkflowState, "requested_by"),
    (TaskState, "finished_by"),
    (Image, "uploaded_by_user"),
    (Document, "uploaded_by_user"),
    (SiteWarning, "created_by"),
    (Comment, "resolved_by"),
)
DELETED: tuple[tuple[type[Model], str], ...] = (
    (CommentReply, "user"),
    (Comment, "user"),
    (APIToken, "user"),
    (EditingSession, "user"),
    (FormState, "user"),
    (PageSubscription, "user"),
    (UploadedFile, "uploaded_by_user"),
    (UserProfile, "user"),
)
PUBLISHED = Column("editorial", stays=True, reason="pictures and papers of the city; their uploader's name goes")


def page_models() -> list[type[Any]]:
    """The tables that carry owner and lock of pages (our base of all pages, and Wagtail's where it is in use)."""
    pages = [model for model in apps.get_models() if issubclass(model, AbstractPage)]
    return [model for model in pages if any(field.name == "owner" for field in model._meta.local_fields)]


def columns() -> dict[str, Column]:
    found = {f"{model._meta.label}.{name}": Column("editorial") for model, name in (*NAMELESS, *DELETED)}
    for model in page_models():
        found |= {f"{model._meta.label}.{name}": Column("editorial") for name in ("owner", "locked_by")}
    found |= {
        "cms.BarrierNote.email": Column("barrier_notes"),
        "wagtailimages.Image.file": PUBLISHED,
        "wagtailimages.Rendition.file": PUBLISHED,
        "wagtaildocs.Document.file": PUBLISHED,
        "wagtailcore.UploadedFile.file": Column("editorial"),
        "wagtailusers.UserProfile.avatar": Column("editorial"),
    }
    return found


def register() -> None:
    personal.register(columns())
    privacy.register_export("editorial", rows, _("Arbeit in der Redaktion"))
    privacy.register_export("barrier_notes", barrier_rows, _("Gemeldete Barrieren"))
    privacy.register_media("redaktion", files)
    privacy.register_erasure("editorial", erase, preview)
    privacy.register_retention("cms.barrier_notes", _("Erledigte Meldungen von Barrieren"), days=365, run=delete_notes)


def _title(row: Any) -> str:
    """Wagtail's rows name the object they are about, which may be gone."""
    try:
        return str(row)[:200]
    except AttributeError:
        return ""


def rows(user: User) -> Iterator[dict[str, Any]]:
    for model, name in (*NAMELESS, *DELETED):
        for row in model._base_manager.filter(**{name: user}):
            yield {"kind": str(model._meta.verbose_name), "id": str(row.pk), "title": _title(row), **_texts(row)}
    for model in page_models():
        for page in model._base_manager.filter(Q(owner=user) | Q(locked_by=user)):
            yield {"kind": str(model._meta.verbose_name), "id": str(page.pk), "title": page.title}


def barrier_rows(user: User) -> Iterator[dict[str, Any]]:
    for note in BarrierNote.objects.filter(email__iexact=user.email):
        yield {"page": note.page, "text": note.text, "email": note.email, "created": note.created_at.isoformat()}


def files(user: User) -> Iterator[tuple[str, Any]]:
    for row in chain(Image.objects.filter(uploaded_by_user=user), Document.objects.filter(uploaded_by_user=user)):
        yield f"{row.pk}-{row.file.name.rsplit('/', 1)[-1]}", row.file
    for profile in UserProfile.objects.filter(user=user).exclude(avatar=""):
        yield profile.avatar.name.rsplit("/", 1)[-1], profile.avatar


def preview(user: User) -> Iterator[privacy.Fate]:
    nameless = sum(model._base_manager.filter(**{name: user}).count() for model, name in NAMELESS)
    owned = sum(model._base_manager.filter(owner=user).count() for model in page_models())
    stays = _("bleiben ohne Ihren Namen")
    yield privacy.Fate(_("Fassungen, Bilder und Protokolle der Redaktion"), nameless, stays)
    yield privacy.Fate(_("Seiten, die Sie angelegt haben"), owned, stays)
    notes = Comment.objects.filter(user=user).count() + CommentReply.objects.filter(user=user).count()
    yield privacy.Fate(_("Anmerkungen im Redaktionssystem"), notes)
    barriers = BarrierNote.objects.filter(email__iexact=user.email).count()
    yield privacy.Fate(_("Adresse in gemeldeten Barrieren"), barriers)


def erase(user: User) -> int:
    """Editorial work stays without the person; her notes, tokens, drafts of forms and picture go."""
    touched = 0
    for profile in UserProfile.objects.filter(user=user).exclude(avatar=""):
        profile.avatar.delete(save=False)
    for upload in UploadedFile.objects.filter(uploaded_by_user=user):
        upload.file.delete(save=False)
    for model, name in DELETED:
        touched += model._base_manager.filter(**{name: user}).delete()[0]
    for model, name in NAMELESS:
        touched += model._base_manager.filter(**{name: user}).update(**{name: None})
    for model in page_models():
        for name in ("owner", "locked_by"):
            touched += model._base_manager.filter(**{name: user}).update(**{name: None})
    about = ContentType.objects.get_for_model(User)
    touched += ModelLogEntry.objects.filter(content_type=about, object_id=str(user.pk)).delete()[0]
    return touched + BarrierNote.objects.filter(email__iexact=user.email).update(email="")


def delete_notes(before: datetime, dry_run: bool) -> int:
    old: QuerySet[BarrierNote] = BarrierNote.objects.filter(handled_at__lt=before)
    return old.count() if dry_run else old.delete()[0]


def _texts(row: Any) -> dict[str, str]:
    """The words of a note beside a page; everything else is named by its title."""
    return {"text": row.text} if isinstance(row, Comment | CommentReply) else {}
