"""All tables of a new portal in one step; one that has the five steps before keeps them (`replaces`)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ethics.models.talk


class Migration(migrations.Migration):
    replaces = [
        ("ethics", "0001_initial"),
        ("ethics", "0002_form_label"),
        ("ethics", "0003_office"),
        ("ethics", "0004_review_talk"),
        ("ethics", "0005_outside_opinions_and_register"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("comments", "0008_ground_words"),
        ("projects", "0004_place_district"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("current", models.BooleanField(default=True)),
                ("inquorate", models.BooleanField(default=False, verbose_name="mangels Beschlussfähigkeit vertagt")),
                ("course", models.TextField(blank=True, verbose_name="Verlauf der Beratung")),
            ],
            options={
                "verbose_name": "Tagesordnungspunkt",
                "verbose_name_plural": "Tagesordnungspunkte",
                "ordering": ("meeting", "position"),
            },
        ),
        migrations.CreateModel(
            name="QuorumRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(unique=True, verbose_name="Fassung")),
                ("source", models.CharField(max_length=200, verbose_name="Quelle")),
                ("minimum", models.PositiveSmallIntegerField(default=3, verbose_name="mindestens anwesend")),
                (
                    "share_above",
                    models.DecimalField(
                        decimal_places=3,
                        default="0.500",
                        max_digits=4,
                        verbose_name="Anteil, der überschritten sein muss",
                    ),
                ),
                (
                    "chair_breaks_tie",
                    models.BooleanField(default=True, verbose_name="Vorsitz entscheidet bei Stimmengleichheit"),
                ),
                (
                    "second_invitation_suffices",
                    models.BooleanField(default=True, verbose_name="zweite Ladung ohne Mindestzahl"),
                ),
                ("remote_counts", models.BooleanField(default=True, verbose_name="Zugeschaltete zählen")),
                ("invitation_days", models.PositiveSmallIntegerField(default=7, verbose_name="Ladungsfrist in Tagen")),
                (
                    "dissent_days",
                    models.PositiveSmallIntegerField(default=7, verbose_name="Frist für Sondervoten in Tagen"),
                ),
                (
                    "objection_days",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="Widerspruchsfrist im kurzen Verfahren in Tagen"
                    ),
                ),
            ],
            options={
                "verbose_name": "Regel zu Beschlussfähigkeit und Mehrheit",
                "verbose_name_plural": "Regeln zu Beschlussfähigkeit und Mehrheit",
                "ordering": ("-version",),
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("empfehlung", "Empfehlung"),
                            ("empfehlung_mit_auflagen", "Empfehlung mit Auflagen"),
                            ("klaerungsbedarf", "Klärungsbedarf"),
                            ("bedenken", "Bedenken"),
                            ("keine_gemeinsame_position", "Keine gemeinsame Position"),
                        ],
                        max_length=30,
                        verbose_name="Art der Empfehlung",
                    ),
                ),
                ("sentence", models.CharField(max_length=300, verbose_name="Empfehlung in einem Satz")),
                ("text", models.TextField(verbose_name="Begründung")),
                ("plain_summary", models.TextField(blank=True, verbose_name="In einfachen Worten")),
                ("redaction_reason", models.TextField(blank=True, verbose_name="Grund für Schwärzungen")),
                ("frozen_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "Empfehlung",
                "verbose_name_plural": "Empfehlungen",
            },
        ),
        migrations.CreateModel(
            name="SentReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=120, unique=True)),
                ("sent_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "gesendete Erinnerung",
                "verbose_name_plural": "gesendete Erinnerungen",
            },
        ),
        migrations.CreateModel(
            name="CaseVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="Fassung")),
                ("content", models.JSONField(default=dict, verbose_name="Inhalt")),
                ("hash", models.CharField(blank=True, max_length=64)),
                ("frozen_at", models.DateTimeField(blank=True, null=True, verbose_name="eingereicht am")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "Fassung",
                "verbose_name_plural": "Fassungen",
                "ordering": ("case", "-number"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("frozen_at__isnull", True), ("hash", "")),
                            models.Q(("frozen_at__isnull", False), models.Q(("hash", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="frozen_version_has_hash",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChecklistVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("screening", "Schwellwertprüfung"),
                            ("criteria", "Ethische Kriterien"),
                            ("dpia", "Datenschutz-Folgenabschätzung"),
                        ],
                        max_length=12,
                        verbose_name="Art",
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="Fassung")),
                ("title", models.CharField(max_length=200, verbose_name="Titel")),
                ("source", models.CharField(max_length=300, verbose_name="Quelle")),
                ("content", models.JSONField(verbose_name="Inhalt")),
            ],
            options={
                "verbose_name": "Fassung einer Checkliste",
                "verbose_name_plural": "Fassungen von Checklisten",
                "ordering": ("kind", "-version"),
                "constraints": [models.UniqueConstraint(fields=("kind", "version"), name="one_checklist_a_version")],
            },
        ),
        migrations.CreateModel(
            name="Dpia",
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
                ("slug", models.SlugField(unique=True, verbose_name="Kurzname in der Adresse")),
                ("title", models.CharField(max_length=200, verbose_name="Titel")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("schwellwert", "Schwellwertprüfung"),
                            ("bearbeitung", "In Bearbeitung"),
                            ("dsb_stellungnahme", "Bei der datenschutzbeauftragten Person"),
                            ("risikoentscheidung", "Entscheidung steht an"),
                            ("konsultation_art36", "Konsultation der Aufsicht (Art. 36)"),
                            ("freigegeben", "Freigegeben"),
                            ("freigegeben_mit_auflagen", "Freigegeben mit Auflagen"),
                            ("abgelehnt", "Nicht freigegeben"),
                            ("ueberpruefung_faellig", "Überprüfung fällig"),
                        ],
                        default="schwellwert",
                        max_length=30,
                        verbose_name="Stand",
                    ),
                ),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="Überprüfung am")),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dpias",
                        to="projects.project",
                    ),
                ),
                (
                    "releaser",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ethics.checklistversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "Datenschutz-Folgenabschätzung",
                "verbose_name_plural": "Datenschutz-Folgenabschätzungen",
                "ordering": ("-updated_at", "-pk"),
                "permissions": [("release_dpia", "Can release a DPIA for the controller")],
            },
        ),
        migrations.CreateModel(
            name="DpiaVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="Fassung")),
                ("content", models.JSONField(default=dict, verbose_name="Inhalt")),
                ("editors", models.JSONField(default=list)),
                ("hash", models.CharField(blank=True, max_length=64)),
                ("frozen_at", models.DateTimeField(blank=True, null=True, verbose_name="festgeschrieben am")),
                (
                    "dpia",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="ethics.dpia"
                    ),
                ),
            ],
            options={
                "verbose_name": "Fassung einer Folgenabschätzung",
                "verbose_name_plural": "Fassungen von Folgenabschätzungen",
                "ordering": ("dpia", "-number"),
                "constraints": [
                    models.UniqueConstraint(fields=("dpia", "number"), name="dpia_version_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("frozen_at__isnull", True)), fields=("dpia",), name="one_open_dpia_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("frozen_at__isnull", True), ("hash", "")),
                            models.Q(("frozen_at__isnull", False), models.Q(("hash", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="frozen_dpia_version_has_hash",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DpiaRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.JSONField(verbose_name="Inhalt")),
                ("hash", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField(verbose_name="veröffentlicht am")),
                (
                    "dpia",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="records", to="ethics.dpia"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="record", to="ethics.dpiaversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "Registereintrag einer Folgenabschätzung",
                "verbose_name_plural": "Registereinträge von Folgenabschätzungen",
                "ordering": ("-published_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="DpiaDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version_hash", models.CharField(max_length=64)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("freigegeben", "Freigeben"),
                            ("freigegeben_mit_auflagen", "Freigeben mit Auflagen"),
                            ("abgelehnt", "Nicht freigeben"),
                        ],
                        max_length=30,
                        verbose_name="Entscheidung",
                    ),
                ),
                ("reason", models.TextField(verbose_name="Begründung")),
                ("obligations", models.TextField(blank=True, verbose_name="Auflagen")),
                ("decided_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="ethics.dpiaversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "Entscheidung über eine Folgenabschätzung",
                "verbose_name_plural": "Entscheidungen über Folgenabschätzungen",
                "ordering": ("decided_at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "freigegeben_mit_auflagen"), _negated=True),
                            models.Q(("obligations", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="release_with_obligations_names_them",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sent_on", models.DateField(verbose_name="gesendet am")),
                ("reference", models.CharField(blank=True, max_length=100, verbose_name="Aktenzeichen")),
                ("answer", models.TextField(blank=True, verbose_name="Antwort der Aufsicht")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="beantwortet am")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consultations",
                        to="ethics.dpiaversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "vorherige Konsultation",
                "verbose_name_plural": "vorherige Konsultationen",
                "ordering": ("sent_on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_on__isnull", True)),
                            models.Q(("answered_on__isnull", False), models.Q(("answer", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="answered_consultation_has_answer",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DpoStatement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version_hash", models.CharField(max_length=64)),
                (
                    "verdict",
                    models.CharField(
                        choices=[("keine", "keine Einwände"), ("hinweise", "Hinweise"), ("einwaende", "Einwände")],
                        max_length=12,
                        verbose_name="Ergebnis",
                    ),
                ),
                ("text", models.TextField(verbose_name="Rat")),
                ("given_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="statements", to="ethics.dpiaversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "Stellungnahme Datenschutz",
                "verbose_name_plural": "Stellungnahmen Datenschutz",
                "ordering": ("given_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="FolderMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("bookmarked", models.BooleanField(default=False, verbose_name="gemerkt")),
                ("note", models.TextField(blank=True, verbose_name="Notiz")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="ethics.agendaitem"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "Merkzeichen der Sitzungsmappe",
                "verbose_name_plural": "Merkzeichen der Sitzungsmappe",
                "constraints": [models.UniqueConstraint(fields=("item", "member"), name="one_mark_a_member")],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
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
                ("title", models.CharField(max_length=200, verbose_name="Titel")),
                ("starts_at", models.DateTimeField(verbose_name="Beginn")),
                ("place", models.CharField(max_length=200, verbose_name="Ort")),
                ("invited_at", models.DateTimeField(blank=True, null=True, verbose_name="eingeladen am")),
                ("short_notice_reason", models.TextField(blank=True, verbose_name="Grund der verkürzten Ladungsfrist")),
                (
                    "second_invitation_of",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_invitation",
                        to="ethics.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "Sitzung",
                "verbose_name_plural": "Sitzungen",
                "ordering": ("-starts_at",),
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sent_at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="ethics.meeting"
                    ),
                ),
            ],
            options={
                "verbose_name": "Einladung",
                "verbose_name_plural": "Einladungen",
                "constraints": [models.UniqueConstraint(fields=("meeting", "member"), name="invited_once")],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "presence",
                    models.CharField(
                        choices=[
                            ("anwesend", "anwesend"),
                            ("zugeschaltet", "zugeschaltet"),
                            ("entschuldigt", "entschuldigt"),
                            ("abwesend", "abwesend"),
                        ],
                        max_length=14,
                        verbose_name="Anwesenheit",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attendances", to="ethics.meeting"
                    ),
                ),
            ],
            options={
                "verbose_name": "Anwesenheit",
                "verbose_name_plural": "Anwesenheiten",
                "constraints": [models.UniqueConstraint(fields=("meeting", "member"), name="attendance_once")],
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="agenda", to="ethics.meeting"
            ),
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("remarks", models.TextField(blank=True, verbose_name="Bemerkungen")),
                ("content", models.JSONField(default=dict, verbose_name="Inhalt")),
                ("anchors", models.JSONField(default=list, verbose_name="Anker")),
                ("hash", models.CharField(blank=True, max_length=64)),
                ("released_at", models.DateTimeField(blank=True, null=True, verbose_name="freigegeben am")),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="minutes", to="ethics.meeting"
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "Niederschrift",
                "verbose_name_plural": "Niederschriften",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hash", ""), ("released_at__isnull", True)),
                            models.Q(("released_at__isnull", False), models.Q(("hash", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="released_minutes_have_hash",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Condition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.TextField(verbose_name="Auflage")),
                ("due", models.DateField(blank=True, null=True, verbose_name="bis")),
                (
                    "state",
                    models.CharField(
                        choices=[("offen", "offen"), ("erfuellt", "erfüllt"), ("entfallen", "entfallen")],
                        default="offen",
                        max_length=10,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "response",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("angenommen", "angenommen"),
                            ("teilweise", "teilweise angenommen"),
                            ("abgelehnt", "nicht angenommen"),
                        ],
                        max_length=10,
                        verbose_name="Antwort",
                    ),
                ),
                ("response_reason", models.TextField(blank=True, verbose_name="Begründung der Antwort")),
                ("responded_at", models.DateTimeField(blank=True, null=True)),
                ("proof", models.TextField(blank=True, verbose_name="Nachweis")),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conditions",
                        to="ethics.recommendation",
                    ),
                ),
            ],
            options={
                "verbose_name": "Auflage",
                "verbose_name_plural": "Auflagen",
                "ordering": ("recommendation", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("recommendation", "position"), name="condition_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state", "offen"), models.Q(("proof", ""), _negated=True), _connector="OR"),
                        name="settled_condition_has_proof",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("response", ""), models.Q(("response_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="response_to_condition_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewCase",
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
                ("slug", models.SlugField(unique=True, verbose_name="Kurzname in der Adresse")),
                ("title", models.CharField(max_length=200, verbose_name="Titel")),
                ("initiative", models.CharField(blank=True, max_length=200, verbose_name="Initiative ohne Projekt")),
                ("parties", models.TextField(blank=True, max_length=2000, verbose_name="Beteiligte")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("entwurf", "Entwurf"),
                            ("eingereicht", "Eingereicht"),
                            ("vorpruefung", "Vorprüfung"),
                            ("rueckfrage", "Rückfrage"),
                            ("kurz_abgeschlossen", "Im kurzen Verfahren abgeschlossen"),
                            ("begutachtung", "Begutachtung"),
                            ("beratungsreif", "Beratungsreif"),
                            ("tagesordnung", "Auf der Tagesordnung"),
                            ("vertagt", "Vertagt"),
                            ("abstimmung", "Abstimmung"),
                            ("beschlossen", "Beschlossen"),
                            ("sondervotum_frist", "Frist für Sondervoten"),
                            ("veroeffentlichung", "Vorbereitung der Veröffentlichung"),
                            ("veroeffentlicht", "Veröffentlicht"),
                            ("antwort_ausstehend", "Antwort ausstehend"),
                            ("beantwortet", "Beantwortet"),
                            ("nachverfolgung", "Nachverfolgung"),
                            ("abgeschlossen", "Abgeschlossen"),
                            ("wiedervorlage", "Wiedervorlage"),
                            ("zurueckgezogen", "Zurückgezogen"),
                            ("ersetzt", "Ersetzt"),
                        ],
                        default="entwurf",
                        max_length=20,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "track",
                    models.CharField(
                        choices=[("voll", "Volles Verfahren"), ("kurz", "Kurzes Verfahren")],
                        default="voll",
                        max_length=5,
                        verbose_name="Verfahren",
                    ),
                ),
                ("declarations_due", models.DateTimeField(blank=True, null=True, verbose_name="Erklärungen bis")),
                ("opinions_due", models.DateTimeField(blank=True, null=True, verbose_name="Stellungnahmen bis")),
                ("objections_due", models.DateTimeField(blank=True, null=True, verbose_name="Widerspruch bis")),
                ("unveiled_at", models.DateTimeField(blank=True, null=True, verbose_name="offengelegt am")),
                ("dissent_due", models.DateTimeField(blank=True, null=True, verbose_name="Sondervoten bis")),
                ("answer_due", models.DateTimeField(blank=True, null=True, verbose_name="Antwort bis")),
                (
                    "dpo_seen_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="von der oder dem Datenschutzbeauftragten gesehen"
                    ),
                ),
                ("dpo_statement", models.TextField(blank=True, verbose_name="Stellungnahme Datenschutz")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("empfehlung", "Empfehlung"),
                            ("empfehlung_mit_auflagen", "Empfehlung mit Auflagen"),
                            ("klaerungsbedarf", "Klärungsbedarf"),
                            ("bedenken", "Bedenken"),
                            ("keine_gemeinsame_position", "Keine gemeinsame Position"),
                        ],
                        max_length=30,
                        verbose_name="Ergebnis",
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="veröffentlicht am")),
                (
                    "public_hash",
                    models.CharField(blank=True, max_length=64, verbose_name="Hash der öffentlichen Fassung"),
                ),
                (
                    "public_subject",
                    models.CharField(blank=True, max_length=255, verbose_name="Gegenstand bei der Veröffentlichung"),
                ),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="Wiedervorlage am")),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ethics.checklistversion"
                    ),
                ),
                (
                    "criteria",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ethics.checklistversion"
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="ethics.reviewcase",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_cases",
                        to="projects.project",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="ethics.reviewcase",
                    ),
                ),
            ],
            options={
                "verbose_name": "Prüffall",
                "verbose_name_plural": "Prüffälle",
                "ordering": ("-created_at", "-pk"),
                "permissions": [
                    ("request_review", "Can request a review by the Ethikrat"),
                    ("run_office", "Can run the office of the Ethikrat"),
                    ("sit_on_council", "Can act as a member of the Ethikrat"),
                    ("chair_council", "Can chair the Ethikrat"),
                    ("advise_data_protection", "Can advise as data-protection officer"),
                    ("advise_publication", "Can advise on publications of the Ethikrat"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("project__isnull", False), models.Q(("initiative", ""), _negated=True), _connector="OR"
                        ),
                        name="case_has_project_or_initiative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    [
                                        "veroeffentlicht",
                                        "antwort_ausstehend",
                                        "beantwortet",
                                        "nachverfolgung",
                                        "abgeschlossen",
                                    ],
                                ),
                                _negated=True,
                            ),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="public_state_is_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at__isnull", True),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True), models.Q(("public_hash", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="public_case_has_outcome_and_hash",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("insgesamt", "Der Fall insgesamt"),
                            ("vorhaben", "Vorhaben und Nutzen"),
                            ("daten", "Daten und Schwellwertprüfung"),
                            ("technik", "Technik und Partner"),
                            ("kriterien", "Ethische Kriterien"),
                            ("vorlage", "Vorlage für den Beschluss"),
                        ],
                        max_length=12,
                        verbose_name="Abschnitt",
                    ),
                ),
                ("text", models.TextField(verbose_name="Beitrag")),
                ("made_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="ethics.reviewcase"
                    ),
                ),
            ],
            options={
                "verbose_name": "Beitrag zur Beratung",
                "verbose_name_plural": "Beiträge zur Beratung",
                "ordering": ("made_at", "pk"),
            },
        ),
        migrations.AddField(
            model_name="recommendation",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="recommendation", to="ethics.reviewcase"
            ),
        ),
        migrations.CreateModel(
            name="OutsideOpinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version_hash", models.CharField(max_length=64)),
                ("expert_contact", models.CharField(max_length=200, verbose_name="Wer hat sie geschrieben?")),
                ("received_on", models.DateField(verbose_name="eingegangen am")),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("empfehlung", "Empfehlung"),
                            ("empfehlung_mit_auflagen", "Empfehlung mit Auflagen"),
                            ("klaerungsbedarf", "Klärungsbedarf"),
                            ("bedenken", "Bedenken"),
                            ("keine_gemeinsame_position", "Keine gemeinsame Position"),
                        ],
                        max_length=30,
                        verbose_name="Vorschlag",
                    ),
                ),
                ("text", models.TextField(verbose_name="Stellungnahme")),
                ("scan", models.FileField(upload_to=ethics.models.talk.paper_path)),
                ("media_type", models.CharField(max_length=80)),
                ("hash", models.CharField(max_length=64)),
                ("late", models.BooleanField(default=False, verbose_name="nach Offenlegung abgegeben")),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ethics.caseversion"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outside_opinions",
                        to="ethics.reviewcase",
                    ),
                ),
            ],
            options={
                "verbose_name": "Stellungnahme von außen",
                "verbose_name_plural": "Stellungnahmen von außen",
                "ordering": ("entered_at", "pk"),
                "constraints": [models.UniqueConstraint(fields=("case", "hash"), name="one_scan_a_case")],
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version_hash", models.CharField(max_length=64)),
                (
                    "stance",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("empfehlung", "Empfehlung"),
                            ("empfehlung_mit_auflagen", "Empfehlung mit Auflagen"),
                            ("klaerungsbedarf", "Klärungsbedarf"),
                            ("bedenken", "Bedenken"),
                            ("keine_gemeinsame_position", "Keine gemeinsame Position"),
                        ],
                        max_length=30,
                        verbose_name="Vorschlag",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="Stellungnahme")),
                ("ratings", models.JSONField(default=dict, verbose_name="Kriterien")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="abgegeben am")),
                ("unveiled_at", models.DateTimeField(blank=True, null=True, verbose_name="offengelegt am")),
                ("late", models.BooleanField(default=False, verbose_name="nach Offenlegung abgegeben")),
                ("current", models.BooleanField(default=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opinions", to="ethics.caseversion"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="opinions", to="ethics.reviewcase"
                    ),
                ),
            ],
            options={
                "verbose_name": "Stellungnahme",
                "verbose_name_plural": "Stellungnahmen",
                "ordering": ("submitted_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)), fields=("case", "member"), name="one_current_opinion"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unveiled_at__isnull", True), ("submitted_at__isnull", False), _connector="OR"
                        ),
                        name="only_submitted_opinions_are_unveiled",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(blank=True, verbose_name="Grund")),
                ("raised_at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="objections", to="ethics.reviewcase"
                    ),
                ),
            ],
            options={
                "verbose_name": "Widerspruch gegen das kurze Verfahren",
                "verbose_name_plural": "Widersprüche gegen das kurze Verfahren",
            },
        ),
        migrations.CreateModel(
            name="Inquiry",
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
                ("question", models.TextField(blank=True, max_length=2000, verbose_name="Ihre Frage")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("visible", "sichtbar"),
                            ("held", "wird geprüft"),
                            ("hidden", "ausgeblendet"),
                            ("deleted", "gelöscht"),
                        ],
                        default="visible",
                        max_length=10,
                        verbose_name="Stand",
                    ),
                ),
                ("hidden_reason", models.CharField(blank=True, max_length=40)),
                ("answer", models.TextField(blank=True, max_length=8000, verbose_name="Antwort")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="inquiries",
                        to="ethics.reviewcase",
                    ),
                ),
            ],
            options={
                "verbose_name": "Frage an den Ethikrat",
                "verbose_name_plural": "Fragen an den Ethikrat",
                "ordering": ("-created_at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="answered_inquiry_has_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "deleted"), models.Q(("question", ""), _negated=True), _connector="OR"
                        ),
                        name="inquiry_has_text_until_deleted",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="dpia",
            name="case",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dpias",
                to="ethics.reviewcase",
            ),
        ),
        migrations.CreateModel(
            name="DossierFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("head", models.CharField(max_length=64)),
                ("done", models.PositiveSmallIntegerField(default=0, verbose_name="fertig in Prozent")),
                ("data", models.BinaryField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("failed", models.BooleanField(default=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dossiers", to="ethics.reviewcase"
                    ),
                ),
            ],
            options={
                "verbose_name": "Dossier",
                "verbose_name_plural": "Dossiers",
                "constraints": [models.UniqueConstraint(fields=("case", "head"), name="one_dossier_a_head")],
            },
        ),
        migrations.CreateModel(
            name="DissentingOpinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(blank=True, verbose_name="Sondervotum")),
                ("named", models.BooleanField(default=False, verbose_name="mit Namen veröffentlichen")),
                (
                    "printed_display_name",
                    models.CharField(blank=True, max_length=150, verbose_name="Name bei der Veröffentlichung"),
                ),
                ("waived", models.BooleanField(default=False, verbose_name="verzichtet")),
                ("filed_at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dissents", to="ethics.reviewcase"
                    ),
                ),
            ],
            options={
                "verbose_name": "Sondervotum",
                "verbose_name_plural": "Sondervoten",
                "constraints": [
                    models.UniqueConstraint(fields=("case", "member"), name="one_dissent_a_member"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), ("waived", True)),
                            models.Q(("waived", False), models.Q(("text", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="dissent_has_text",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictDeclaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("conflicted", models.BooleanField(verbose_name="befangen")),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("eigener_vorteil", "eigener Vorteil oder Nachteil (§ 20 Abs. 1 VwVfG)"),
                            ("angehoerige", "Vorteil oder Nachteil Angehöriger (§ 20 Abs. 1 und 5 VwVfG)"),
                            ("vertretung", "Vertretung einer beteiligten Person (§ 20 Abs. 1 VwVfG)"),
                            ("beschaeftigung", "bezahlte Tätigkeit bei Beteiligten (§ 20 Abs. 1 Nr. 5 VwVfG)"),
                            (
                                "organ",
                                "Mitglied in Vorstand, Aufsichtsrat oder ähnlichem Organ (§ 20 Abs. 1 Nr. 5 VwVfG)",
                            ),
                            ("gutachten", "früheres Gutachten in der Sache (§ 20 Abs. 1 Nr. 6 VwVfG)"),
                            ("besorgnis", "Besorgnis der Befangenheit (§ 21 VwVfG)"),
                        ],
                        max_length=20,
                        verbose_name="Grund",
                    ),
                ),
                ("explanation", models.TextField(blank=True, max_length=2000, verbose_name="Erläuterung")),
                ("declared_at", models.DateTimeField()),
                ("current", models.BooleanField(default=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="declarations", to="ethics.reviewcase"
                    ),
                ),
            ],
            options={
                "verbose_name": "Erklärung zur Befangenheit",
                "verbose_name_plural": "Erklärungen zur Befangenheit",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)), fields=("case", "member"), name="one_current_declaration"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("conflicted", False), ("ground", "")),
                            models.Q(("conflicted", True), models.Q(("ground", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="conflict_has_a_ground",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="caseversion",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="ethics.reviewcase"
            ),
        ),
        migrations.CreateModel(
            name="CaseQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="Frage")),
                ("asked_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True, verbose_name="Antwort")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="ethics.reviewcase"
                    ),
                ),
            ],
            options={
                "verbose_name": "Frage an das Projekt",
                "verbose_name_plural": "Fragen an das Projekt",
                "ordering": ("asked_at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True)),
                            models.Q(("answered_at__isnull", False), models.Q(("answer", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="answered_question_has_answer",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("action", models.CharField(max_length=40)),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("entwurf", "Entwurf"),
                            ("eingereicht", "Eingereicht"),
                            ("vorpruefung", "Vorprüfung"),
                            ("rueckfrage", "Rückfrage"),
                            ("kurz_abgeschlossen", "Im kurzen Verfahren abgeschlossen"),
                            ("begutachtung", "Begutachtung"),
                            ("beratungsreif", "Beratungsreif"),
                            ("tagesordnung", "Auf der Tagesordnung"),
                            ("vertagt", "Vertagt"),
                            ("abstimmung", "Abstimmung"),
                            ("beschlossen", "Beschlossen"),
                            ("sondervotum_frist", "Frist für Sondervoten"),
                            ("veroeffentlichung", "Vorbereitung der Veröffentlichung"),
                            ("veroeffentlicht", "Veröffentlicht"),
                            ("antwort_ausstehend", "Antwort ausstehend"),
                            ("beantwortet", "Beantwortet"),
                            ("nachverfolgung", "Nachverfolgung"),
                            ("abgeschlossen", "Abgeschlossen"),
                            ("wiedervorlage", "Wiedervorlage"),
                            ("zurueckgezogen", "Zurückgezogen"),
                            ("ersetzt", "Ersetzt"),
                        ],
                        max_length=20,
                        verbose_name="von",
                    ),
                ),
                (
                    "target",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("entwurf", "Entwurf"),
                            ("eingereicht", "Eingereicht"),
                            ("vorpruefung", "Vorprüfung"),
                            ("rueckfrage", "Rückfrage"),
                            ("kurz_abgeschlossen", "Im kurzen Verfahren abgeschlossen"),
                            ("begutachtung", "Begutachtung"),
                            ("beratungsreif", "Beratungsreif"),
                            ("tagesordnung", "Auf der Tagesordnung"),
                            ("vertagt", "Vertagt"),
                            ("abstimmung", "Abstimmung"),
                            ("beschlossen", "Beschlossen"),
                            ("sondervotum_frist", "Frist für Sondervoten"),
                            ("veroeffentlichung", "Vorbereitung der Veröffentlichung"),
                            ("veroeffentlicht", "Veröffentlicht"),
                            ("antwort_ausstehend", "Antwort ausstehend"),
                            ("beantwortet", "Beantwortet"),
                            ("nachverfolgung", "Nachverfolgung"),
                            ("abgeschlossen", "Abgeschlossen"),
                            ("wiedervorlage", "Wiedervorlage"),
                            ("zurueckgezogen", "Zurückgezogen"),
                            ("ersetzt", "Ersetzt"),
                        ],
                        max_length=20,
                        verbose_name="nach",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("lead", "Projektleitung"),
                            ("office", "Geschäftsstelle"),
                            ("chair", "Vorsitz"),
                            ("member", "Mitglied"),
                            ("dpo", "Datenschutzbeauftragte Person"),
                            ("communications", "Kommunikation"),
                            ("system", "Portal, nach Frist oder Termin"),
                        ],
                        max_length=20,
                        verbose_name="Rolle",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="Notiz")),
                ("occurred_at", models.DateTimeField()),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="ethics.reviewcase"
                    ),
                ),
            ],
            options={
                "verbose_name": "Vorgang",
                "verbose_name_plural": "Vorgänge",
                "ordering": ("occurred_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=150, verbose_name="Bezeichnung")),
                ("file", models.FileField(upload_to=ethics.models.talk.paper_path)),
                ("media_type", models.CharField(max_length=80)),
                ("size", models.PositiveIntegerField()),
                ("hash", models.CharField(max_length=64)),
                ("attached_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to="ethics.reviewcase"
                    ),
                ),
            ],
            options={
                "verbose_name": "Anlage",
                "verbose_name_plural": "Anlagen",
                "ordering": ("attached_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("current", models.BooleanField(default=True)),
                ("assigned_at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assignments", to="ethics.reviewcase"
                    ),
                ),
            ],
            options={
                "verbose_name": "Berichterstattung",
                "verbose_name_plural": "Berichterstattungen",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)), fields=("case",), name="one_current_rapporteur"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="agenda_items", to="ethics.reviewcase"
            ),
        ),
        migrations.CreateModel(
            name="ReviewTalk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="talk", to="ethics.reviewcase"
                    ),
                ),
                (
                    "thread",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="review_talk", to="comments.thread"
                    ),
                ),
            ],
            options={
                "verbose_name": "Gespräch zu einer Empfehlung",
                "verbose_name_plural": "Gespräche zu Empfehlungen",
            },
        ),
        migrations.CreateModel(
            name="ScreeningAnswerSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("answers", models.JSONField(default=dict, verbose_name="Antworten")),
                ("reason", models.TextField(blank=True, verbose_name="Begründung")),
                ("outcome", models.CharField(blank=True, max_length=20, verbose_name="Ergebnis")),
                ("reasons", models.JSONField(default=list, verbose_name="Gründe")),
                ("open_questions", models.JSONField(default=list, verbose_name="offene Fragen")),
                ("hints", models.JSONField(default=list, verbose_name="Hinweise")),
                (
                    "overridden_outcome",
                    models.CharField(blank=True, max_length=20, verbose_name="abweichendes Ergebnis"),
                ),
                ("override_reason", models.TextField(blank=True, verbose_name="Grund der Abweichung")),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="screening", to="ethics.caseversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "Schwellwertprüfung",
                "verbose_name_plural": "Schwellwertprüfungen",
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "procedure",
                    models.CharField(
                        choices=[("sitzung", "in der Sitzung"), ("umlauf", "im Umlaufverfahren")],
                        default="sitzung",
                        max_length=10,
                        verbose_name="Verfahren",
                    ),
                ),
                ("due", models.DateTimeField(blank=True, null=True, verbose_name="Stimmen bis")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("empfehlung", "Empfehlung"),
                            ("empfehlung_mit_auflagen", "Empfehlung mit Auflagen"),
                            ("klaerungsbedarf", "Klärungsbedarf"),
                            ("bedenken", "Bedenken"),
                            ("keine_gemeinsame_position", "Keine gemeinsame Position"),
                        ],
                        max_length=30,
                        verbose_name="beantragte Form",
                    ),
                ),
                ("version_hash", models.CharField(max_length=64)),
                ("motion", models.JSONField(verbose_name="Vorlage")),
                ("motion_hash", models.CharField(max_length=64, verbose_name="Hash der Vorlage")),
                ("rule", models.JSONField(verbose_name="Regel")),
                ("quorum", models.JSONField(verbose_name="Beschlussfähigkeit")),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("tally", models.JSONField(default=dict, verbose_name="Ergebnis")),
                ("carried", models.BooleanField(null=True, verbose_name="angenommen")),
                (
                    "agenda_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="ethics.agendaitem",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="ethics.reviewcase"
                    ),
                ),
                (
                    "presiding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "Abstimmung",
                "verbose_name_plural": "Abstimmungen",
                "ordering": ("opened_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)), fields=("case",), name="one_open_vote"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("carried__isnull", True), ("closed_at__isnull", True)),
                            models.Q(("carried__isnull", False), ("closed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="closed_vote_has_result",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agenda_item__isnull", False), ("procedure", "sitzung")),
                            models.Q(("agenda_item__isnull", True), ("due__isnull", False), ("procedure", "umlauf")),
                            _connector="OR",
                        ),
                        name="vote_in_a_meeting_or_in_writing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "choice",
                    models.CharField(
                        choices=[("ja", "Ja"), ("nein", "Nein"), ("enthaltung", "Enthaltung")],
                        max_length=10,
                        verbose_name="Stimme",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "vote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ballots", to="ethics.vote"
                    ),
                ),
            ],
            options={
                "verbose_name": "Stimme",
                "verbose_name_plural": "Stimmen",
                "constraints": [models.UniqueConstraint(fields=("vote", "member"), name="one_ballot_a_member")],
            },
        ),
        migrations.CreateModel(
            name="WrittenObjection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(blank=True, verbose_name="Grund")),
                ("raised_at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "vote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="objections", to="ethics.vote"
                    ),
                ),
            ],
            options={
                "verbose_name": "Widerspruch gegen das Umlaufverfahren",
                "verbose_name_plural": "Widersprüche gegen das Umlaufverfahren",
            },
        ),
        migrations.CreateModel(
            name="CouncilSeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "function",
                    models.CharField(
                        choices=[
                            ("vorsitz", "Vorsitz"),
                            ("stellvertretung", "Stellvertretung"),
                            ("mitglied", "Mitglied"),
                        ],
                        default="mitglied",
                        max_length=20,
                        verbose_name="Funktion",
                    ),
                ),
                ("since", models.DateField(verbose_name="seit")),
                ("until", models.DateField(blank=True, null=True, verbose_name="bis")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="council_seats",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "Sitz im Ethikrat",
                "verbose_name_plural": "Sitze im Ethikrat",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)), fields=("user",), name="one_current_seat_a_person"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("function", "vorsitz"), ("until__isnull", True)),
                        fields=("function",),
                        name="one_current_chair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="seat_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="caseversion",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="version_number_once"),
        ),
        migrations.AddConstraint(
            model_name="caseversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("frozen_at__isnull", True)), fields=("case",), name="one_open_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(fields=("meeting", "case"), name="case_once_a_meeting"),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("current", True)), fields=("case",), name="one_current_agenda_item"
            ),
        ),
    ]
