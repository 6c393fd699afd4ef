"""Input of residents (stations, uploads, care) and of the sensor desk."""

from mapviews.forms.care import HandoverForm, RangeForm, SilenceForm, ThresholdForm, calibration_form
from mapviews.forms.stations import (
    ColumnsForm,
    DeleteForm,
    HideForm,
    MapDeviceForm,
    PhenomenonFilter,
    PlaceForm,
    SourceForm,
    StationForm,
    UploadForm,
)

__all__ = [
    "ColumnsForm",
    "DeleteForm",
    "HandoverForm",
    "HideForm",
    "MapDeviceForm",
    "PhenomenonFilter",
    "PlaceForm",
    "RangeForm",
    "SilenceForm",
    "SourceForm",
    "StationForm",
    "ThresholdForm",
    "UploadForm",
    "calibration_form",
]
