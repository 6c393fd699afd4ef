"""What the first publication of an article brings about."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from portal import audit
from portal.activity.domain.stream import publish
from portal.cms.models import NewsPage
from portal.comments.models import Thread


def announce_news(*, user: Any, page: NewsPage) -> bool:
    """Opens the thread and publishes `news.published`, once per article and not again for its translations.

    Called where Wagtail has published the page, by hand or by schedule (`user` is then who scheduled it), so the
    permission to publish was checked there. Returns whether this call announced it.
    """
    if not page.live:
        return False
    with transaction.atomic():
        translated = page.get_translations().exclude(announced_at=None).first()
        thread = translated.thread if translated else Thread.objects.create(target="news")
        now = timezone.now()
        fresh = NewsPage.objects.filter(pk=page.pk, announced_at=None).update(
            announced_at=now, **({} if translated else {"thread": thread})
        )
        if not fresh:
            if not translated:
                thread.delete()
            return False
        page.announced_at = now
        if translated:
            return False
        page.thread = thread
        audit.record(actor=user, action="news.published", obj=page, stream="cms", payload={"title": page.title})
        publish(
            actor=user,
            verb="news.published",
            title=page.title,
            url=page.url,
            project=page.project,
            summary=page.summary[:500],
            sample=page.sample,
        )
    return True
