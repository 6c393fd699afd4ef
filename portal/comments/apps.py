from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "portal.comments"
    label = "comments"
    verbose_name = "Kommentare"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from portal.accounts import roles
        from portal.accounts import todo as account
        from portal.accounts.domain import privacy
        from portal.accounts.enums import Role
        from portal.activity import verbs
        from portal.audit import subjects
        from portal.comments import follow_targets, kinds, states, todo
        from portal.comments.domain import own_columns, own_data, retention
        from portal.comments.domain.comment_kind import CommentKind
        from portal.comments.models import Comment, Objection
        from portal.comments.views import drafts

        follow_targets.register()
        verbs.register("comment.created", _("Kommentar"), "comment", "participation")
        verbs.register("comment.answered", _("Antwort der Stadt"), "answer", "participation")
        verbs.register("comment.decided", _("Entscheidung der Moderation"), "shield", "info")

        roles.register(Role.MODERATOR, "comments.moderate_comment")
        roles.register(Role.PROJECT_LEAD, "comments.answer_officially")
        roles.register(Role.COMMUNICATIONS, "comments.answer_officially", "comments.steer_thread")

        kinds.register("comment", CommentKind())

        account.register("comments.queue", todo.waiting)
        account.register_doors("comments", todo.places)

        subjects.register("comments.Comment", Comment.objects.all, states.of_comment)
        subjects.register("comments.ModerationDecision", _decisions, states.of_decision)
        subjects.register("comments.Objection", Objection.objects.all, states.of_objection)

        privacy.register_export("comments", own_data.export, _("Kommentare und Meldungen"))
        privacy.register_erasure("comments", own_data.erase, own_columns.preview)
        own_columns.register()
        privacy.register_retention(
            "notices.sender", _("Zähler für Meldungen ohne Konto"), days=2, run=retention.forget_senders
        )
        privacy.register_retention(
            "notices.email", _("Mail-Adressen aus entschiedenen Meldungen"), days=180, run=retention.forget_addresses
        )

        user_logged_in.connect(drafts.keep_signed_in, dispatch_uid="comments.drafts")


def _decisions() -> Any:
    from portal.comments.models import ModerationDecision

    return ModerationDecision.objects.select_related("matter")
