"""Follows point to topics instead of projects; lines of the log learn their topics."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

CADENCES = [
    ("at_once", "sofort"),
    ("daily", "einmal am Tag, morgens um sieben"),
    ("weekly", "einmal in der Woche, montags"),
    ("never", "keine Mails"),
]
BATCH = 500


def move(apps, schema_editor):
    Activity, ActivityTopic, Follow, Topic = (
        apps.get_model("activity", name) for name in ("Activity", "ActivityTopic", "Follow", "Topic")
    )
    made = {}

    def topic(key):
        if key not in made:
            made[key] = Topic.objects.create(key=key).pk
        return made[key]

    for follow in Follow.objects.all().iterator():
        Follow.objects.filter(pk=follow.pk).update(topic=topic(f"project:{follow.project_id}"))
    lines = []
    for activity in Activity.objects.exclude(project=None).select_related("project").iterator():
        for key in (f"project:{activity.project_id}", f"area:{activity.project.area}"):
            lines.append(ActivityTopic(activity=activity, topic_id=topic(key), at=activity.occurred_at))
        if len(lines) >= BATCH:
            ActivityTopic.objects.bulk_create(lines)
            lines = []
    ActivityTopic.objects.bulk_create(lines)


def refuse(apps, schema_editor):
    """Back: follows of projects return; others have no place in the old table."""
    Follow, Topic = apps.get_model("activity", "Follow"), apps.get_model("activity", "Topic")
    for follow in Follow.objects.select_related("topic"):
        target, _colon, number = follow.topic.key.partition(":")
        if target == "project":
            Follow.objects.filter(pk=follow.pk).update(project_id=int(number))
        else:
            follow.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("activity", "0003_follows"),
        ("projects", "0003_programme_note"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=120, unique=True)),
            ],
            options={"verbose_name": "Thema", "verbose_name_plural": "Themen"},
        ),
        migrations.CreateModel(
            name="ActivityTopic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="topics", to="activity.activity"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="activity.topic"
                    ),
                ),
            ],
            options={
                "verbose_name": "Zuordnung einer Neuigkeit",
                "verbose_name_plural": "Zuordnungen von Neuigkeiten",
            },
        ),
        migrations.CreateModel(
            name="DigestRun",
            fields=[
                (
                    "cadence",
                    models.CharField(choices=CADENCES, max_length=10, primary_key=True, serialize=False),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("cursor", models.BigIntegerField(default=0)),
                ("finished", models.BooleanField(default=True)),
                ("mails", models.PositiveIntegerField(default=0)),
            ],
            options={"verbose_name": "Stand der Sammelmails", "verbose_name_plural": "Stände der Sammelmails"},
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="activity_preference",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "notes_cadence",
                    models.CharField(choices=CADENCES, default="weekly", max_length=10, verbose_name="Mails"),
                ),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={"verbose_name": "Wunsch zu Mails", "verbose_name_plural": "Wünsche zu Mails"},
        ),
        migrations.AddField(
            model_name="follow",
            name="topic",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="follows", to="activity.topic"
            ),
        ),
        migrations.AlterField(
            model_name="follow",
            name="project",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="follows", to="projects.project"
            ),
        ),
        migrations.RunPython(move, refuse),
    ]
