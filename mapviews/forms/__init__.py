"""Input of residents (stations, uploads, care) and of the sensor desk."""

from mapviews.forms.care import HandoverForm, RangeForm, SilenceForm, ThresholdForm, calibration_form
from mapviews.forms.desk import ChannelForm, DevicesForm, MapDeviceForm, MoveDeviceForm, SourceForm, SourceRulesForm
from mapviews.forms.live_map import LiveMapFilter, MomentForm
from mapviews.forms.stations import (
    ColumnsForm,
    DeleteForm,
    HideForm,
    PhenomenonFilter,
    PlaceForm,
    StationChangeForm,
    StationForm,
    UploadForm,
)

__all__ = [
    "ChannelForm",
    "ColumnsForm",
    "DeleteForm",
    "DevicesForm",
    "HandoverForm",
    "HideForm",
    "LiveMapFilter",
    "MapDeviceForm",
    "MomentForm",
    "MoveDeviceForm",
    "PhenomenonFilter",
    "PlaceForm",
    "RangeForm",
    "SilenceForm",
    "SourceForm",
    "SourceRulesForm",
    "StationChangeForm",
    "StationForm",
    "ThresholdForm",
    "UploadForm",
    "calibration_form",
]
