"""All tables of a new portal in one step; one that has the eight steps before keeps them (`replaces`)."""

import importlib
import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mapviews.models.lab

measurements = importlib.import_module("mapviews.migrations.0002_measurements")
phenomena = importlib.import_module("mapviews.migrations.0003_phenomena")


class Migration(migrations.Migration):
    replaces = [
        ("mapviews", "0001_stations"),
        ("mapviews", "0002_measurements"),
        ("mapviews", "0003_phenomena"),
        ("mapviews", "0004_care_and_mobile"),
        ("mapviews", "0005_withheld_text"),
        ("mapviews", "0006_classroom"),
        ("mapviews", "0007_reallabor"),
        ("mapviews", "0008_map_cells"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("comments", "0008_ground_words"),
        ("projects", "0004_place_district"),
    ]

    operations = [
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="geändert")),
                ("dev_eui", models.CharField(blank=True, db_index=True, max_length=16)),
                ("device_id", models.CharField(blank=True, db_index=True, max_length=120)),
                ("application_id", models.CharField(blank=True, max_length=120)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("last_seen_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "Gerät",
                "verbose_name_plural": "Geräte",
                "ordering": ("-last_seen_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Phenomenon",
            fields=[
                ("slug", models.SlugField(primary_key=True, serialize=False)),
                ("label_de", models.CharField(max_length=80)),
                ("label_en", models.CharField(max_length=80)),
                ("unit", models.CharField(blank=True, max_length=20)),
                ("unit_label", models.CharField(blank=True, max_length=20)),
                ("minimum", models.FloatField(blank=True, null=True)),
                ("maximum", models.FloatField(blank=True, null=True)),
                ("decimals", models.PositiveSmallIntegerField(default=1)),
                ("definition", models.URLField(blank=True)),
                ("position", models.PositiveSmallIntegerField(default=100)),
            ],
            options={
                "verbose_name": "Messgröße",
                "verbose_name_plural": "Messgrößen",
                "ordering": ("position", "slug"),
            },
        ),
        migrations.CreateModel(
            name="Classroom",
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
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("school", "Schulklasse"), ("club", "Kurs, Verein oder Nachbarschaft")],
                        default="school",
                        max_length=10,
                        verbose_name="Art",
                    ),
                ),
                ("description", models.TextField(blank=True, max_length=1000, verbose_name="Beschreibung")),
                ("ends_on", models.DateField(verbose_name="Ende des Schuljahres")),
                ("join_code", models.CharField(blank=True, max_length=12, null=True, unique=True)),
                ("approve_first", models.BooleanField(default=True)),
                ("is_public", models.BooleanField(default=False)),
                ("withheld", models.BooleanField(default=False)),
                ("held_until", models.DateTimeField(blank=True, null=True)),
                ("told_end_at", models.DateTimeField(blank=True, null=True)),
                ("emptied_at", models.DateTimeField(blank=True, null=True)),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="deputy_classrooms",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="classrooms",
                        to="projects.project",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="classrooms",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "Klasse oder Gruppe",
                "verbose_name_plural": "Klassen und Gruppen",
                "ordering": ("name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ClassInvitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="E-Mail-Adresse")),
                ("code_hash", models.CharField(max_length=64, unique=True)),
                ("expires_at", models.DateTimeField()),
                (
                    "offered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "classroom",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitation", to="mapviews.classroom"
                    ),
                ),
            ],
            options={
                "verbose_name": "Einladung zur Vertretung",
                "verbose_name_plural": "Einladungen zur Vertretung",
            },
        ),
        migrations.CreateModel(
            name="Channel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=120, verbose_name="Schlüssel in der Nachricht")),
                ("input_unit", models.CharField(blank=True, max_length=20)),
                ("factor", models.FloatField(default=1.0)),
                ("offset", models.FloatField(default=0.0)),
                ("osem_id", models.CharField(max_length=24, unique=True)),
                ("latest_ts", models.BigIntegerField(blank=True, null=True)),
                ("latest_value", models.FloatField(blank=True, null=True)),
                ("latest_flags", models.PositiveSmallIntegerField(default=0)),
                ("latest_changed", models.BigIntegerField(db_index=True, default=0)),
                ("map_cell", models.BigIntegerField(editable=False, null=True)),
                (
                    "device",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="channels",
                        to="mapviews.device",
                    ),
                ),
                (
                    "phenomenon",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="channels",
                        to="mapviews.phenomenon",
                    ),
                ),
            ],
            options={
                "verbose_name": "Messkanal",
                "verbose_name_plural": "Messkanäle",
                "ordering": ("phenomenon__position", "pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("map_cell__isnull", False)),
                        fields=["phenomenon", "map_cell", "latest_value", "latest_flags"],
                        name="channel_map_cell",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("device", None), _negated=True),
                        fields=("device", "key"),
                        name="channel_key_once_per_device",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LabChart",
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
                ("state", models.CharField(default="visible", max_length=10)),
                ("held_until", models.DateTimeField(blank=True, null=True)),
                ("held_rule", models.CharField(blank=True, max_length=40)),
                ("hidden_reason", models.CharField(blank=True, max_length=20)),
                (
                    "code",
                    models.CharField(default=mapviews.models.lab.new_code, editable=False, max_length=12, unique=True),
                ),
                ("title", models.CharField(max_length=120, verbose_name="Titel")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="Notiz")),
                ("query", models.CharField(max_length=700)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lab_charts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "Diagramm",
                "verbose_name_plural": "Diagramme",
                "ordering": ("-created_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Pupil",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("pseudonym", models.CharField(max_length=30, verbose_name="Name in der Klasse")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("joined_at", models.DateTimeField(auto_now_add=True)),
                (
                    "classroom",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pupils", to="mapviews.classroom"
                    ),
                ),
            ],
            options={
                "verbose_name": "Mitglied einer Klasse",
                "verbose_name_plural": "Mitglieder einer Klasse",
                "ordering": ("pseudonym", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("classroom", "pseudonym"), name="pupil_pseudonym_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ClassNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("starts", models.BigIntegerField()),
                ("ends", models.BigIntegerField(blank=True, null=True)),
                ("text", models.CharField(blank=True, max_length=280, verbose_name="Notiz")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "wartet auf die Lehrkraft"),
                            ("shown", "in der Klasse sichtbar"),
                            ("hidden", "ausgeblendet"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "release",
                    models.CharField(
                        choices=[
                            ("none", "nur in der Klasse"),
                            ("public", "öffentlich"),
                            ("held", "wird von der Moderation geprüft"),
                            ("withdrawn", "von der Moderation zurückgenommen"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                ("held_until", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="class_notes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="class_notes", to="mapviews.channel"
                    ),
                ),
                (
                    "classroom",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="mapviews.classroom"
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="mapviews.pupil",
                    ),
                ),
            ],
            options={
                "verbose_name": "Notiz einer Klasse",
                "verbose_name_plural": "Notizen einer Klasse",
                "ordering": ("-starts", "-pk"),
                "indexes": [models.Index(fields=["channel", "starts"], name="class_note_channel_time")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("release", "public"), _negated=True), ("state", "shown"), _connector="OR"
                        ),
                        name="class_note_public_is_shown",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends", None), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="class_note_ends_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pupil", None), ("author", None), _connector="OR"),
                        name="class_note_one_writer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SmartService",
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
                ("state", models.CharField(default="visible", max_length=10)),
                ("held_until", models.DateTimeField(blank=True, null=True)),
                ("held_rule", models.CharField(blank=True, max_length=40)),
                ("hidden_reason", models.CharField(blank=True, max_length=20)),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="Kurzname in der Adresse")),
                ("title", models.CharField(max_length=120, verbose_name="Name")),
                ("description", models.TextField(max_length=4000, verbose_name="Beschreibung")),
                ("address", models.URLField(max_length=300, verbose_name="Adresse")),
                ("repository", models.URLField(blank=True, max_length=300, verbose_name="Quelltext")),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("EUPL-1.2", "EUPL 1.2"),
                            ("MIT", "MIT"),
                            ("Apache-2.0", "Apache 2.0"),
                            ("GPL-3.0-or-later", "GPL 3.0"),
                            ("AGPL-3.0-or-later", "AGPL 3.0"),
                            ("CC0-1.0", "CC0"),
                            ("other", "eine andere freie Lizenz"),
                        ],
                        max_length=20,
                        verbose_name="Lizenz des Quelltexts",
                    ),
                ),
                ("uses_api", models.BooleanField(default=True, verbose_name="nutzt die Schnittstelle")),
                ("picture", models.FileField(blank=True, upload_to="smart-services/")),
                ("picture_alt", models.CharField(blank=True, max_length=250, verbose_name="Was ist zu sehen?")),
                ("picture_width", models.PositiveIntegerField(default=0)),
                ("picture_height", models.PositiveIntegerField(default=0)),
                ("support_count", models.PositiveIntegerField(default=0)),
                ("shown_at", models.DateTimeField(blank=True, null=True, verbose_name="gezeigt seit")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="smart_services",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "channels",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="mapviews.channel", verbose_name="Messreihen"
                    ),
                ),
                (
                    "phenomena",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="mapviews.phenomenon", verbose_name="Messgrößen"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="smart_services",
                        to="projects.project",
                    ),
                ),
                (
                    "thread",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="smart_service", to="comments.thread"
                    ),
                ),
            ],
            options={
                "verbose_name": "Smart Service",
                "verbose_name_plural": "Smart Services",
                "ordering": ("-shown_at", "-pk"),
                "indexes": [models.Index(fields=["state", "-shown_at", "-id"], name="smart_service_newest")],
            },
        ),
        migrations.CreateModel(
            name="ServiceSupport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="service_supports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="supports", to="mapviews.smartservice"
                    ),
                ),
            ],
            options={
                "verbose_name": "Unterstützung eines Smart Service",
                "verbose_name_plural": "Unterstützungen von Smart Services",
                "constraints": [
                    models.UniqueConstraint(fields=("service", "user"), name="smart_service_supported_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
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
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("chirpstack", "ChirpStack"), ("tts", "The Things Stack")],
                        max_length=12,
                        verbose_name="Art",
                    ),
                ),
                ("secret_hash", models.CharField(max_length=64)),
                (
                    "allowed_applications",
                    models.JSONField(blank=True, default=list, help_text="Kennungen der Anwendungen; leer = alle."),
                ),
                ("auto_map", models.BooleanField(default=False, verbose_name="unbekannte Geräte selbst anlegen")),
                ("is_active", models.BooleanField(default=True, verbose_name="aktiv")),
                ("last_seen_at", models.DateTimeField(blank=True, null=True, verbose_name="zuletzt gehört")),
                (
                    "owner",
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
                "verbose_name": "Quelle",
                "verbose_name_plural": "Quellen",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="RawMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dedup_key", models.CharField(max_length=120, unique=True)),
                ("event", models.CharField(blank=True, max_length=20)),
                ("received_at", models.DateTimeField()),
                ("body", models.BinaryField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "neu"),
                            ("done", "übernommen"),
                            ("unmapped", "Gerät noch nicht zugeordnet"),
                            ("dead", "nicht lesbar"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("error_code", models.CharField(blank=True, max_length=40)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("stored", models.PositiveIntegerField(default=0)),
                (
                    "device",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="messages",
                        to="mapviews.device",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="mapviews.source"
                    ),
                ),
            ],
            options={
                "verbose_name": "Nachricht",
                "verbose_name_plural": "Nachrichten",
                "ordering": ("-received_at", "-pk"),
                "indexes": [
                    models.Index(fields=["state", "-received_at"], name="raw_state"),
                    models.Index(fields=["received_at"], name="raw_received"),
                ],
            },
        ),
        migrations.AddField(
            model_name="device",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="devices", to="mapviews.source"
            ),
        ),
        migrations.CreateModel(
            name="Station",
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
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="Kurzname in der Adresse")),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                ("description", models.TextField(blank=True, max_length=2000, verbose_name="Beschreibung")),
                (
                    "exposure",
                    models.CharField(
                        choices=[("outdoor", "im Freien"), ("indoor", "im Innenraum"), ("mobile", "unterwegs")],
                        default="outdoor",
                        max_length=10,
                        verbose_name="Standort",
                    ),
                ),
                (
                    "publicity",
                    models.CharField(
                        choices=[
                            ("public", "öffentlich, jeder Wert"),
                            ("daily", "öffentlich, nur Tagesmittel"),
                            ("private", "nur für mich"),
                        ],
                        default="public",
                        max_length=10,
                        verbose_name="Sichtbarkeit",
                    ),
                ),
                (
                    "licence",
                    models.CharField(
                        choices=[
                            ("CC0-1.0", "CC0: frei, ohne Namensnennung"),
                            ("CC-BY-4.0", "CC BY 4.0: frei, mit Namensnennung"),
                            ("dl-de/zero-2-0", "Datenlizenz Deutschland Zero 2.0"),
                            ("dl-de/by-2-0", "Datenlizenz Deutschland Namensnennung 2.0"),
                        ],
                        default="CC0-1.0",
                        max_length=20,
                        verbose_name="Lizenz der Daten",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "aktiv"), ("paused", "pausiert"), ("hidden", "ausgeblendet")],
                        default="active",
                        max_length=10,
                        verbose_name="Zustand",
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("token_changed_at", models.DateTimeField()),
                ("push_id", models.CharField(max_length=40, unique=True)),
                ("osem_id", models.CharField(max_length=24, unique=True)),
                ("last_seen_at", models.DateTimeField(blank=True, null=True, verbose_name="zuletzt gehört")),
                (
                    "silence_hours",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Nachricht bei Stille nach Stunden"
                    ),
                ),
                ("silence_told_at", models.DateTimeField(blank=True, null=True)),
                ("share_cells", models.BooleanField(default=False, verbose_name="Werte je Feld und Monat teilen")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="stations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="stations",
                        to="projects.project",
                    ),
                ),
                (
                    "thread",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="station", to="comments.thread"
                    ),
                ),
            ],
            options={
                "verbose_name": "Station",
                "verbose_name_plural": "Stationen",
                "ordering": ("name", "pk"),
                "permissions": [("run_sensor_desk", "Kann Quellen, Geräte und nicht lesbare Nachrichten verwalten")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("exposure", "mobile"), _negated=True), ("publicity", "private"), _connector="OR"
                        ),
                        name="station_mobile_is_private",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("exposure", "indoor"), ("publicity", "public"), _negated=True),
                        name="station_indoor_not_every_value",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="E-Mail-Adresse")),
                ("code_hash", models.CharField(max_length=64, unique=True)),
                ("expires_at", models.DateTimeField()),
                (
                    "offered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "station",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="handover", to="mapviews.station"
                    ),
                ),
            ],
            options={
                "verbose_name": "Übergabe",
                "verbose_name_plural": "Übergaben",
            },
        ),
        migrations.CreateModel(
            name="Fix",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ts", models.BigIntegerField()),
                ("latitude", models.FloatField()),
                ("longitude", models.FloatField()),
                (
                    "station",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="fixes", to="mapviews.station"
                    ),
                ),
            ],
            options={
                "ordering": ("station", "ts"),
                "constraints": [models.UniqueConstraint(fields=("station", "ts"), name="fix_once")],
            },
        ),
        migrations.AddField(
            model_name="device",
            name="station",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="devices",
                to="mapviews.station",
            ),
        ),
        migrations.CreateModel(
            name="ClassBox",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("at_school", models.BooleanField(default=False)),
                ("printed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "classroom",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="boxes", to="mapviews.classroom"
                    ),
                ),
                (
                    "station",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="class_box", to="mapviews.station"
                    ),
                ),
            ],
            options={
                "verbose_name": "Box einer Klasse",
                "verbose_name_plural": "Boxen einer Klasse",
                "ordering": ("classroom", "number"),
                "constraints": [models.UniqueConstraint(fields=("classroom", "number"), name="class_box_number_once")],
            },
        ),
        migrations.AddField(
            model_name="channel",
            name="station",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="channels", to="mapviews.station"
            ),
        ),
        migrations.CreateModel(
            name="StationLocation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateTimeField()),
                ("latitude", models.FloatField()),
                ("longitude", models.FloatField()),
                ("public_latitude", models.FloatField()),
                ("public_longitude", models.FloatField()),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("cell500", "ungefähr: ein Punkt in einem Feld von 500 m"),
                            ("cell2000", "grob: ein Punkt in einem Feld von 2 km"),
                            ("exact", "genau: zum Beispiel bei Schulen und öffentlichen Gebäuden"),
                        ],
                        default="cell500",
                        max_length=10,
                    ),
                ),
                ("is_current", models.BooleanField(default=True)),
                ("map_cell", models.BigIntegerField(editable=False, null=True)),
                (
                    "station",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="locations", to="mapviews.station"
                    ),
                ),
            ],
            options={
                "ordering": ("-valid_from",),
                "indexes": [
                    models.Index(fields=["public_latitude", "public_longitude"], name="station_public_point"),
                    models.Index(
                        condition=models.Q(("map_cell__isnull", False)), fields=["map_cell"], name="location_map_cell"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("station",),
                        name="station_one_current_location",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Threshold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="geändert")),
                (
                    "direction",
                    models.CharField(
                        choices=[("above", "steigt über"), ("below", "fällt unter")],
                        default="above",
                        max_length=5,
                        verbose_name="Richtung",
                    ),
                ),
                ("limit", models.FloatField(verbose_name="Grenze")),
                ("raised", models.BooleanField(default=False)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="thresholds", to="mapviews.channel"
                    ),
                ),
            ],
            options={
                "verbose_name": "Schwelle",
                "verbose_name_plural": "Schwellen",
                "ordering": ("channel", "limit"),
                "constraints": [
                    models.UniqueConstraint(fields=("channel", "direction", "limit"), name="threshold_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="UploadJob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="geändert")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("file_name", models.CharField(max_length=255)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                ("shape", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("preview", "Vorschau"),
                            ("queued", "wartet"),
                            ("running", "läuft"),
                            ("done", "fertig"),
                            ("failed", "abgebrochen"),
                        ],
                        default="preview",
                        max_length=10,
                    ),
                ),
                ("rows", models.PositiveIntegerField(default=0)),
                ("stored", models.PositiveIntegerField(default=0)),
                ("duplicate", models.PositiveIntegerField(default=0)),
                ("conflicting", models.PositiveIntegerField(default=0)),
                ("flagged", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("done_bytes", models.BigIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "station",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="uploads", to="mapviews.station"
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
                "verbose_name": "Upload",
                "verbose_name_plural": "Uploads",
                "ordering": ("-created_at",),
            },
        ),
        migrations.CreateModel(
            name="UploadRowError",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveIntegerField()),
                ("code", models.CharField(max_length=40)),
                ("message", models.CharField(max_length=200)),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="row_errors", to="mapviews.uploadjob"
                    ),
                ),
            ],
            options={
                "ordering": ("line", "pk"),
            },
        ),
        migrations.CreateModel(
            name="WithheldText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="Name")),
                ("slug", models.CharField(blank=True, max_length=80)),
                ("description", models.TextField(blank=True, max_length=2000, verbose_name="Beschreibung")),
                ("held_until", models.DateTimeField(blank=True, null=True, verbose_name="wird entschieden bis")),
                ("reason", models.CharField(blank=True, max_length=20, verbose_name="Grund")),
                (
                    "station",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="withheld", to="mapviews.station"
                    ),
                ),
            ],
            options={
                "verbose_name": "Zurückgehaltener Text",
                "verbose_name_plural": "Zurückgehaltene Texte",
            },
        ),
        migrations.CreateModel(
            name="Calibration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("factor", models.FloatField(default=1.0, verbose_name="Faktor")),
                ("offset", models.FloatField(default=0.0, verbose_name="Versatz")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="Anmerkung")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="calibrations", to="mapviews.channel"
                    ),
                ),
            ],
            options={
                "verbose_name": "Kalibrierung",
                "verbose_name_plural": "Kalibrierungen",
                "ordering": ("channel", "-version"),
                "constraints": [
                    models.UniqueConstraint(fields=("channel", "version"), name="calibration_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("factor", 0), _negated=True), name="calibration_factor_not_zero"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MobileCell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="Monat")),
                ("zone", models.PositiveSmallIntegerField()),
                ("column", models.IntegerField()),
                ("row", models.IntegerField()),
                ("n", models.PositiveIntegerField()),
                ("total", models.FloatField()),
                (
                    "phenomenon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="mapviews.phenomenon"
                    ),
                ),
            ],
            options={
                "verbose_name": "Feld unterwegs",
                "verbose_name_plural": "Felder unterwegs",
                "ordering": ("-month", "zone", "column", "row"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("phenomenon", "month", "zone", "column", "row"), name="mobile_cell_once"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.UniqueConstraint(
                condition=models.Q(("dev_eui", ""), _negated=True), fields=("source", "dev_eui"), name="device_eui_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.UniqueConstraint(
                condition=models.Q(("dev_eui", "")),
                fields=("source", "application_id", "device_id"),
                name="device_id_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="channel",
            constraint=models.UniqueConstraint(
                condition=models.Q(("device", None)), fields=("station", "key"), name="channel_key_once_per_station"
            ),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunPython(
                    code=measurements.create,
                    reverse_code=measurements.drop,
                ),
            ],
            state_operations=[
                migrations.CreateModel(
                    name="DirtyBucket",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "channel_id", "bucket", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("bucket", models.BigIntegerField()),
                        (
                            "channel",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="mapviews.channel",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "mapviews_dirtybucket",
                    },
                ),
                migrations.CreateModel(
                    name="Measurement",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "channel_id", "ts", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("ts", models.BigIntegerField()),
                        ("value", models.FloatField()),
                        ("flags", models.SmallIntegerField(default=0)),
                        (
                            "channel",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="mapviews.channel",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "mapviews_measurement",
                    },
                ),
                migrations.CreateModel(
                    name="RollupDay",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "channel_id", "bucket", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("bucket", models.BigIntegerField(help_text="Anfang in ms seit 1970 UTC")),
                        ("n", models.IntegerField()),
                        ("total", models.FloatField(null=True)),
                        ("minimum", models.FloatField(null=True)),
                        ("maximum", models.FloatField(null=True)),
                        ("flagged", models.IntegerField()),
                        (
                            "channel",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="mapviews.channel",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "mapviews_rollupday",
                    },
                ),
                migrations.CreateModel(
                    name="RollupHour",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "channel_id", "bucket", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("bucket", models.BigIntegerField(help_text="Anfang in ms seit 1970 UTC")),
                        ("n", models.IntegerField()),
                        ("total", models.FloatField(null=True)),
                        ("minimum", models.FloatField(null=True)),
                        ("maximum", models.FloatField(null=True)),
                        ("flagged", models.IntegerField()),
                        (
                            "channel",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="mapviews.channel",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "mapviews_rolluphour",
                    },
                ),
            ],
        ),
        migrations.RunPython(
            code=phenomena.seed,
            reverse_code=migrations.RunPython.noop,
        ),
    ]
