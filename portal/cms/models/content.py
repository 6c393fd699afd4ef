"""Pages that explain: free content, and the pages the law asks for."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from portal.cms.blocks import BodyBlock
from portal.cms.models.base import BasePage


class ContentPage(BasePage):
    """Free content with local navigation; `source` names where a statement comes from (document, chapter, page)."""

    body = StreamField(BodyBlock(), verbose_name=_("Inhalt"), blank=True)
    source = models.CharField(
        _("Quelle"),
        max_length=240,
        blank=True,
        help_text=_("Dokument, Kapitel und Seite, auf die sich die Seite stützt."),
    )

    content_panels = [*BasePage.content_panels, FieldPanel("body"), FieldPanel("source")]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.AutocompleteField("body"),
    ]

    class Meta:
        verbose_name = _("Inhaltsseite")
        verbose_name_plural = _("Inhaltsseiten")


class LegalPage(BasePage):
    """Impressum, Datenschutz, Barrierefreiheit: with the date of the statement."""

    body = StreamField(BodyBlock(), verbose_name=_("Inhalt"), blank=True)
    stated_on = models.DateField(_("Stand der Erklärung"), null=True, blank=True)
    feedback_form = models.BooleanField(
        _("Formular „Barriere melden“ anbieten"), default=False, help_text=_("Für die Erklärung zur Barrierefreiheit.")
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        FieldPanel("stated_on"),
        FieldPanel("feedback_form"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.AutocompleteField("body")]

    class Meta:
        verbose_name = _("Rechtliche Seite")
        verbose_name_plural = _("Rechtliche Seiten")
