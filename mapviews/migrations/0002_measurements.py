"""Measurements and their sums. SQLite: WITHOUT ROWID; PostgreSQL: monthly range partitions of `ts` with BRIN (SENSORS.md)."""

import django.db.models.deletion
import django.db.models.fields.composite
from django.db import migrations, models

SUMS = (
    "(channel_id bigint NOT NULL, bucket bigint NOT NULL, n integer NOT NULL, total {real}, minimum {real},"
    " maximum {real}, flagged integer NOT NULL, PRIMARY KEY (channel_id, bucket)){tail}"
)
DIRTY = "(channel_id bigint NOT NULL, bucket bigint NOT NULL, PRIMARY KEY (channel_id, bucket)){tail}"


def create(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    real, tail = ("real", " WITHOUT ROWID") if sqlite else ("double precision", "")
    values = (
        f"(channel_id bigint NOT NULL, ts bigint NOT NULL, value {real} NOT NULL,"
        " flags smallint NOT NULL DEFAULT 0, PRIMARY KEY (channel_id, ts))"
    )
    partition = "" if sqlite else " PARTITION BY RANGE (ts)"
    schema_editor.execute(f"CREATE TABLE mapviews_measurement {values}{tail}{partition}")
    if not sqlite:
        schema_editor.execute("CREATE INDEX mapviews_measurement_ts_brin ON mapviews_measurement USING brin (ts)")
    for table in ("mapviews_rolluphour", "mapviews_rollupday"):
        schema_editor.execute(f"CREATE TABLE {table} " + SUMS.format(real=real, tail=tail))
    schema_editor.execute("CREATE TABLE mapviews_dirtybucket " + DIRTY.format(tail=tail))


def drop(apps, schema_editor):
    for table in ("measurement", "rolluphour", "rollupday", "dirtybucket"):
        schema_editor.execute(f"DROP TABLE mapviews_{table}")


class Migration(migrations.Migration):
    dependencies = [("mapviews", "0001_stations")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(create, drop)],
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
    ]
