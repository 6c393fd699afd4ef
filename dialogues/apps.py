from django.apps import AppConfig


class DialoguesConfig(AppConfig):
    name = "dialogues"
    label = "dialogues"
    verbose_name = "Dialoge"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from dialogues.domain.board import ledger
        from dialogues.live.hub import committed
        from dialogues.showcase import DialoguesPanel, find, next_digilog, open_dialogue
        from dialogues.targets import EventTarget
        from portal.accounts import roles
        from portal.accounts.enums import Role
        from portal.activity import verbs
        from portal.cms import now, search_sources
        from portal.comments import targets
        from projects import panels

        ledger.listen(committed)
        targets.register("dialogue_event", EventTarget())
        verbs.register("event.announced", _("Einladung zum Dialog"), "calendar", "participation")
        verbs.register("event.cancelled", _("Dialog abgesagt"), "calendar", "warning")
        verbs.register("harvest.published", _("Ergebnisse eines Dialogs"), "people", "participation")

        now.register("digilog", next_digilog)
        now.register("online-dialogue", open_dialogue)
        search_sources.register("dialogues", search_sources.Source(label=_("Dialoge"), find=find, order=30))
        panels.register(DialoguesPanel())

        events = ("dialogues.add_event", "dialogues.change_event", "dialogues.view_event")
        roles.register(Role.MODERATOR, *events, "dialogues.moderate_board")
        roles.register(Role.COMMUNICATIONS, *events)
        roles.register(Role.ADMIN, *events, "dialogues.delete_event", "dialogues.moderate_board")
        desk = ("dialogues.run_dialogue", "dialogues.record_contribution", "dialogues.release_event")
        roles.register(Role.MODERATOR, *desk)
        roles.register(Role.COMMUNICATIONS, *desk, "dialogues.answer_contribution")
        roles.register(Role.PROJECT_LEAD, "dialogues.answer_contribution", "dialogues.record_contribution")
