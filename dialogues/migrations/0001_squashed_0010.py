"""All tables of a new portal in one step; one that has the ten steps before keeps them (`replaces`)."""

import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import dialogues.models.board
import dialogues.models.contributions
import dialogues.models.registration


class Migration(migrations.Migration):
    replaces = [
        ("dialogues", "0001_initial"),
        ("dialogues", "0002_online_dialogues"),
        ("dialogues", "0003_board_formats"),
        ("dialogues", "0004_feedback"),
        ("dialogues", "0005_programme_venue_series"),
        ("dialogues", "0006_programme_points"),
        ("dialogues", "0007_registration"),
        ("dialogues", "0008_programme_is_data"),
        ("dialogues", "0009_internal_workshops"),
        ("dialogues", "0010_host_proposals"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("comments", "0008_ground_words"),
        ("projects", "0004_place_district"),
    ]

    operations = [
        migrations.CreateModel(
            name="Board",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="geändert")),
                (
                    "sample",
                    models.BooleanField(
                        default=False,
                        help_text="Erfunden, um das Portal zu zeigen; keine Aussage der Stadt.",
                        verbose_name="Beispieldaten",
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="Titel")),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("worldcafe", "World Café"),
                            ("speed", "Speed-Dialog"),
                            ("podium", "Fragen an das Podium"),
                            ("poll", "Umfrage mit einer Frage"),
                        ],
                        default="worldcafe",
                        max_length=10,
                        verbose_name="Form",
                    ),
                ),
                ("epoch", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("seq", models.BigIntegerField(default=0, editable=False)),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("lobby", "Ankommen"),
                            ("discuss", "Gespräch"),
                            ("vote", "Punkte vergeben"),
                            ("harvest", "Ernte"),
                            ("closed", "Beendet"),
                        ],
                        default="lobby",
                        max_length=10,
                        verbose_name="Phase",
                    ),
                ),
                (
                    "moderation",
                    models.CharField(
                        choices=[("after", "nach dem Anzeigen"), ("before", "vor dem Anzeigen")],
                        default="after",
                        max_length=10,
                        verbose_name="Moderation",
                    ),
                ),
                ("vote_budget", models.PositiveSmallIntegerField(default=3, verbose_name="Punkte je Person und Runde")),
                (
                    "totals_hidden",
                    models.BooleanField(default=False, verbose_name="Punkte erst nach der Abstimmung zeigen"),
                ),
                (
                    "seat_limit",
                    models.PositiveSmallIntegerField(blank=True, default=8, null=True, verbose_name="Plätze je Tisch"),
                ),
                ("is_practice", models.BooleanField(default=False, verbose_name="Probelauf")),
                ("simulated_guests", models.PositiveSmallIntegerField(default=0, verbose_name="erfundene Gäste")),
                ("observers_allowed", models.BooleanField(default=False, verbose_name="Zuschauen von zu Hause")),
                (
                    "rotation",
                    models.JSONField(blank=True, editable=False, null=True, verbose_name="Plan der Tischwechsel"),
                ),
                ("access_version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name": "Tafel",
                "verbose_name_plural": "Tafeln",
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                ("department", models.CharField(max_length=120, verbose_name="Amt oder Dienststelle")),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "Thema eines Dialogs",
                "verbose_name_plural": "Themen eines Dialogs",
                "ordering": ("position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Cluster",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=120, verbose_name="Titel")),
                ("votes", models.PositiveIntegerField(default=0)),
                ("dissolved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clusters", to="dialogues.board"
                    ),
                ),
            ],
            options={
                "verbose_name": "Gruppe von Karten",
                "verbose_name_plural": "Gruppen von Karten",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="geändert")),
                (
                    "sample",
                    models.BooleanField(
                        default=False,
                        help_text="Erfunden, um das Portal zu zeigen; keine Aussage der Stadt.",
                        verbose_name="Beispieldaten",
                    ),
                ),
                (
                    "receipt",
                    models.CharField(
                        default=dialogues.models.contributions.new_receipt,
                        max_length=12,
                        unique=True,
                        verbose_name="Vorgangsnummer",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("idea", "Idee"), ("question", "Frage"), ("hint", "Hinweis")],
                        default="idea",
                        max_length=10,
                        verbose_name="Art",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="Titel")),
                ("text", models.TextField(max_length=4000, verbose_name="Text")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "Eingegangen über das Portal"),
                            ("phone", "Eingegangen per Telefon"),
                            ("letter", "Eingegangen per Brief"),
                            ("onsite", "Eingegangen vor Ort"),
                            ("digilog", "Aus einem Bürger-DigiLog"),
                        ],
                        default="web",
                        max_length=10,
                        verbose_name="Eingang",
                    ),
                ),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="eingegangen")),
                ("contact", models.TextField(blank=True, max_length=500, verbose_name="Anschrift für die Antwort")),
                ("district", models.CharField(blank=True, max_length=40, verbose_name="Ort")),
                ("lat", models.FloatField(blank=True, null=True, verbose_name="Breite")),
                ("lng", models.FloatField(blank=True, null=True, verbose_name="Länge")),
                ("state", models.CharField(default="visible", max_length=10)),
                ("held_until", models.DateTimeField(blank=True, null=True)),
                ("held_rule", models.CharField(blank=True, max_length=20)),
                ("hidden_reason", models.CharField(blank=True, max_length=20)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("support_count", models.PositiveIntegerField(default=0)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Noch ohne Antwort"),
                            ("in_review", "In Prüfung"),
                            ("accepted", "Angenommen"),
                            ("partly", "Teilweise angenommen"),
                            ("rejected", "Abgelehnt"),
                            ("answered", "Beantwortet"),
                            ("done", "Umgesetzt"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="Antwort",
                    ),
                ),
                ("department", models.CharField(max_length=120, verbose_name="zuständig")),
                ("answer_due", models.DateTimeField(verbose_name="Antwort bis")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("overdue_told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contributions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="dialogues.category",
                        verbose_name="Thema",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="dialogues.contribution",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "thread",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contribution", to="comments.thread"
                    ),
                ),
            ],
            options={
                "verbose_name": "Beitrag",
                "verbose_name_plural": "Beiträge",
                "ordering": ("-received_at", "-pk"),
                "permissions": [("answer_contribution", "Kann Beiträge für die Stadt beantworten")],
                "indexes": [models.Index(fields=["status", "answer_due"], name="contribution_due")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lat__isnull", True), ("lng__isnull", True)),
                            models.Q(("lat__range", (-90, 90)), ("lng__range", (-180, 180))),
                            _connector="OR",
                        ),
                        name="contribution_place_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="contribution_not_in_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContributionImage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("file", models.FileField(upload_to="beitraege/")),
                ("alt", models.CharField(max_length=250, verbose_name="Was ist zu sehen?")),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="images", to="dialogues.contribution"
                    ),
                ),
            ],
            options={
                "verbose_name": "Bild eines Beitrags",
                "verbose_name_plural": "Bilder von Beiträgen",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="ContributionRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120)),
                ("text", models.TextField(max_length=4000)),
                ("replaced_at", models.DateTimeField(auto_now_add=True)),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="dialogues.contribution",
                    ),
                ),
            ],
            options={
                "verbose_name": "frühere Fassung",
                "verbose_name_plural": "frühere Fassungen",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="geändert")),
                (
                    "sample",
                    models.BooleanField(
                        default=False,
                        help_text="Erfunden, um das Portal zu zeigen; keine Aussage der Stadt.",
                        verbose_name="Beispieldaten",
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="Kurzname in der Adresse")),
                (
                    "kind",
                    models.CharField(
                        choices=[("digilog", "Bürger-DigiLog"), ("community", "Veranstaltung im Kalender")],
                        default="digilog",
                        max_length=10,
                        verbose_name="Art",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Entwurf"), ("published", "Veröffentlicht"), ("cancelled", "Abgesagt")],
                        default="draft",
                        max_length=10,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "circle",
                    models.CharField(
                        choices=[("public", "für alle"), ("staff", "nur für Beschäftigte der Stadt")],
                        default="public",
                        help_text="Eine interne Werkstatt sehen nur Beschäftigte, die angemeldet sind.",
                        max_length=10,
                        verbose_name="Für wen?",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="Titel")),
                ("topic", models.TextField(max_length=4000, verbose_name="Worum geht es?")),
                ("question", models.CharField(blank=True, max_length=300, verbose_name="Frage an den Tischen")),
                (
                    "area",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verwaltung", "Digitalisierung der Verwaltung"),
                            ("mobilitaet", "Mobilität"),
                            ("bildung", "Bildung"),
                            ("umwelt", "Umwelt"),
                            ("gesundheit", "Gesundheit"),
                            ("sicherheit", "Zivile Sicherheit"),
                            ("zusammenleben", "Gesellschaftliches Zusammenleben"),
                            ("datenplattformen", "Urbane Datenplattformen"),
                            ("infrastruktur", "Digitale Infrastruktur"),
                        ],
                        help_text="Danach lässt sich der Kalender filtern. Leer bedeutet: wie das Projekt.",
                        max_length=20,
                        verbose_name="Thema",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="Beginn")),
                ("ends_at", models.DateTimeField(verbose_name="Ende")),
                ("venue", models.CharField(blank=True, max_length=300, verbose_name="Ort")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="Anschrift")),
                ("lat", models.FloatField(blank=True, null=True, verbose_name="Breite")),
                ("lng", models.FloatField(blank=True, null=True, verbose_name="Länge")),
                ("district", models.CharField(blank=True, editable=False, max_length=40, verbose_name="Stadtteil")),
                ("directions", models.TextField(blank=True, max_length=2000, verbose_name="So kommen Sie hin")),
                ("access", models.JSONField(blank=True, default=list, verbose_name="Barrierefrei vor Ort")),
                (
                    "accessibility",
                    models.TextField(blank=True, max_length=2000, verbose_name="Barrierefreiheit vor Ort"),
                ),
                ("stream_url", models.URLField(blank=True, max_length=500, verbose_name="Adresse der Übertragung")),
                (
                    "organiser",
                    models.CharField(
                        blank=True, help_text="Leer bedeutet: die Stadt.", max_length=150, verbose_name="Veranstalter"
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "cancel_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="Warum fällt der Dialog aus?"),
                ),
                (
                    "moved_from",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="Früherer Beginn"),
                ),
                (
                    "move_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="Warum ist der Dialog verschoben?"),
                ),
                (
                    "sequence",
                    models.PositiveIntegerField(
                        default=0,
                        editable=False,
                        help_text="Number of the revision that calendars compare (RFC 5545, SEQUENCE).",
                    ),
                ),
                (
                    "results_summary",
                    models.TextField(blank=True, max_length=4000, verbose_name="Zusammenfassung der Ergebnisse"),
                ),
                ("results_published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="dialogue_events",
                        to="projects.project",
                        verbose_name="Projekt",
                    ),
                ),
                (
                    "thread",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dialogue_event", to="comments.thread"
                    ),
                ),
            ],
            options={
                "verbose_name": "Dialog",
                "verbose_name_plural": "Dialoge",
                "ordering": ("-starts_at", "-pk"),
                "permissions": [("moderate_board", "Kann ein World Café leiten")],
                "indexes": [models.Index(fields=["status", "starts_at"], name="dialogues_e_status_2209eb_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="dialogue_event_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "slug__in",
                                (
                                    "kalender",
                                    "neu",
                                    "probe",
                                    "online",
                                    "antworten",
                                    "vorgang",
                                    "vorschlag",
                                    "vorschlaege",
                                    "reihen",
                                    "zahlen",
                                ),
                            ),
                            _negated=True,
                        ),
                        name="dialogue_event_slug_reserved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lat", None), ("lng", None)),
                            models.Q(("lat__range", (-90, 90)), ("lng__range", (-180, 180))),
                            _connector="OR",
                        ),
                        name="dialogue_event_whole_point",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="board",
            name="event",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="boards",
                to="dialogues.event",
            ),
        ),
        migrations.CreateModel(
            name="Admission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="geändert")),
                ("needed", models.BooleanField(default=True, verbose_name="Man muss sich anmelden")),
                ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="Anmeldung ab")),
                ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="Anmeldung bis")),
                ("seats", models.PositiveIntegerField(blank=True, null=True, verbose_name="Plätze")),
                ("waiting_list", models.BooleanField(default=True, verbose_name="Warteliste führen")),
                ("party_max", models.PositiveSmallIntegerField(default=2, verbose_name="Personen je Anmeldung")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="Text für die Bestätigung")),
                ("next_number", models.PositiveIntegerField(default=1, editable=False)),
                ("figures", models.JSONField(default=dict, editable=False)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="admission", to="dialogues.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "Anmeldeverfahren",
                "verbose_name_plural": "Anmeldeverfahren",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("party_max__gte", 1), ("party_max__lte", 5)), name="admission_party_max"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("seats", None), ("seats__gte", 1), _connector="OR"),
                        name="admission_has_seats",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_at", None),
                            ("closes_at", None),
                            ("closes_at__gt", models.F("opens_at")),
                            _connector="OR",
                        ),
                        name="admission_closes_after_opens",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="geändert")),
                (
                    "sample",
                    models.BooleanField(
                        default=False,
                        help_text="Erfunden, um das Portal zu zeigen; keine Aussage der Stadt.",
                        verbose_name="Beispieldaten",
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("organiser", models.CharField(max_length=150, verbose_name="Verein oder Einrichtung")),
                ("title", models.CharField(max_length=200, verbose_name="Titel der Veranstaltung")),
                ("topic", models.TextField(max_length=2000, verbose_name="Worum geht es?")),
                ("starts_at", models.DateTimeField(verbose_name="Beginn")),
                ("ends_at", models.DateTimeField(verbose_name="Ende")),
                ("venue", models.CharField(max_length=300, verbose_name="Ort")),
                (
                    "accessibility",
                    models.TextField(blank=True, max_length=2000, verbose_name="Barrierefreiheit vor Ort"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Wartet auf Freigabe"),
                            ("released", "Freigegeben"),
                            ("declined", "Nicht aufgenommen"),
                        ],
                        default="new",
                        max_length=10,
                        verbose_name="Stand",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=1000, verbose_name="Nachricht an den Verein")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposal",
                        to="dialogues.event",
                    ),
                ),
                (
                    "proposer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="event_proposals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "Vorschlag für den Kalender",
                "verbose_name_plural": "Vorschläge für den Kalender",
                "ordering": ("created_at", "pk"),
                "permissions": [("release_event", "Kann vorgeschlagene Veranstaltungen freigeben")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="event_proposal_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Feedback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_on", models.BooleanField(default=True, verbose_name="Nach dem Abend drei Fragen stellen")),
                (
                    "scale",
                    models.CharField(blank=True, max_length=200, verbose_name="Frage mit einer Skala von 1 bis 5"),
                ),
                ("scale_en", models.CharField(blank=True, max_length=200, verbose_name="Dieselbe Frage auf Englisch")),
                ("yes_no", models.CharField(blank=True, max_length=200, verbose_name="Frage mit Ja und Nein")),
                ("yes_no_en", models.CharField(blank=True, max_length=200, verbose_name="Dieselbe Frage auf Englisch")),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="Frage mit freiem Text")),
                ("words_en", models.CharField(blank=True, max_length=200, verbose_name="Dieselbe Frage auf Englisch")),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="So viele Tage lang kann man antworten",
                    ),
                ),
                (
                    "board",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="feedback", to="dialogues.board"
                    ),
                ),
            ],
            options={
                "verbose_name": "Rückmeldung zu einem Abend",
                "verbose_name_plural": "Rückmeldungen zu Abenden",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", 1), ("days__lte", 60)), name="feedback_days_1_to_60"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OnlineDialogue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="geändert")),
                (
                    "sample",
                    models.BooleanField(
                        default=False,
                        help_text="Erfunden, um das Portal zu zeigen; keine Aussage der Stadt.",
                        verbose_name="Beispieldaten",
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="Kurzname in der Adresse")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("stadthaus", "Stadthaus-Dialog"),
                            ("konversion", "Konversion"),
                            ("quartier", "Stadtteil-Dialog"),
                            ("thema", "Online-Dialog"),
                        ],
                        default="thema",
                        max_length=10,
                        verbose_name="Art",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Entwurf"), ("published", "Veröffentlicht"), ("cancelled", "Abgesagt")],
                        default="draft",
                        max_length=10,
                        verbose_name="Stand",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="Titel")),
                ("topic", models.TextField(max_length=6000, verbose_name="Worum geht es?")),
                ("question", models.CharField(max_length=300, verbose_name="Frage an alle")),
                ("inform_from", models.DateTimeField(verbose_name="Informieren ab")),
                ("collect_from", models.DateTimeField(verbose_name="Sammeln ab")),
                ("discuss_from", models.DateTimeField(verbose_name="Diskutieren ab")),
                ("decide_from", models.DateTimeField(verbose_name="Die Stadt antwortet ab")),
                ("closes_at", models.DateTimeField(verbose_name="Abgeschlossen ab")),
                (
                    "answer_days",
                    models.PositiveSmallIntegerField(
                        default=28,
                        help_text="Ab dem Eingang eines Beitrags.",
                        verbose_name="Antwort innerhalb von … Tagen",
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="online_dialogues",
                        to="projects.project",
                        verbose_name="Projekt",
                    ),
                ),
            ],
            options={
                "verbose_name": "Online-Dialog",
                "verbose_name_plural": "Online-Dialoge",
                "ordering": ("-inform_from", "-pk"),
                "permissions": [
                    ("run_dialogue", "Kann Online-Dialoge planen und führen"),
                    ("record_contribution", "Kann Beiträge von Telefon, Brief und vor Ort eintragen"),
                ],
                "indexes": [models.Index(fields=["status", "closes_at"], name="dialogues_o_status_bfa8ef_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("collect_from__gte", models.F("inform_from")),
                            ("discuss_from__gte", models.F("collect_from")),
                            ("decide_from__gte", models.F("discuss_from")),
                            ("closes_at__gte", models.F("decide_from")),
                        ),
                        name="online_dialogue_phases_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "slug__in",
                                (
                                    "kalender",
                                    "neu",
                                    "probe",
                                    "online",
                                    "antworten",
                                    "vorgang",
                                    "vorschlag",
                                    "vorschlaege",
                                    "reihen",
                                    "zahlen",
                                ),
                            ),
                            _negated=True,
                        ),
                        name="online_dialogue_slug_reserved",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContributionKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=24)),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="keys", to="dialogues.contribution"
                    ),
                ),
                (
                    "dialogue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="dialogues.onlinedialogue"
                    ),
                ),
            ],
            options={
                "verbose_name": "Suchwort",
                "verbose_name_plural": "Suchwörter",
                "indexes": [models.Index(fields=["dialogue", "key", "contribution"], name="contribution_key")],
            },
        ),
        migrations.AddField(
            model_name="contribution",
            name="dialogue",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="contributions", to="dialogues.onlinedialogue"
            ),
        ),
        migrations.AddField(
            model_name="category",
            name="dialogue",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="categories", to="dialogues.onlinedialogue"
            ),
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("pseudonym", models.CharField(max_length=40, verbose_name="Name am Tisch")),
                ("token_hash", models.CharField(editable=False, max_length=64)),
                ("blocked", models.BooleanField(default=False)),
                (
                    "badge",
                    models.CharField(
                        blank=True, choices=[("expert", "Fachperson")], max_length=10, verbose_name="Abzeichen"
                    ),
                ),
                ("slot", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("left_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("joined_at", models.DateTimeField(auto_now_add=True)),
                ("feedback_given", models.BooleanField(default=False, editable=False)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="participants", to="dialogues.board"
                    ),
                ),
            ],
            options={
                "verbose_name": "Gast",
                "verbose_name_plural": "Gäste",
            },
        ),
        migrations.CreateModel(
            name="FeedbackAnswer",
            fields=[
                (
                    "sample",
                    models.BooleanField(
                        default=False,
                        help_text="Erfunden, um das Portal zu zeigen; keine Aussage der Stadt.",
                        verbose_name="Beispieldaten",
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("scale", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("yes", models.BooleanField(blank=True, null=True)),
                ("text", models.CharField(blank=True, max_length=1000, verbose_name="Antwort")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("visible", "sichtbar"),
                            ("held", "wird geprüft"),
                            ("hidden", "ausgeblendet"),
                            ("deleted", "gelöscht"),
                        ],
                        default="held",
                        max_length=10,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "hidden_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("insult", "Beleidigung oder Drohung"),
                            ("hate", "Hetze oder Diskriminierung"),
                            ("personal_data", "Persönliche Daten anderer"),
                            ("advertising", "Werbung oder Spam"),
                            ("off_topic", "Gehört nicht zum Thema"),
                            ("unlawful", "Rechtswidriger Inhalt"),
                            ("false_identity", "Gibt sich als andere Person aus"),
                            ("other", "Anderer Verstoß gegen die Regeln"),
                        ],
                        max_length=20,
                    ),
                ),
                ("day", models.DateField()),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feedback_answers",
                        to="dialogues.board",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="dialogues.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "Antwort eines Gastes",
                "verbose_name_plural": "Antworten von Gästen",
                "ordering": ("uuid",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scale__isnull", True), models.Q(("scale__gte", 1), ("scale__lte", 5)), _connector="OR"
                        ),
                        name="feedback_scale_1_to_5",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sample",
                    models.BooleanField(
                        default=False,
                        help_text="Erfunden, um das Portal zu zeigen; keine Aussage der Stadt.",
                        verbose_name="Beispieldaten",
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("text", models.CharField(max_length=500, verbose_name="Text")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("idea", "Idee"),
                            ("question", "Frage"),
                            ("concern", "Bedenken"),
                            ("option", "Antwort zur Wahl"),
                        ],
                        default="idea",
                        max_length=10,
                        verbose_name="Art",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("visible", "sichtbar"),
                            ("pending", "wartet auf Freigabe"),
                            ("hidden", "ausgeblendet"),
                            ("deleted", "gelöscht"),
                        ],
                        default="visible",
                        max_length=10,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "hidden_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("insult", "Beleidigung oder Herabsetzung"),
                            ("personal", "Persönliche Daten"),
                            ("advert", "Werbung"),
                            ("unlawful", "Verstoß gegen Gesetze"),
                            ("off_topic", "Gehört nicht zum Thema"),
                            ("other", "Anderer Grund"),
                        ],
                        max_length=10,
                    ),
                ),
                ("hidden_note", models.CharField(blank=True, max_length=200)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("now", "wird gerade beantwortet"), ("done", "beantwortet")],
                        max_length=10,
                        verbose_name="Antwort auf dem Podium",
                    ),
                ),
                ("paper", models.BooleanField(default=False, verbose_name="von Papier abgeschrieben")),
                ("lang", models.CharField(default="de", max_length=8, verbose_name="Sprache")),
                ("x", models.FloatField(default=0)),
                ("y", models.FloatField(default=0)),
                ("pinned", models.BooleanField(default=False, verbose_name="angeheftet")),
                ("votes", models.PositiveIntegerField(default=0, verbose_name="Punkte")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cards", to="dialogues.board"
                    ),
                ),
                (
                    "reply_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replies",
                        to="dialogues.card",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="cards",
                        to="dialogues.cluster",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="cards",
                        to="dialogues.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "Karte",
                "verbose_name_plural": "Karten",
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["board", "state"], name="dialogues_c_board_i_3a6237_idx")],
            },
        ),
        migrations.CreateModel(
            name="Poll",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sample",
                    models.BooleanField(
                        default=False,
                        help_text="Erfunden, um das Portal zu zeigen; keine Aussage der Stadt.",
                        verbose_name="Beispieldaten",
                    ),
                ),
                ("question", models.CharField(max_length=300, verbose_name="Frage")),
                (
                    "kind",
                    models.CharField(
                        choices=[("single", "eine Antwort"), ("multiple", "mehrere Antworten")],
                        default="single",
                        max_length=10,
                        verbose_name="Art",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "dialogue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="polls", to="dialogues.onlinedialogue"
                    ),
                ),
            ],
            options={
                "verbose_name": "Umfrage",
                "verbose_name_plural": "Umfragen",
                "ordering": ("position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="PollOption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=150, verbose_name="Antwort")),
                ("votes", models.PositiveIntegerField(default=0)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="options", to="dialogues.poll"
                    ),
                ),
            ],
            options={
                "verbose_name": "Antwort einer Umfrage",
                "verbose_name_plural": "Antworten einer Umfrage",
                "ordering": ("position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="PollParticipation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="participations", to="dialogues.poll"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "Teilnahme an einer Umfrage",
                "verbose_name_plural": "Teilnahmen an Umfragen",
                "constraints": [models.UniqueConstraint(fields=("poll", "user"), name="poll_taken_once")],
            },
        ),
        migrations.CreateModel(
            name="ProgrammePoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("arrival", "Ankommen"),
                            ("welcome", "Begrüßung"),
                            ("talk", "Impulsvortrag"),
                            ("worldcafe", "World Café"),
                            ("podium", "Gespräch auf dem Podium"),
                            ("break", "Pause"),
                            ("harvest", "Ernte"),
                            ("closing", "Abschluss"),
                            ("other", "Programmpunkt"),
                        ],
                        default="other",
                        max_length=10,
                        verbose_name="Art",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="Was geschieht?")),
                ("clock", models.TimeField(blank=True, null=True, verbose_name="Uhrzeit")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(720),
                        ],
                        verbose_name="Dauer in Minuten",
                    ),
                ),
                ("description", models.TextField(blank=True, max_length=4000, verbose_name="Erläuterung")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="points", to="dialogues.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "Programmpunkt",
                "verbose_name_plural": "Programmpunkte",
                "ordering": ("event", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("event", "position"), name="programme_point_position_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("minutes", None), ("minutes__range", (1, 720)), _connector="OR"),
                        name="programme_point_minutes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="geändert")),
                (
                    "sample",
                    models.BooleanField(
                        default=False,
                        help_text="Erfunden, um das Portal zu zeigen; keine Aussage der Stadt.",
                        verbose_name="Beispieldaten",
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "code",
                    models.CharField(default=dialogues.models.registration.new_door_code, editable=False, max_length=6),
                ),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="Name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-Mail-Adresse")),
                ("persons", models.PositiveSmallIntegerField(default=1, verbose_name="Personen")),
                ("needs", models.TextField(blank=True, max_length=1000, verbose_name="Unterstützung")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "Platz gehalten, noch nicht bestätigt"),
                            ("asked", "noch nicht bestätigt"),
                            ("confirmed", "angemeldet"),
                            ("waiting", "auf der Warteliste"),
                            ("cancelled", "abgemeldet"),
                            ("lapsed", "nicht bestätigt"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("web", "über das Portal"),
                            ("staff", "am Telefon oder vor Ort"),
                            ("walk_in", "ohne Anmeldung gekommen"),
                        ],
                        default="web",
                        max_length=10,
                        verbose_name="Weg",
                    ),
                ),
                ("language", models.CharField(default="de", max_length=12)),
                ("sender", models.CharField(blank=True, editable=False, max_length=32)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("held_until", models.DateTimeField(blank=True, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("seat_at", models.DateTimeField(blank=True, null=True)),
                ("number", models.PositiveIntegerField(blank=True, null=True)),
                ("reminded", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("arrived", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="gekommen")),
                ("arrived_at", models.DateTimeField(blank=True, null=True)),
                (
                    "admission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registrations",
                        to="dialogues.admission",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="registrations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "Anmeldung",
                "verbose_name_plural": "Anmeldungen",
                "ordering": ("pk",),
                "permissions": [("run_door", "Kann Anmeldungen sehen und den Einlass leiten")],
                "indexes": [
                    models.Index(fields=["admission", "state"], name="dialogues_r_admissi_ba6978_idx"),
                    models.Index(fields=["state", "held_until"], name="dialogues_r_state_97baca_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ("held", "confirmed", "asked", "waiting")),
                            models.Q(("email", ""), _negated=True),
                        ),
                        fields=("admission", "email"),
                        name="registration_once_per_address",
                    ),
                    models.UniqueConstraint(fields=("admission", "code"), name="registration_code_once"),
                    models.UniqueConstraint(fields=("admission", "number"), name="registration_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("persons__gte", 1), ("persons__lte", 5)), name="registration_persons"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("arrived", None), models.Q(("arrived__gte", 1), ("arrived__lte", 5)), _connector="OR"
                        ),
                        name="registration_arrived",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="geändert")),
                (
                    "sample",
                    models.BooleanField(
                        default=False,
                        help_text="Erfunden, um das Portal zu zeigen; keine Aussage der Stadt.",
                        verbose_name="Beispieldaten",
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="Ergebnis")),
                ("votes", models.PositiveIntegerField(default=0, verbose_name="Punkte")),
                ("position", models.PositiveIntegerField(default=0)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("is_proposal", models.BooleanField(default=False, verbose_name="Vorschlag eines Tisches")),
                (
                    "card",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="result",
                        to="dialogues.card",
                    ),
                ),
                (
                    "cluster",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="result",
                        to="dialogues.cluster",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="results", to="dialogues.event"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposals",
                        to="dialogues.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "Ergebnis",
                "verbose_name_plural": "Ergebnisse",
                "ordering": ("position", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("is_proposal", False), ("published_at__isnull", True), _connector="OR"),
                        name="result_proposal_is_unpublished",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="contribution",
            name="result",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="contribution",
                to="dialogues.result",
            ),
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="Runde")),
                ("question", models.CharField(blank=True, max_length=300, verbose_name="Frage")),
                ("question_en", models.CharField(blank=True, max_length=300, verbose_name="Frage auf Englisch")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Geplant"), ("running", "Läuft"), ("ended", "Beendet")],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("starts_at", models.DateTimeField(blank=True, null=True)),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rounds", to="dialogues.board"
                    ),
                ),
            ],
            options={
                "verbose_name": "Runde",
                "verbose_name_plural": "Runden",
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(fields=("board", "number"), name="round_number_unique_on_board"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")), fields=("board",), name="one_running_round_per_board"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="card",
            name="round",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="cards",
                to="dialogues.round",
            ),
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="geändert")),
                (
                    "sample",
                    models.BooleanField(
                        default=False,
                        help_text="Erfunden, um das Portal zu zeigen; keine Aussage der Stadt.",
                        verbose_name="Beispieldaten",
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="Kurzname in der Adresse")),
                ("title", models.CharField(max_length=150, verbose_name="Titel")),
                ("description", models.TextField(max_length=3000, verbose_name="Worum geht es in dieser Reihe?")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "Reihe",
                "verbose_name_plural": "Reihen",
                "ordering": ("title", "pk"),
            },
        ),
        migrations.AddField(
            model_name="event",
            name="series",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="events",
                to="dialogues.series",
                verbose_name="Reihe",
            ),
        ),
        migrations.CreateModel(
            name="Speaker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("function", models.CharField(max_length=150, verbose_name="Funktion oder Stelle")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="Name")),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="speakers",
                        to="dialogues.programmepoint",
                    ),
                ),
            ],
            options={
                "verbose_name": "Mitwirkende",
                "verbose_name_plural": "Mitwirkende",
                "ordering": ("point", "position"),
                "constraints": [models.UniqueConstraint(fields=("point", "position"), name="speaker_position_unique")],
            },
        ),
        migrations.CreateModel(
            name="Table",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="Tisch")),
                (
                    "code",
                    models.CharField(
                        default=dialogues.models.board.new_code, max_length=12, unique=True, verbose_name="Code"
                    ),
                ),
                ("help_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tables", to="dialogues.board"
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="hosted_tables",
                        to="dialogues.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "Tisch",
                "verbose_name_plural": "Tische",
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(fields=("board", "number"), name="table_number_unique_on_board")
                ],
            },
        ),
        migrations.AddField(
            model_name="participant",
            name="table",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="participants", to="dialogues.table"
            ),
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=1000, verbose_name="Übergabe")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="handovers", to="dialogues.round"
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="handovers", to="dialogues.table"
                    ),
                ),
            ],
            options={
                "verbose_name": "Übergabe",
                "verbose_name_plural": "Übergaben",
                "ordering": ("round__number",),
                "constraints": [
                    models.UniqueConstraint(fields=("table", "round"), name="one_handover_per_table_and_round")
                ],
            },
        ),
        migrations.AddField(
            model_name="cluster",
            name="table",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="clusters",
                to="dialogues.table",
            ),
        ),
        migrations.AddField(
            model_name="card",
            name="table",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="cards", to="dialogues.table"
            ),
        ),
        migrations.CreateModel(
            name="BoardEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.BigIntegerField()),
                ("event", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("staff_only", models.BooleanField(default=False)),
                ("body", models.JSONField(default=dict)),
                ("actor", models.CharField(max_length=64)),
                ("cid", models.CharField(blank=True, max_length=64)),
                ("ack", models.JSONField(default=dict)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="log", to="dialogues.board"
                    ),
                ),
                (
                    "card",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="log",
                        to="dialogues.card",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="dialogues.participant",
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="dialogues.table",
                    ),
                ),
            ],
            options={
                "verbose_name": "Ereignis einer Tafel",
                "verbose_name_plural": "Ereignisse einer Tafel",
                "ordering": ("board", "seq"),
                "constraints": [
                    models.UniqueConstraint(fields=("board", "seq"), name="board_event_seq_unique"),
                    models.UniqueConstraint(
                        condition=models.Q(("cid", ""), _negated=True),
                        fields=("board", "actor", "cid"),
                        name="board_event_command_unique",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="dialogues.board"
                    ),
                ),
                (
                    "card",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dots",
                        to="dialogues.card",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dots",
                        to="dialogues.cluster",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="dialogues.participant"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="dialogues.round"
                    ),
                ),
            ],
            options={
                "verbose_name": "Punkt",
                "verbose_name_plural": "Punkte",
                "indexes": [models.Index(fields=["participant", "round"], name="dialogues_v_partici_a6d0b7_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("card__isnull", False), ("cluster__isnull", True)),
                            models.Q(("card__isnull", True), ("cluster__isnull", False)),
                            _connector="OR",
                        ),
                        name="vote_has_one_target",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sample",
                    models.BooleanField(
                        default=False,
                        help_text="Erfunden, um das Portal zu zeigen; keine Aussage der Stadt.",
                        verbose_name="Beispieldaten",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Noch ohne Antwort"),
                            ("in_review", "In Prüfung"),
                            ("accepted", "Angenommen"),
                            ("partly", "Teilweise angenommen"),
                            ("rejected", "Abgelehnt"),
                            ("answered", "Beantwortet"),
                            ("done", "Umgesetzt"),
                        ],
                        max_length=10,
                        verbose_name="Stand",
                    ),
                ),
                ("reason", models.TextField(max_length=3000, verbose_name="Begründung in einfachen Worten")),
                ("department", models.CharField(max_length=120, verbose_name="Amt oder Dienststelle")),
                ("due", models.DateField(blank=True, null=True, verbose_name="nächster Schritt bis")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answers",
                        to="projects.milestone",
                        verbose_name="Meilenstein",
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="dialogues.contribution"
                    ),
                ),
            ],
            options={
                "verbose_name": "Antwort der Stadt",
                "verbose_name_plural": "Antworten der Stadt",
                "ordering": ("created_at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status", "open"), _negated=True), name="answer_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContributionSupport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="supports",
                        to="dialogues.contribution",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contribution_supports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "via",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="dialogues.contribution",
                    ),
                ),
            ],
            options={
                "verbose_name": "Unterstützung",
                "verbose_name_plural": "Unterstützungen",
                "constraints": [
                    models.UniqueConstraint(fields=("contribution", "user"), name="contribution_supported_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.UniqueConstraint(fields=("dialogue", "name"), name="dialogue_category_unique"),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(fields=["dialogue", "-received_at", "-id"], name="contribution_newest"),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(fields=["dialogue", "-support_count", "-id"], name="contribution_supported"),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(fields=["dialogue", "answer_due", "id"], name="contribution_due_in_dialogue"),
        ),
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(fields=["table", "blocked"], name="dialogues_p_table_i_2a386e_idx"),
        ),
    ]
