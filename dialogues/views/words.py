"""Sentences that the scripts of phone, console and projector show; given to the page as JSON, translated."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dialogues.enums import CardKind, HideReason, Phase


def timer_words() -> dict[str, str]:
    return {
        "waiting": _("Gleich geht es los"),
        "over": _("Die Zeit ist um"),
        "ended": _("Runde beendet"),
        "closed": _("World Café beendet"),
        "vote": _("Punkte vergeben"),
        "harvest": _("Ernte im Plenum"),
        "paused": _("%s angehalten"),
    }


def refusals() -> dict[str, str]:
    """What a guest may hear by code, on pages in another language; on German ones the server's sentence is shown."""
    if (get_language() or "de").startswith("de"):
        return {}
    return {
        "round_closed": _(
            "Die Runde ist gerade geschlossen. Ihr Text ist noch da; senden Sie ihn in der nächsten Runde."
        ),
        "board_closed": _("Dieses World Café ist beendet. Vielen Dank, dass Sie dabei waren."),
        "budget_spent": _("Sie haben alle Ihre Punkte schon vergeben. Nehmen Sie einen zurück, um ihn neu zu setzen."),
        "already_supported": _("Diese Frage unterstützen Sie schon."),
        "no_vote": _("Hier liegt kein Punkt von Ihnen."),
        "unknown_card": _("Diese Karte gibt es nicht mehr."),
        "unknown_target": _("Diese Karte gibt es nicht mehr."),
        "unknown_cluster": _("Diese Gruppe gibt es nicht mehr."),
        "card_hidden": _("Diese Karte ist ausgeblendet und kann nicht geändert werden."),
        "host_taken": _("An diesem Tisch gibt es schon eine Gastgeberin oder einen Gastgeber."),
        "no_reply": _("Auf eine Antwort kann man nicht noch einmal antworten."),
        "empty": _("Bitte schreiben Sie etwas, bevor Sie absenden."),
        "4401": _("Ihr Zugang ist ungültig. Bitte treten Sie dem Tisch neu bei."),
        "4403": _("Die Moderation hat Ihren Zugang zu diesem Tisch beendet."),
    }


def phone_words() -> dict[str, object]:
    return timer_words() | {
        "refused": refusals(),
        "kinds": {value: str(label) for value, label in CardKind.choices},
        "offline": _("Gerade keine Verbindung. Ihr Gerät versucht es von selbst weiter."),
        "empty": _("Bitte schreiben Sie etwas, bevor Sie absenden."),
        "waiting_to_send": _("Ihre Karte wartet auf das Netz."),
        "sent": _("Ihre Karte ist gesendet."),
        "connection_connecting": _("Verbindung wird aufgebaut …"),
        "connection_open": _("Verbunden"),
        "connection_closed": _("Keine Verbindung. Ihre Karten bleiben auf diesem Gerät, bis sie gesendet sind."),
        "walk": _("Sie gehen jetzt zu Tisch %s"),
        "next_table": _("In der nächsten Runde: Tisch %s"),
        "replies": _("Antworten: %s"),
        "group": _("Gruppe: %s"),
        "group_cards": _("Karten: %s"),
        "people": _("Am Tisch: %s"),
        "expert": _("Fachperson"),
        "is_host": _("Sie sind hier Gastgeberin oder Gastgeber."),
        "has_host": _("An Ihrem Tisch: %s"),
        "no_host": _("Noch hat dieser Tisch keine Gastgeberin und keinen Gastgeber."),
        "help_called": _("Die Moderation weiß Bescheid und kommt zu Ihnen."),
        "done": _("Erledigt."),
        "choose_cards": _("Wählen Sie zuerst Karten aus."),
        "answering": _("wird gerade beantwortet"),
        "answered": _("beantwortet"),
        "paper": _("von Papier"),
        "handover": _("Runde %s"),
        "left_table": _("Sie haben den Tisch verlassen. Auf Wiedersehen!"),
        "chosen": _("Ihre Wahl"),
        "round_started": _("Eine neue Runde hat begonnen."),
        "round_ended": _("Die Runde ist beendet."),
        "new_cards": _("Neue Karten am Tisch: %s"),
        "left": _("Noch %s Zeichen"),
        "proposal_waits": _("Nicht angekommen: gerade keine Verbindung. Ihr Text steht noch da."),
        "feedback_now": _("Der Abend geht zu Ende. Oben auf der Seite stehen drei Fragen an Sie."),
        "feedback_waits": _("Nicht angekommen: gerade keine Verbindung. Ihre Antworten stehen noch da."),
        "dots": _("Punkte übrig: %s"),
        "total": _("Punkte: %s"),
        "my_dots": _("davon von Ihnen: %s"),
        "hidden": _("Von der Moderation ausgeblendet: %s"),
        "state_waiting": _("wartet"),
        "state_visible": _("gesendet"),
        "state_pending": _("gesendet, wartet auf Freigabe"),
        "state_hidden": _("von der Moderation ausgeblendet"),
    }


def console_words() -> dict[str, object]:
    return timer_words() | {
        "kinds": {value: str(label) for value, label in CardKind.choices},
        "reasons": {value: str(label) for value, label in HideReason.choices},
        "connection_connecting": _("Verbindung wird aufgebaut …"),
        "connection_open": _("Live verbunden"),
        "connection_closed": _("Keine Verbindung. Es wird von selbst weiter versucht."),
        "state_visible": _("sichtbar"),
        "state_pending": _("wartet auf Freigabe"),
        "state_hidden": _("ausgeblendet"),
        "table": _("Tisch %s"),
        "round": _("Runde %s"),
        "phases": {value: str(label) for value, label in Phase.choices},
        "total": _("Punkte: %s"),
        "done": _("Erledigt."),
        "quiet": _("seit %s Minuten still"),
        "active": _("im Gespräch"),
        "empty_table": _("noch niemand da"),
        "guests": _("Gäste: %s, verbunden: %s"),
        "cards": _("Karten: %s"),
        "more": _("und %s weitere"),
        "needs_help": _("ruft die Moderation"),
        "proposed": _("Tisch %s schlägt ein Ergebnis vor."),
        "group_cards": _("Karten: %s"),
        "group": _("Gruppe: %s"),
        "choose_cards": _("Wählen Sie zuerst Karten aus."),
        "answering": _("wird gerade beantwortet"),
        "answered": _("beantwortet"),
        "paper": _("von Papier"),
        "expert": _("Fachperson"),
        "host": _("Gastgeber/in"),
        "walk": _("Bitte wechseln Sie jetzt den Tisch. Ihr Telefon sagt Ihnen, wohin."),
        "paused_label": _("Pause"),
        "replay_at": _("Ereignis %1 von %2"),
    }
