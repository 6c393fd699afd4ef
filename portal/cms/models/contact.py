"""How to reach the city without the internet: telephone and address, named by every form."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="mail", order=160)
class ContactSettings(BaseGenericSetting):
    """In templates: `settings.cms.ContactSettings`; edited in `/verwaltung/` under settings."""

    phone = models.CharField(_("Telefon"), max_length=60, blank=True)
    phone_hours = models.CharField(
        _("Wann jemand abhebt"),
        max_length=150,
        blank=True,
        help_text=_("Zum Beispiel: montags bis freitags, 8 bis 16 Uhr"),
    )
    address = models.TextField(_("Anschrift"), max_length=400, blank=True)

    panels = [FieldPanel("phone"), FieldPanel("phone_hours"), FieldPanel("address")]

    class Meta:
        verbose_name = _("Telefon und Anschrift")
        verbose_name_plural = _("Telefon und Anschrift")

    def __str__(self) -> str:
        return str(_("Telefon und Anschrift"))
