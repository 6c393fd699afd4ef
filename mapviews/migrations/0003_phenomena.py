"""The phenomena the portal knows from the start; units are UCUM codes, ranges what is physically possible outdoors."""

from django.db import migrations

CF = "https://vocab.nerc.ac.uk/standard_name/"

# slug, German, English, UCUM unit, shown unit, minimum, maximum, decimals, definition
PHENOMENA = [
    ("pm10", "Feinstaub PM10", "Particulate matter PM10", "ug/m3", "µg/m³", 0, 1000, 1,
     CF + "mass_concentration_of_pm10_ambient_aerosol_particles_in_air/"),
    ("pm25", "Feinstaub PM2,5", "Particulate matter PM2.5", "ug/m3", "µg/m³", 0, 1000, 1,
     CF + "mass_concentration_of_pm2p5_ambient_aerosol_particles_in_air/"),
    ("pm1", "Feinstaub PM1", "Particulate matter PM1", "ug/m3", "µg/m³", 0, 1000, 1,
     CF + "mass_concentration_of_pm1_ambient_aerosol_particles_in_air/"),
    ("temperature", "Temperatur", "Temperature", "Cel", "°C", -60, 80, 1, CF + "air_temperature/"),
    ("humidity", "Luftfeuchte", "Relative humidity", "%", "%", 0, 100, 0, CF + "relative_humidity/"),
    ("pressure", "Luftdruck", "Air pressure", "hPa", "hPa", 300, 1100, 1, CF + "air_pressure/"),
    ("noise", "Lärmpegel", "Noise level", "dB", "dB(A)", 0, 150, 1, ""),
    ("illuminance", "Beleuchtungsstärke", "Illuminance", "lx", "lx", 0, 200000, 0, ""),
    ("water_level", "Wasserstand", "Water level", "cm", "cm", -500, 2000, 0, ""),
    ("soil_moisture", "Bodenfeuchte", "Soil moisture", "%", "%", 0, 100, 1, ""),
    ("soil_temperature", "Bodentemperatur", "Soil temperature", "Cel", "°C", -40, 80, 1, ""),
    ("co2", "Kohlendioxid", "Carbon dioxide", "[ppm]", "ppm", 0, 40000, 0, ""),
    ("no2", "Stickstoffdioxid", "Nitrogen dioxide", "ug/m3", "µg/m³", 0, 2000, 1, ""),
    ("ozone", "Ozon", "Ozone", "ug/m3", "µg/m³", 0, 2000, 1, ""),
    ("wind_speed", "Windgeschwindigkeit", "Wind speed", "m/s", "m/s", 0, 120, 1, CF + "wind_speed/"),
    ("wind_direction", "Windrichtung", "Wind direction", "deg", "°", 0, 360, 0, CF + "wind_from_direction/"),
    ("precipitation", "Niederschlag", "Precipitation", "mm", "mm", 0, 500, 1, ""),
    ("uv_index", "UV-Index", "UV index", "1", "", 0, 20, 1, ""),
    ("radiation", "Gammastrahlung", "Gamma radiation", "uSv/h", "µSv/h", 0, 1000, 2, ""),
    ("distance", "Abstand", "Distance", "m", "m", 0, 10000, 2, ""),
    ("fill_level", "Füllstand", "Fill level", "%", "%", 0, 100, 0, ""),
    ("count", "Zählung", "Count", "1", "", 0, 1000000000, 0, ""),
    ("occupancy", "Belegung", "Occupancy", "1", "", 0, 1, 0, ""),
    ("voltage", "Spannung", "Voltage", "V", "V", -1000, 1000, 2, ""),
    ("battery", "Batterie", "Battery", "V", "V", 0, 60, 2, ""),
    ("battery_level", "Batteriestand", "Battery level", "%", "%", 0, 100, 0, ""),
    ("signal", "Signalstärke", "Signal strength", "dB[mW]", "dBm", -200, 30, 0, ""),
]


def seed(apps, schema_editor):
    model = apps.get_model("mapviews", "Phenomenon")
    for position, (slug, de, en, unit, shown, low, high, decimals, definition) in enumerate(PHENOMENA, 1):
        model.objects.update_or_create(
            slug=slug,
            defaults={
                "label_de": de, "label_en": en, "unit": unit, "unit_label": shown, "minimum": low, "maximum": high,
                "decimals": decimals, "definition": definition, "position": position * 10,
            },
        )


class Migration(migrations.Migration):

    dependencies = [("mapviews", "0002_measurements")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
