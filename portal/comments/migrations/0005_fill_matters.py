"""Each comment gets its row in the queue; decisions and notices hang on that row from now on."""

from django.db import migrations
from django.utils import timezone


def fill(apps, schema_editor):
    Comment = apps.get_model("comments", "Comment")
    Matter = apps.get_model("comments", "Matter")
    Decision = apps.get_model("comments", "ModerationDecision")
    Notice = apps.get_model("comments", "Notice")
    Objection = apps.get_model("comments", "Objection")
    noticed = dict(Notice.objects.filter(decision=None).order_by("-created_at").values_list("comment", "created_at"))
    objected = dict(
        Objection.objects.filter(decided_at=None).values_list("decision__comment", "created_at")
    )
    now, batch = timezone.now(), []
    for comment in Comment.objects.order_by("pk").iterator(chunk_size=500):
        lane, due = "done", now
        if comment.pk in objected:
            lane, due = "objection", objected[comment.pk]
        elif comment.state == "held":
            lane, due = "held", comment.held_until
        elif comment.pk in noticed:
            lane, due = "noticed", noticed[comment.pk]
        batch.append(
            Matter(
                kind="comment",
                object_key=str(comment.pk),
                author_id=comment.author_id,
                state=comment.state,
                lane=lane,
                waiting=lane != "done",
                due_at=due,
                rule=comment.held_rule if comment.state == "held" else "",
                held_until=comment.held_until if comment.state == "held" else None,
                open_notices=Notice.objects.filter(comment=comment.pk, decision=None).count() if comment.pk in noticed else 0,
                seen_at=now,
                created_at=comment.created_at,
                sample=comment.sample,
            )
        )
    Matter.objects.bulk_create(batch, batch_size=200)
    rows = dict(Matter.objects.filter(kind="comment").values_list("object_key", "pk"))
    for model in (Decision, Notice):
        for pk, comment in list(model.objects.values_list("pk", "comment")):
            model.objects.filter(pk=pk).update(matter=rows[str(comment)])


class Migration(migrations.Migration):
    dependencies = [("comments", "0004_matters")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
