"""What follows from Wagtail's own signals: stale cache, announced news, rights of the projects' branch."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from portal import cache
from portal.cms.domain.news import announce_news
from portal.cms.domain.rights import grant
from portal.cms.models import BasePage, NewsPage, SiteWarning


def stale(**_kwargs: Any) -> None:
    transaction.on_commit(cache.invalidate)


def announce(sender: type[Page], instance: Any, revision: Any = None, **_kwargs: Any) -> None:
    if isinstance(instance, NewsPage) and instance.live:  # the signal is also sent when a page is only scheduled
        announce_news(user=revision.user if revision is not None else None, page=instance)


def open_branch(sender: type[Page], instance: Any, **_kwargs: Any) -> None:
    if instance.depth == 3 and instance.slug == "projekte":
        grant()


def deleted(sender: Any, instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, BasePage):
        stale()


def connect() -> None:
    page_published.connect(announce, dispatch_uid="cms-announce")
    page_published.connect(open_branch, dispatch_uid="cms-open-branch")
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(stale, dispatch_uid="cms-stale")
    post_delete.connect(deleted, dispatch_uid="cms-stale-deleted")
    for model in (Site, PageViewRestriction, SiteWarning, get_image_model(), get_document_model()):
        for model_signal in (post_save, post_delete):
            model_signal.connect(stale, sender=model, dispatch_uid=f"cms-stale-{model.__name__}")
