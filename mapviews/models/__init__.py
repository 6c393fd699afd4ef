"""Tables of sensors; the design is docs/explanation/sensors.md."""

from mapviews.models.measurements import DirtyBucket, Measurement, RollupDay, RollupHour
from mapviews.models.sources import Device, RawMessage, Source
from mapviews.models.stations import Channel, Phenomenon, Station, StationLocation
from mapviews.models.uploads import UploadJob, UploadRowError

__all__ = [
    "Channel",
    "Device",
    "DirtyBucket",
    "Measurement",
    "Phenomenon",
    "RawMessage",
    "RollupDay",
    "RollupHour",
    "Source",
    "Station",
    "StationLocation",
    "UploadJob",
    "UploadRowError",
]
