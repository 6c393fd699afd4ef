import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0003_steering"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Matter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sample", models.BooleanField(default=False, help_text="Erfunden, um das Portal zu zeigen; keine Aussage der Stadt.", verbose_name="Beispieldaten")),
                ("kind", models.CharField(max_length=30)),
                ("object_key", models.CharField(max_length=64)),
                ("state", models.CharField(choices=[("visible", "sichtbar"), ("held", "wird geprüft"), ("hidden", "ausgeblendet"), ("deleted", "gelöscht")], default="visible", max_length=10, verbose_name="Zustand")),
                ("lane", models.CharField(choices=[("objection", "Widerspruch"), ("held", "Angehalten"), ("noticed", "Gemeldet"), ("new", "Neu"), ("done", "Erledigt")], default="new", max_length=10, verbose_name="Stand")),
                ("waiting", models.BooleanField(default=False)),
                ("rule", models.CharField(blank=True, max_length=40)),
                ("held_until", models.DateTimeField(blank=True, null=True, verbose_name="wird entschieden bis")),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("open_notices", models.PositiveIntegerField(default=0)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("author", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="matters", to=settings.AUTH_USER_MODEL)),
                ("taken_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"verbose_name": "Vorgang der Moderation", "verbose_name_plural": "Vorgänge der Moderation"},
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["waiting", "due_at", "id"], name="matter_waiting"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["lane", "due_at", "id"], name="matter_lane"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["author", "state"], name="matter_author"),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.UniqueConstraint(fields=("kind", "object_key"), name="matter_once"),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("state", "held"), _negated=True), ("held_until__isnull", False), _connector="OR"),
                name="matter_held_has_a_date",
            ),
        ),
        migrations.AddField(
            model_name="moderationdecision",
            name="until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="gesperrt bis"),
        ),
        migrations.AddField(model_name="notice", name="sender", field=models.CharField(blank=True, max_length=32)),
        migrations.AddField(
            model_name="moderationdecision",
            name="matter",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="comments.matter"),
        ),
        migrations.AddField(
            model_name="notice",
            name="matter",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="comments.matter"),
        ),
    ]
