"""Fixed vocabularies of the Ethikrat's office. The Council recommends; it never approves or rejects."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a review case stands (docs/reference/ethics.md holds the table of transitions)."""

    DRAFT = "entwurf", _("Entwurf")
    SUBMITTED = "eingereicht", _("Eingereicht")
    TRIAGE = "vorpruefung", _("Vorprüfung")
    QUERY = "rueckfrage", _("Rückfrage")
    SHORT_CLOSED = "kurz_abgeschlossen", _("Im kurzen Verfahren abgeschlossen")
    REVIEW = "begutachtung", _("Begutachtung")
    READY = "beratungsreif", _("Beratungsreif")
    SCHEDULED = "tagesordnung", _("Auf der Tagesordnung")
    POSTPONED = "vertagt", _("Vertagt")
    VOTING = "abstimmung", _("Abstimmung")
    DECIDED = "beschlossen", _("Beschlossen")
    DISSENT = "sondervotum_frist", _("Frist für Sondervoten")
    PREPARING = "veroeffentlichung", _("Vorbereitung der Veröffentlichung")
    PUBLISHED = "veroeffentlicht", _("Veröffentlicht")
    AWAITING_ANSWER = "antwort_ausstehend", _("Antwort ausstehend")
    ANSWERED = "beantwortet", _("Beantwortet")
    FOLLOW_UP = "nachverfolgung", _("Nachverfolgung")
    CLOSED = "abgeschlossen", _("Abgeschlossen")
    RESUBMITTED = "wiedervorlage", _("Wiedervorlage")
    WITHDRAWN = "zurueckgezogen", _("Zurückgezogen")
    REPLACED = "ersetzt", _("Ersetzt")


PUBLIC_STATES = (
    State.PUBLISHED,
    State.AWAITING_ANSWER,
    State.ANSWERED,
    State.FOLLOW_UP,
    State.CLOSED,
)
"""From publication to the end of follow-up; what is published stays public afterwards too."""

OPEN_STATES = (
    State.DRAFT,
    State.SUBMITTED,
    State.TRIAGE,
    State.QUERY,
    State.REVIEW,
    State.READY,
    State.SCHEDULED,
    State.POSTPONED,
    State.VOTING,
    State.RESUBMITTED,
)
"""Before the Council has decided: these may be withdrawn or replaced."""


class CaseRole(TextChoices):
    """In which capacity a person acts on one case."""

    LEAD = "lead", _("Projektleitung")
    OFFICE = "office", _("Geschäftsstelle")
    CHAIR = "chair", _("Vorsitz")
    MEMBER = "member", _("Mitglied")
    DPO = "dpo", _("Datenschutzbeauftragte Person")
    COMMUNICATIONS = "communications", _("Kommunikation")
    SYSTEM = "system", _("Portal, nach Frist oder Termin")


class Track(TextChoices):
    FULL = "voll", _("Volles Verfahren")
    SHORT = "kurz", _("Kurzes Verfahren")


class Form(TextChoices):
    """The five forms in which the Council speaks."""

    RECOMMENDATION = "empfehlung", _("Empfehlung")
    WITH_CONDITIONS = "empfehlung_mit_auflagen", _("Empfehlung mit Auflagen")
    CLARIFY = "klaerungsbedarf", _("Klärungsbedarf")
    CONCERNS = "bedenken", _("Bedenken")
    NO_POSITION = "keine_gemeinsame_position", _("Keine gemeinsame Position")


class Ground(TextChoices):
    """Grounds of conflict, VwVfG §§ 20 and 21."""

    OWN = "eigener_vorteil", _("eigener Vorteil oder Nachteil (§ 20 Abs. 1 VwVfG)")
    RELATIVE = "angehoerige", _("Vorteil oder Nachteil Angehöriger (§ 20 Abs. 1 und 5 VwVfG)")
    REPRESENTED = "vertretung", _("Vertretung einer beteiligten Person (§ 20 Abs. 1 VwVfG)")
    EMPLOYMENT = "beschaeftigung", _("bezahlte Tätigkeit bei Beteiligten (§ 20 Abs. 1 Nr. 5 VwVfG)")
    ORGAN = "organ", _("Mitglied in Vorstand, Aufsichtsrat oder ähnlichem Organ (§ 20 Abs. 1 Nr. 5 VwVfG)")
    PRIOR_OPINION = "gutachten", _("früheres Gutachten in der Sache (§ 20 Abs. 1 Nr. 6 VwVfG)")
    BIAS = "besorgnis", _("Besorgnis der Befangenheit (§ 21 VwVfG)")


class SeatFunction(TextChoices):
    CHAIR = "vorsitz", _("Vorsitz")
    DEPUTY = "stellvertretung", _("Stellvertretung")
    MEMBER = "mitglied", _("Mitglied")


class Presence(TextChoices):
    PRESENT = "anwesend", _("anwesend")
    REMOTE = "zugeschaltet", _("zugeschaltet")
    EXCUSED = "entschuldigt", _("entschuldigt")
    ABSENT = "abwesend", _("abwesend")


class Procedure(TextChoices):
    """How a vote is taken; in writing unless one member objects (VwVfG § 90 Abs. 1)."""

    MEETING = "sitzung", _("in der Sitzung")
    WRITTEN = "umlauf", _("im Umlaufverfahren")


class Section(TextChoices):
    """Parts of a case that the Council discusses, one thread each."""

    WHOLE = "insgesamt", _("Der Fall insgesamt")
    PROJECT = "vorhaben", _("Vorhaben und Nutzen")
    DATA = "daten", _("Daten und Schwellwertprüfung")
    TECHNOLOGY = "technik", _("Technik und Partner")
    CRITERIA = "kriterien", _("Ethische Kriterien")
    MOTION = "vorlage", _("Vorlage für den Beschluss")


class Trigger(TextChoices):
    """What brings a closed case back."""

    PURPOSE = "zweck", _("neuer Zweck")
    DATA = "daten", _("neue Daten")
    VENDOR = "dienstleister", _("neuer Dienstleister")
    INCIDENT = "vorfall", _("Vorfall")
    DATE = "termin", _("Termin")
    LAW = "recht", _("neues Recht")


class Choice(TextChoices):
    YES = "ja", _("Ja")
    NO = "nein", _("Nein")
    ABSTAIN = "enthaltung", _("Enthaltung")


class ConditionState(TextChoices):
    OPEN = "offen", _("offen")
    DONE = "erfuellt", _("erfüllt")
    VOID = "entfallen", _("entfallen")


class Response(TextChoices):
    """How the project answers a condition: comply or explain."""

    ACCEPTED = "angenommen", _("angenommen")
    PARTLY = "teilweise", _("teilweise angenommen")
    REFUSED = "abgelehnt", _("nicht angenommen")


class ChecklistKind(TextChoices):
    SCREENING = "screening", _("Schwellwertprüfung")
    CRITERIA = "criteria", _("Ethische Kriterien")
    DPIA = "dpia", _("Datenschutz-Folgenabschätzung")


class DpiaState(TextChoices):
    """Where a DPIA stands."""

    THRESHOLD = "schwellwert", _("Schwellwertprüfung")
    EDITING = "bearbeitung", _("In Bearbeitung")
    WITH_DPO = "dsb_stellungnahme", _("Bei der datenschutzbeauftragten Person")
    DECIDING = "risikoentscheidung", _("Entscheidung steht an")
    CONSULTING = "konsultation_art36", _("Konsultation der Aufsicht (Art. 36)")
    RELEASED = "freigegeben", _("Freigegeben")
    WITH_OBLIGATIONS = "freigegeben_mit_auflagen", _("Freigegeben mit Auflagen")
    REFUSED = "abgelehnt", _("Nicht freigegeben")
    DUE = "ueberpruefung_faellig", _("Überprüfung fällig")


class DpiaOutcome(TextChoices):
    """What the controller decides; the Council has no part in it."""

    RELEASED = "freigegeben", _("Freigeben")
    WITH_OBLIGATIONS = "freigegeben_mit_auflagen", _("Freigeben mit Auflagen")
    REFUSED = "abgelehnt", _("Nicht freigeben")


class DpoVerdict(TextChoices):
    AGREED = "keine", _("keine Einwände")
    HINTS = "hinweise", _("Hinweise")
    OBJECTED = "einwaende", _("Einwände")


ACTION_LABELS = {
    "begun": _("Antrag begonnen"),
    "submit": _("Eingereicht"),
    "accept": _("Zur Vorprüfung angenommen"),
    "ask_back": _("Rückfrage gestellt"),
    "answer_query": _("Rückfrage beantwortet"),
    "revised": _("Neue Fassung eingereicht"),
    "screening_overridden": _("Ergebnis der Schwellwertprüfung abweichend festgelegt"),
    "track_chosen": _("Verfahren festgelegt"),
    "objected": _("Volles Verfahren verlangt"),
    "close_short": _("Im kurzen Verfahren abgeschlossen"),
    "rapporteur_named": _("Berichterstattung benannt"),
    "deadlines_set": _("Fristen gesetzt"),
    "deadline_ended": _("Frist beendet"),
    "declared": _("Erklärung zur Befangenheit"),
    "start_review": _("Begutachtung begonnen"),
    "opinion_given": _("Stellungnahme abgegeben"),
    "unveil": _("Stellungnahmen offengelegt"),
    "draft_written": _("Vorlage geschrieben"),
    "schedule": _("Auf die Tagesordnung gesetzt"),
    "postpone": _("Vertagt"),
    "open_vote": _("Abstimmung eröffnet"),
    "open_written": _("Umlaufverfahren eröffnet"),
    "object_written": _("Umlaufverfahren widersprochen"),
    "written_failed": _("Umlaufverfahren nicht beschlussfähig"),
    "question_asked": _("Frage an das Projekt"),
    "question_answered": _("Frage beantwortet"),
    "remark_made": _("Beitrag zur Beratung"),
    "attached": _("Anlage hinzugefügt"),
    "advised": _("Anmerkung der Kommunikation"),
    "review_date_set": _("Termin zur Wiedervorlage gesetzt"),
    "successor_begun": _("Folgefall begonnen"),
    "course_noted": _("Verlauf der Beratung festgehalten"),
    "ballot_recorded": _("Stimme festgehalten"),
    "motion_failed": _("Antrag ohne Mehrheit"),
    "close_vote": _("Beschlossen"),
    "state_no_position": _("Keine gemeinsame Position festgestellt"),
    "outside_opinion": _("Stellungnahme von außen aufgenommen"),
    "rely_on_outside": _("Stellungnahme von außen zugrunde gelegt"),
    "open_dissent": _("Frist für Sondervoten eröffnet"),
    "dissent_filed": _("Sondervotum abgegeben"),
    "dissent_waived": _("Auf Sondervotum verzichtet"),
    "prepare": _("Veröffentlichung vorbereitet"),
    "summary_written": _("Zusammenfassung geschrieben"),
    "data_protection_seen": _("Vom Datenschutz gesehen"),
    "publish": _("Veröffentlicht"),
    "request_answer": _("Antwort angefordert"),
    "answer": _("Auf Auflagen geantwortet"),
    "follow_up": _("Nachverfolgung begonnen"),
    "condition_settled": _("Auflage erledigt"),
    "close": _("Abgeschlossen"),
    "reopen": _("Wieder vorgelegt"),
    "withdraw": _("Zurückgezogen"),
    "replace": _("Durch anderen Fall ersetzt"),
}
"""What happened to a case, in words, by the `action` of its event."""

INTERNAL_ACTIONS = frozenset(
    {
        "objected",
        "declared",
        "opinion_given",
        "draft_written",
        "ballot_recorded",
        "motion_failed",
        "dissent_filed",
        "dissent_waived",
        "remark_made",
        "object_written",
        "written_failed",
        "course_noted",
        "postpone",
        "deadline_ended",
        "outside_opinion",
        "advised",
    }
)
"""Acts of the Council whose notes the project and the data-protection officer do not read."""
