from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_programme_note")]

    operations = [
        migrations.AddField(
            model_name="place",
            name="district",
            field=models.CharField(
                blank=True,
                default="",
                choices=[
                    ("kernstadt", "Kernstadt"),
                    ("schloss-neuhaus", "Schloß Neuhaus"),
                    ("sande", "Sande"),
                    ("elsen", "Elsen"),
                    ("wewer", "Wewer"),
                    ("dahl", "Dahl"),
                    ("benhausen", "Benhausen"),
                    ("neuenbeken", "Neuenbeken"),
                    ("marienloh", "Marienloh"),
                ],
                help_text="Wer ihm folgt, erfährt vom Projekt.",
                max_length=20,
                verbose_name="Stadtteil",
            ),
        ),
    ]
