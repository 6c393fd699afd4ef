from django.apps import AppConfig


class DialoguesConfig(AppConfig):
    name = "dialogues"
    label = "dialogues"
    verbose_name = "Dialoge"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from dialogues import own_data as event_data
        from dialogues.domain import feedback, guests, moderated_cards, programme
        from dialogues.domain.board import ledger, rounds
        from dialogues.domain.moderated_feedback import FeedbackKind
        from dialogues.domain.online import following, overdue, own_data
        from dialogues.domain.online.moderated import ContributionKind
        from dialogues.domain.registration import own_data as registration_data
        from dialogues.domain.registration import upkeep
        from dialogues.live.hub import committed
        from dialogues.models import Answer
        from dialogues.models.answers import state_of
        from dialogues.showcase import DialoguesPanel, find, next_digilog, open_dialogue
        from dialogues.showcase_online import ContributionsPanel, find_contributions
        from dialogues.targets import ContributionTarget, EventTarget
        from dialogues.todo import late, places, waiting
        from portal import schedule
        from portal.accounts import roles
        from portal.accounts import todo as account
        from portal.accounts.domain import privacy
        from portal.accounts.enums import Role
        from portal.activity import targets as follow_targets
        from portal.activity import verbs
        from portal.audit import subjects
        from portal.cms import now, search_sources
        from portal.comments import desk, kinds, targets
        from projects import panels

        ledger.listen(committed)
        rounds.on_close(moderated_cards.enter)
        event_data.register()
        registration_data.register()
        schedule.register("dialogues.registration", 60, upkeep.run)
        targets.register("dialogue_event", EventTarget())
        targets.register("contribution", ContributionTarget())
        kinds.register("contribution", ContributionKind())
        kinds.register(moderated_cards.KEY, moderated_cards.CardKind())
        kinds.register(feedback.KEY, FeedbackKind())
        desk.register("dialogues.overdue", late)
        follow_targets.register("dialogue", _("Dialog"), following.dialogues)
        follow_targets.register("contribution", _("Beitrag"), following.contributions)
        follow_targets.register("reihe", _("Reihe"), following.series)
        verbs.register("event.announced", _("Einladung zum Dialog"), "calendar", "participation")
        verbs.register("event.cancelled", _("Dialog abgesagt"), "calendar", "warning")
        verbs.register("event.moved", _("Dialog verschoben"), "calendar", "warning")
        verbs.register("harvest.published", _("Ergebnisse eines Dialogs"), "people", "participation")

        verbs.register("dialogue.opened", _("Online-Dialog"), "comments", "participation")
        verbs.register("contribution.created", _("Beitrag"), "idea", "participation")
        verbs.register("contribution.answered", _("Antwort der Stadt"), "answer", "participation")
        verbs.register("contribution.merged", _("Beiträge zusammengefasst"), "link", "info")
        verbs.register("proposal.decided", _("Vorschlag für den Kalender"), "calendar", "info")

        now.register("digilog", next_digilog)
        now.register("online-dialogue", open_dialogue)
        search_sources.register("dialogues", search_sources.Source(label=_("Dialoge"), find=find, order=30))
        search = search_sources.Source(label=_("Beiträge"), find=find_contributions, order=35)
        search_sources.register("contributions", search)
        panels.register(DialoguesPanel())
        panels.register(ContributionsPanel())

        account.register("dialogues.answers", waiting)
        account.register_doors("dialogues", places)
        schedule.register("dialogues.overdue", 300, overdue.tell)
        subjects.register("dialogues.Answer", Answer.objects.all, state_of)
        privacy.register_export("contributions", own_data.export, _("Beiträge in Online-Dialogen"))
        privacy.register_erasure("contributions", own_data.erase, event_data.preview_contributions)
        contacts = _("Anschriften für gedruckte Antworten")
        privacy.register_retention("dialogues.contacts", contacts, days=180, run=own_data.forget_contacts)
        taken = _("Wer an Umfragen teilnahm, nach dem Ende des Dialogs")
        names = _("Namen von Mitwirkenden im Programm, nach dem Ende des Dialogs; die Funktion bleibt")
        privacy.register_retention("dialogues.speakers", names, days=730, run=programme.forget_names)
        names = _("Namen von Gästen an den Tischen eines Abends")
        privacy.register_retention("dialogues.guests", names, days=180, run=guests.forget)
        privacy.register_retention("dialogues.polls", taken, days=180, run=own_data.forget_participations)

        events = ("dialogues.add_event", "dialogues.change_event", "dialogues.view_event")
        roles.register(Role.MODERATOR, *events, "dialogues.moderate_board", "dialogues.run_door")
        roles.register(Role.COMMUNICATIONS, *events)
        roles.register(Role.ADMIN, *events, "dialogues.delete_event", "dialogues.moderate_board")
        desk = ("dialogues.run_dialogue", "dialogues.record_contribution", "dialogues.release_event")
        roles.register(Role.MODERATOR, *desk)
        roles.register(Role.COMMUNICATIONS, *desk, "dialogues.answer_contribution")
        roles.register(Role.PROJECT_LEAD, "dialogues.answer_contribution", "dialogues.record_contribution")
