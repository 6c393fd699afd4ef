"""The old columns of follows go; indexes for the walk of the digests come. Apart from the data step for PostgreSQL."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CADENCES = [
    ("at_once", "sofort"),
    ("daily", "einmal am Tag, morgens um sieben"),
    ("weekly", "einmal in der Woche, montags"),
    ("never", "keine Mails"),
]


class Migration(migrations.Migration):
    dependencies = [("activity", "0004_topics"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.RemoveConstraint(model_name="follow", name="activity_follow_once"),
        migrations.RemoveIndex(model_name="follow", name="activity_fo_cadence_3db479_idx"),
        migrations.RemoveField(model_name="follow", name="project"),
        migrations.RemoveField(model_name="follow", name="mailed_until"),
        migrations.AlterField(
            model_name="follow",
            name="topic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="follows", to="activity.topic"
            ),
        ),
        migrations.AlterField(
            model_name="follow",
            name="cadence",
            field=models.CharField(choices=CADENCES, default="weekly", max_length=10, verbose_name="Mails"),
        ),
        migrations.AddConstraint(
            model_name="follow",
            constraint=models.UniqueConstraint(fields=("user", "topic"), name="activity_follow_topic_once"),
        ),
        migrations.AddIndex(
            model_name="follow",
            index=models.Index(fields=["cadence", "user", "topic"], name="activity_follow_walk"),
        ),
        migrations.AddConstraint(
            model_name="activitytopic",
            constraint=models.UniqueConstraint(fields=("activity", "topic"), name="activity_topic_once"),
        ),
        migrations.AddIndex(
            model_name="activitytopic",
            index=models.Index(fields=["topic", "at"], name="activity_line_of_topic"),
        ),
        migrations.AddIndex(
            model_name="activitytopic",
            index=models.Index(fields=["at", "topic"], name="activity_line_since"),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(fields=["created_at", "user"], name="activity_note_since"),
        ),
    ]
