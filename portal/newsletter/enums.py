from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class IssueState(TextChoices):
    DRAFT = "draft", _("Entwurf")
    SENDING = "sending", _("wird verschickt")
    SENT = "sent", _("verschickt")
