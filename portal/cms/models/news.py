"""News: an index and its articles."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from portal.cms.blocks import BodyBlock
from portal.cms.models.base import BasePage


class NewsIndexPage(BasePage):
    subpage_types = ["cms.NewsPage"]
    per_page = 12

    class Meta:
        verbose_name = _("Übersicht Aktuelles")
        verbose_name_plural = _("Übersichten Aktuelles")

    def news(self) -> models.QuerySet[NewsPage]:
        """Published articles below this page, newest first."""
        return (
            NewsPage.objects.child_of(self).live().public().select_related("project", "image").order_by("-date", "-pk")
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        paginator = Paginator(self.news(), self.per_page)
        return context | {"page_obj": paginator.get_page(request.GET.get("page"))}


class NewsPage(BasePage):
    """One article. Its first publication, by hand or by schedule, is announced once (`portal.cms.domain.news`)."""

    date = models.DateField(_("Datum"), default=timezone.localdate)
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("Bild"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    image_alt = models.CharField(
        _("Bildbeschreibung"),
        max_length=240,
        blank=True,
        help_text=_("Was auf dem Bild zu sehen ist, für Menschen, die es nicht sehen."),
    )
    image_decorative = models.BooleanField(_("Das Bild ist reiner Schmuck"), default=False)
    body = StreamField(BodyBlock(), verbose_name=_("Inhalt"))
    project = models.ForeignKey(
        "projects.Project",
        verbose_name=_("Gehört zu Projekt"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="news",
        help_text=_("Die Meldung erscheint dann auch auf der Zeitleiste des Projekts."),
    )
    thread = models.OneToOneField(
        "comments.Thread", null=True, editable=False, on_delete=models.PROTECT, related_name="news_page"
    )
    announced_at = models.DateTimeField(null=True, editable=False)

    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["thread", "announced_at"]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("date"),
        MultiFieldPanel(
            [FieldPanel("image"), FieldPanel("image_alt"), FieldPanel("image_decorative")], heading=_("Bild")
        ),
        FieldPanel("body"),
        FieldPanel("project"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.AutocompleteField("body"),
        index.FilterField("date"),
    ]

    class Meta:
        verbose_name = _("Meldung")
        verbose_name_plural = _("Meldungen")

    def clean(self) -> None:
        super().clean()
        if self.image_id and not self.image_alt and not self.image_decorative:
            raise ValidationError(
                {"image_alt": _("Beschreiben Sie das Bild, oder kreuzen Sie an, dass es reiner Schmuck ist.")}
            )

    def with_content_json(self, content: dict[str, Any]) -> NewsPage:
        """Thread and announcement belong to the page, not to a revision that was saved before they existed."""
        page = super().with_content_json(content)
        page.thread_id = self.thread_id
        page.announced_at = self.announced_at
        return page
