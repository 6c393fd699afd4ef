"""The one path on which values enter: `ingest(batch)`. Every door uses it."""

from mapviews.domain.ingest.batch import Batch, Reading, Refused, Result, ingest
from mapviews.domain.ingest.store import store

__all__ = ["Batch", "Reading", "Refused", "Result", "ingest", "store"]
