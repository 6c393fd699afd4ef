"""Values and their sums by hour and day. Made by vendor in migration 0002; written only by `domain.ingest`."""

from __future__ import annotations

from django.db import models


class Measurement(models.Model):
    """One value. `ts` is milliseconds since 1970 UTC; (channel, ts) is the key, so a value arrives once."""

    pk = models.CompositePrimaryKey("channel_id", "ts")
    channel = models.ForeignKey(
        "mapviews.Channel", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    ts = models.BigIntegerField()
    value = models.FloatField()
    flags = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "mapviews_measurement"

    def __str__(self) -> str:
        return f"{self.channel_id}@{self.ts}"


class Rollup(models.Model):
    """Sums of an hour or UTC day: `n`, `total`, `minimum`, `maximum` leave out values that `flagged` counts."""

    pk = models.CompositePrimaryKey("channel_id", "bucket")
    channel = models.ForeignKey(
        "mapviews.Channel", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    bucket = models.BigIntegerField(help_text="Anfang in ms seit 1970 UTC")
    n = models.IntegerField()
    total = models.FloatField(null=True)
    minimum = models.FloatField(null=True)
    maximum = models.FloatField(null=True)
    flagged = models.IntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.channel_id}@{self.bucket}: {self.n}"


class RollupHour(Rollup):
    class Meta:
        db_table = "mapviews_rolluphour"


class RollupDay(Rollup):
    class Meta:
        db_table = "mapviews_rollupday"


class DirtyBucket(models.Model):
    """An hour of a channel whose sums are to be counted again."""

    pk = models.CompositePrimaryKey("channel_id", "bucket")
    channel = models.ForeignKey(
        "mapviews.Channel", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    bucket = models.BigIntegerField()

    class Meta:
        db_table = "mapviews_dirtybucket"

    def __str__(self) -> str:
        return f"{self.channel_id}@{self.bucket}"
