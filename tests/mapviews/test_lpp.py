"""Cayenne Low Power Payload: every type of the table, alone and behind each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapviews.lorawan.payloads import lpp

# Every type of Cayenne's table (and IPSO's additions), with its largest and, where signed, its lowest value.
CAYENNE = [
    ("0000ff", {"digital_in_0": 255.0}),
    ("0101ff", {"digital_out_1": 255.0}),
    ("02027fff", {"analog_in_2": 327.67}),
    ("0202ffff", {"analog_in_2": -0.01}),
    ("03038000", {"analog_out_3": -327.68}),
    ("0464ffffffff", {"generic_4": 4294967295.0}),
    ("0565ffff", {"luminosity_5": 65535.0}),
    ("066601", {"presence_6": 1.0}),
    ("0767ffd7", {"temperature_7": -4.1}),
    ("0868ff", {"relative_humidity_8": 127.5}),
    ("097104d2fb2e0000", {"accelerometer_9.x": 1.234, "accelerometer_9.y": -1.234, "accelerometer_9.z": 0.0}),
    ("0a7327d8", {"barometric_pressure_10": 1020.0}),
    ("0b7400e6", {"voltage_11": 2.3}),
    ("0c7503e8", {"current_12": 1.0}),
    ("0d76338da6a0", {"frequency_13": 864921248.0}),
    ("0e7864", {"percentage_14": 100.0}),
    ("0f79fffe", {"altitude_15": -2.0}),
    ("107affd8f0", {"load_16": -10.0}),
    ("117d01f4", {"concentration_17": 500.0}),
    ("128003e8", {"power_18": 1000.0}),
    ("1382000003e8", {"distance_19": 1.0}),
    ("1483000003e8", {"energy_20": 1.0}),
    ("1584010e", {"direction_21": 270.0}),
    ("168563000000", {}),
    ("1786ff9c00640000", {"gyrometer_23.x": -1.0, "gyrometer_23.y": 1.0, "gyrometer_23.z": 0.0}),
    ("1887ff0000", {}),
    ("198806765ff2960a0003e8", {}),
    ("1a8e01", {"switch_26": 1.0}),
]


@pytest.mark.parametrize(("payload", "readings"), CAYENNE)
def test_each_cayenne_type(payload: str, readings: dict[str, float]) -> None:
    assert lpp.decode(bytes.fromhex(payload)) == readings
    assert lpp.decode(bytes.fromhex(payload)[:-1]) is None


def test_cayenne_types_stand_behind_each_other() -> None:
    every = lpp.decode(bytes.fromhex("".join(payload for payload, _readings in CAYENNE)))
    merged: dict[str, float] = {}
    for _payload, readings in CAYENNE:
        merged |= readings
    assert every == merged


@given(st.binary(max_size=60))
def test_cayenne_decodes_whole_payloads_or_nothing(payload: bytes) -> None:
    found = lpp.decode(payload)
    assert found is None or all(isinstance(value, float) for value in found.values())
