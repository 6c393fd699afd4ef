from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_comments")]

    operations = [
        migrations.AlterModelOptions(
            name="thread",
            options={
                "permissions": [("steer_thread", "Gespräche schließen und Kommentare anheften")],
                "verbose_name": "Gesprächsfaden",
                "verbose_name_plural": "Gesprächsfäden",
            },
        ),
        migrations.AddField(
            model_name="thread",
            name="closed_reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="Warum geschlossen"),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_at", None), models.Q(("closed_reason", ""), _negated=True), _connector="OR"),
                name="thread_closed_has_a_reason",
            ),
        ),
        migrations.RemoveIndex(model_name="comment", name="comment_of_thread"),
        migrations.RemoveIndex(model_name="comment", name="comment_supported"),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                fields=["thread", "parent", "-pinned", "-created_at", "-id"], name="comment_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                fields=["thread", "parent", "-pinned", "-support_count", "-created_at", "-id"],
                name="comment_supported",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["thread", "state", "parent"], name="comment_counted"),
        ),
    ]
