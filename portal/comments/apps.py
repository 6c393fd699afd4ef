from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "portal.comments"
    label = "comments"
    verbose_name = "Kommentare"

    def ready(self) -> None:
        from portal.activity import verbs

        verbs.register("comment.created", _("Kommentar"), "comment", "participation")
        verbs.register("comment.answered", _("Antwort der Stadt"), "answer", "participation")
