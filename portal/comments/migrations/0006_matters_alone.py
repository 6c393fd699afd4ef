import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0005_fill_matters")]

    operations = [
        migrations.RemoveConstraint(model_name="moderationdecision", name="decision_to_hide_has_reasons"),
        migrations.RemoveIndex(model_name="moderationdecision", name="comments_mo_comment_48493c_idx"),
        migrations.RemoveIndex(model_name="notice", name="notice_open"),
        migrations.RemoveField(model_name="moderationdecision", name="comment"),
        migrations.RemoveField(model_name="notice", name="comment"),
        migrations.AlterField(
            model_name="moderationdecision",
            name="matter",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="comments.matter"),
        ),
        migrations.AlterField(
            model_name="notice",
            name="matter",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="comments.matter"),
        ),
        migrations.AlterField(
            model_name="moderationdecision",
            name="measure",
            field=models.CharField(choices=[("hide", "ausgeblendet"), ("delete", "gelöscht"), ("hold", "angehalten"), ("warn", "verwarnt"), ("block", "Schreiben gesperrt"), ("restore", "wieder sichtbar"), ("release", "freigegeben"), ("keep", "bleibt sichtbar"), ("unblock", "Sperre aufgehoben"), ("gone", "von der Person selbst gelöscht")], max_length=10, verbose_name="Maßnahme"),
        ),
        migrations.AddIndex(
            model_name="moderationdecision",
            index=models.Index(fields=["matter", "-created_at"], name="decision_of_matter"),
        ),
        migrations.AddIndex(
            model_name="moderationdecision",
            index=models.Index(fields=["created_at", "measure"], name="decision_by_time"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=models.Q(("decision", None)), fields=["matter"], name="notice_open"),
        ),
        migrations.AddIndex(model_name="notice", index=models.Index(fields=["created_at"], name="notice_by_time")),
        migrations.AddConstraint(
            model_name="moderationdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("measure__in", ("hide", "delete", "hold", "warn", "block")), _negated=True),
                    models.Q(models.Q(("reason", ""), _negated=True), models.Q(("facts", ""), _negated=True)),
                    _connector="OR",
                ),
                name="decision_to_restrict_has_reasons",
            ),
        ),
        migrations.AddConstraint(
            model_name="moderationdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("measure", "block"), _negated=True), ("until__isnull", False), _connector="OR"),
                name="decision_to_block_has_an_end",
            ),
        ),
    ]
