from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    PUBLIC = "public", _("öffentlich")
    STAFF = "staff", _("Verwaltung")
