"""Ready device templates: how the usual decoders of parking, level, waste, weather and counting devices call things."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

Meant = tuple[str, str, float]


@dataclass(frozen=True)
class Template:
    """`keys` maps the last part of a key (lower case) to phenomenon, unit as sent and factor to the canonical unit."""

    slug: str
    label: Any
    keys: dict[str, Meant] = field(default_factory=dict)


def _called(phenomenon: str, unit: str, names: str, factor: float = 1.0) -> dict[str, Meant]:
    return dict.fromkeys(names.split(), (phenomenon, unit, factor))


POWER = (
    _called("battery", "V", "battery batv bat battery_voltage vbat")
    | _called("battery", "mV", "battery_mv bat_mv", 0.001)
    | _called("battery_level", "%", "battery_level battery_percent batterylevel")
)
TEMPERATURE = _called("temperature", "Cel", "temperature temp tempc tempc_sht tempc_ds air_temperature")
DISTANCE = (
    _called("distance", "mm", "distance distance_mm", 0.001)
    | _called("distance", "cm", "distance_cm", 0.01)
    | _called("distance", "m", "distance_m")
)
TEMPLATES = (
    Template(
        "parking",
        _("Parkplatz"),
        POWER
        | TEMPERATURE
        | _called("occupancy", "1", "parking occupied occupancy car carstatus parking_status presence"),
    ),
    Template(
        "water",
        _("Wasserstand"),
        POWER
        | TEMPERATURE
        | DISTANCE
        | _called("water_level", "cm", "water_level waterlevel level pegel water_level_cm depth")
        | _called("water_level", "mm", "water_level_mm", 0.1)
        | _called("water_level", "m", "water_level_m depth_m water_deep", 100.0),
    ),
    Template(
        "waste",
        _("Abfallbehälter"),
        POWER
        | TEMPERATURE
        | DISTANCE
        | _called("fill_level", "%", "fill_level filllevel fill fuellstand percent_full"),
    ),
    Template(
        "weather",
        _("Wetter"),
        POWER
        | TEMPERATURE
        | _called("humidity", "%", "humidity hum hum_sht relative_humidity")
        | _called("pressure", "hPa", "pressure barometer barometric_pressure")
        | _called("pressure", "Pa", "pressure_pa", 0.01)
        | _called("wind_speed", "m/s", "wind_speed windspeed")
        | _called("wind_speed", "km/h", "wind_speed_kmh", 1 / 3.6)
        | _called("wind_direction", "deg", "wind_direction winddirection wind_dir")
        | _called("precipitation", "mm", "rain rainfall rain_gauge precipitation")
        | _called("illuminance", "lx", "illumination lux light illuminance")
        | _called("uv_index", "1", "uv_index uvi uv")
        | _called("pm10", "ug/m3", "pm10")
        | _called("pm25", "ug/m3", "pm2_5 pm25"),
    ),
    Template(
        "counting",
        _("Zählung"),
        POWER | _called("count", "1", "count counter people total people_in people_out line_in line_out ltr rtl"),
    ),
)
BY_SLUG = {template.slug: template for template in TEMPLATES}


def meant(template: Template, key: str) -> Meant | None:
    """Phenomenon, unit and factor of `object.Distance_mm` in this template, None where it does not know the key."""
    return template.keys.get(key.rsplit(".", 1)[-1].lower())
