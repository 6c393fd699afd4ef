"""An order of stations by name without sorting them all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mapviews", "0001_squashed_0008"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="station",
            index=models.Index(fields=["name", "id"], name="station_name"),
        ),
    ]
