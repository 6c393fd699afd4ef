"""Tables of sensors; the design is docs/explanation/sensors.md."""

from mapviews.models.care import Calibration, Handover, Threshold
from mapviews.models.classroom import ClassBox, ClassInvitation, ClassNote, Classroom, Pupil
from mapviews.models.lab import LabChart, ServiceSupport, SmartService
from mapviews.models.measurements import DirtyBucket, Measurement, RollupDay, RollupHour
from mapviews.models.mobile import Fix, MobileCell
from mapviews.models.sources import Device, RawMessage, Source
from mapviews.models.stations import Channel, Phenomenon, Station, StationLocation
from mapviews.models.texts import WithheldText
from mapviews.models.uploads import UploadJob, UploadRowError

__all__ = [
    "Calibration",
    "Channel",
    "ClassBox",
    "ClassInvitation",
    "ClassNote",
    "Classroom",
    "Device",
    "DirtyBucket",
    "Fix",
    "Handover",
    "LabChart",
    "Measurement",
    "MobileCell",
    "Phenomenon",
    "Pupil",
    "RawMessage",
    "RollupDay",
    "RollupHour",
    "ServiceSupport",
    "SmartService",
    "Source",
    "Station",
    "StationLocation",
    "Threshold",
    "UploadJob",
    "UploadRowError",
    "WithheldText",
]
