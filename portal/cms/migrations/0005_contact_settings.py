from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cms", "0004_page_types")]

    operations = [
        migrations.CreateModel(
            name="ContactSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("phone", models.CharField(blank=True, max_length=60, verbose_name="Telefon")),
                (
                    "phone_hours",
                    models.CharField(
                        blank=True,
                        help_text="Zum Beispiel: montags bis freitags, 8 bis 16 Uhr",
                        max_length=150,
                        verbose_name="Wann jemand abhebt",
                    ),
                ),
                ("address", models.TextField(blank=True, max_length=400, verbose_name="Anschrift")),
            ],
            options={"verbose_name": "Telefon und Anschrift", "verbose_name_plural": "Telefon und Anschrift"},
        ),
    ]
