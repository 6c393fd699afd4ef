"""Which phenomenon a sender means by a key such as `SDS_P1`, `object.TempC_DS` or `lpp.temperature_1`."""

from __future__ import annotations

import re
from typing import NamedTuple


class Meaning(NamedTuple):
    """`factor` turns the sender's usual unit into the phenomenon's canonical unit."""

    phenomenon: str
    unit: str = ""
    factor: float = 1.0


NAMES: dict[str, str] = {
    "pm10": "pm10", "p1": "pm10", "pm100": "pm10", "pm10_0": "pm10", "pm_10": "pm10", "feinstaub_pm10": "pm10",
    "pm25": "pm25", "p2": "pm25", "pm2_5": "pm25", "pm2p5": "pm25", "pm_2_5": "pm25", "pm02": "pm25",
    "pm1": "pm1", "p0": "pm1", "pm1_0": "pm1", "pm01": "pm1",
    "temperature": "temperature", "temp": "temperature", "tempc": "temperature", "temperatur": "temperature",
    "air_temperature": "temperature", "airtemperature": "temperature", "t": "temperature", "temp_c": "temperature",
    "temperature_c": "temperature", "lufttemperatur": "temperature", "temperaturesensor": "temperature",
    "humidity": "humidity", "hum": "humidity", "rh": "humidity", "relative_humidity": "humidity", "h": "humidity",
    "luftfeuchte": "humidity", "luftfeuchtigkeit": "humidity", "rel_luftfeuchte": "humidity", "hum_sht": "humidity",
    "air_humidity": "humidity", "airhumidity": "humidity", "humiditysensor": "humidity",
    "pressure": "pressure", "luftdruck": "pressure", "barometer": "pressure", "barometric_pressure": "pressure",
    "press": "pressure", "air_pressure": "pressure", "airpressure": "pressure",
    "noise": "noise", "noise_laeq": "noise", "laeq": "noise", "dba": "noise", "db": "noise", "laerm": "noise",
    "lautstaerke": "noise", "sound_level": "noise", "soundlevel": "noise", "noise_level": "noise",
    "illuminance": "illuminance", "luminosity": "illuminance", "lux": "illuminance", "light": "illuminance",
    "beleuchtungsstaerke": "illuminance", "illumination": "illuminance", "ill_lx": "illuminance",
    "water_level": "water_level", "waterlevel": "water_level", "wasserstand": "water_level", "pegel": "water_level",
    "soil_moisture": "soil_moisture", "soilmoisture": "soil_moisture", "bodenfeuchte": "soil_moisture",
    "water_soil": "soil_moisture", "vwc": "soil_moisture",
    "soil_temperature": "soil_temperature", "soiltemperature": "soil_temperature", "temp_soil": "soil_temperature",
    "bodentemperatur": "soil_temperature",
    "co2": "co2", "co2_ppm": "co2", "co2_concentration": "co2", "no2": "no2", "ozone": "ozone", "o3": "ozone",
    "wind_speed": "wind_speed", "windspeed": "wind_speed", "wind_direction": "wind_direction",
    "winddirection": "wind_direction", "rain": "precipitation", "rainfall": "precipitation",
    "precipitation": "precipitation", "niederschlag": "precipitation", "uv_index": "uv_index", "uvi": "uv_index",
    "radiation": "radiation", "counts_per_minute": "count", "count": "count", "counter": "count", "people": "count",
    "occupancy": "occupancy", "occupied": "occupancy", "presence": "occupancy", "distance": "distance",
    "light_intensity": "illuminance", "lightintensity": "illuminance",
    "fill_level": "fill_level", "filllevel": "fill_level", "fuellstand": "fill_level",
    "battery": "battery", "bat": "battery", "batv": "battery", "bat_v": "battery", "battery_voltage": "battery",
    "vbat": "battery", "batteryvoltage": "battery", "battery_level": "battery_level", "batterylevel": "battery_level",
    "battery_percent": "battery_level", "voltage": "voltage", "signal": "signal", "rssi": "signal",
}  # fmt: skip
# Prefixes are sensors (`SDS_P1`, `BME280_temperature`), suffixes channels, sensors or units (`TempC_DS`, `Hum_SHT`).
SENSORS = {
    "sds", "sds011", "sps30", "sps", "pms", "pms5003", "pms7003", "hpm", "bme280", "bmp280", "bmp180", "bmp", "bme",
    "bme680", "dht", "dht22", "dht11", "htu21d", "sht", "sht3x", "sht31", "sht30", "sht35", "sht85", "ds18b20", "ds",
    "scd30", "npm", "noise", "dnms", "object", "env", "sensor", "bh1750", "veml", "hdc1080", "air", "aht20", "ms8607",
    "ip", "gc", "ext", "int", "avg", "mean", "value", "wert", "current", "si22g", "sbm20", "ppd42ns",
}  # fmt: skip
UNITS = {"c", "degc", "celsius", "pct", "percent", "hpa", "pa", "ugm3", "lx", "ppm", "cm", "mm", "m", "v", "mv", "dba"}
# A unit at the end of a key that is not the phenomenon's own.
SCALES = {
    ("distance", "mm"): 0.001, ("distance", "cm"): 0.01, ("water_level", "mm"): 0.1, ("water_level", "m"): 100.0,
    ("precipitation", "cm"): 10.0, ("voltage", "mv"): 0.001, ("battery", "mv"): 0.001,
}  # fmt: skip
# Below these a name means something else than alone: `soil.temperature`, `water.temperature`, `battery.voltage`.
PARTS = {"soil", "wind", "water", "battery", "device", "board", "cpu", "chip"}
FURTHEST = 50  # metres; what a decoder gives beyond is in millimetres, as ultrasonic devices send it
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])")


def meaning(key: str, value: float | None = None, *, pascal: bool = False) -> Meaning | None:
    """What `key` means, or None. `value` tells Pa from hPa and mV from V; `pascal`: the sender always uses Pa."""
    path = [_plain(part) for part in key.split(".")]
    for candidate in _candidates(path):
        slug = NAMES.get(candidate)
        if slug is None:
            continue
        unit = path[-1].rsplit("_", 1)[-1]
        if (slug, unit) in SCALES:
            return Meaning(slug, "mV" if unit == "mv" else unit, SCALES[slug, unit])
        if slug == "distance" and len(path) > 1 and path[0] != "lpp" and value is not None and value > FURTHEST:
            return Meaning(slug, "mm", 0.001)
        if slug == "pressure" and (pascal or (value is not None and value > 5000)):
            return Meaning(slug, "Pa", 0.01)
        if slug == "battery" and value is not None and value > 100:
            return Meaning(slug, "mV", 0.001)
        if slug == "battery" and value is not None and value > 20:
            return Meaning("battery_level", "%")
        return Meaning(slug)
    return None


def _candidates(path: list[str]) -> list[str]:
    while len(path) > 1 and (path[-1].isdigit() or path[-1] in ("value", "wert")):
        path = path[:-1]  # `object.temperatureSensor.1`, `object.values.0`, `object.air_temperature.value`
    last = path[-1]
    if len(path) > 2 and path[-2] in PARTS:
        return [f"{path[-2]}_{last}"]
    found = [last]
    words = last.split("_")
    while len(words) > 1 and (words[-1].isdigit() or words[-1] in SENSORS | UNITS):
        words = words[:-1]
        found.append("_".join(words))
    words = last.split("_")
    while len(words) > 1 and (words[0] in SENSORS or words[0].isdigit()):
        words = words[1:]
        found.append("_".join(words))
        if words[-1] in SENSORS | UNITS or words[-1].isdigit():
            found.append("_".join(words[:-1]))
    return found


def _plain(segment: str) -> str:
    """Lower snake case without umlauts, brackets and units: `PM2.5 (µg/m³)` -> `pm2_5`."""
    text = re.sub(r"[\[(].*", "", segment.strip())
    text = _CAMEL.sub("_", text).lower()
    for old, new in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("₂", "2")):
        text = text.replace(old, new)
    text = re.sub(r"[^a-z0-9]+", "_", text).strip("_")
    return text
