"""The parser takes what the protocol allows and answers everything else with a code, whatever comes."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.live import protocol


def refusal(text):
    with pytest.raises(protocol.ProtocolError) as caught:
        protocol.parse(text)
    return caught.value.code


def test_hello_cmd_and_ping_are_read():
    hello = '{"t":"hello","table":3,"token":"p.x","last_seq":7,"epoch":"e"}'
    assert protocol.parse(hello) == protocol.Hello(3, "p.x", 7, "e")
    assert protocol.parse('{"t":"hello"}') == protocol.Hello(None, None, 0, None)
    cmd = '{"t":"cmd","cid":"k1","op":"card.create","args":{"text":"Hallo"}}'
    assert protocol.parse(cmd) == protocol.Cmd("k1", "card.create", {"text": "Hallo"})
    assert protocol.parse('{"t":"ping","ts":12}') == protocol.Ping(12)
    assert protocol.parse('{"t":"ping"}') == protocol.Ping(None)


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "7", "null", '"hello"', "{}", '{"t":7}', '{"t":"nope"}', '{"t":["hello"]}',
        '{"t":"hello","last_seq":-1}', '{"t":"hello","last_seq":1.5}', '{"t":"hello","last_seq":true}',
        '{"t":"hello","token":7}', '{"t":"hello","epoch":[]}', '{"t":"hello","table":{}}',
        '{"t":"hello","last_seq":99999999999999999999999}', '{"t":"hello","last_seq":NaN}',
        '{"t":"cmd"}', '{"t":"cmd","cid":"","op":"x"}', '{"t":"cmd","cid":"a b","op":"x"}',
        '{"t":"cmd","cid":"' + "k" * 65 + '","op":"x"}', '{"t":"cmd","cid":"k","op":7}',
        '{"t":"cmd","cid":"k","op":"x","args":[]}', "[" * 5000, '{"t":"hello","a":' + "[" * 20 + "]" * 20 + "}",
        '{"t":"hello","n":' + "9" * 5000 + "}", '{"t":"ping","ts":1e999}', '{"t":"ping","ts":-1e400}',
    ],
)  # fmt: skip
def test_what_is_not_understood_is_malformed(text):
    assert refusal(text) == protocol.MALFORMED


def test_binary_and_large_frames_have_their_own_codes():
    assert refusal(None) == protocol.UNSUPPORTED
    assert refusal("x" * (protocol.MAX_FRAME + 1)) == protocol.TOO_BIG
    assert refusal("ä" * (protocol.MAX_FRAME // 2 + 1)) == protocol.TOO_BIG


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(), children, max_size=4),
    max_leaves=20,
)


def outcome(text):
    """`read`, or the code of the refusal; any other exception fails the test."""
    try:
        message = protocol.parse(text)
    except protocol.ProtocolError as error:
        return error.code
    assert protocol.encode("pong", ts=getattr(message, "ts", None)).encode()
    return "read"


@given(st.text())
def test_any_text_is_parsed_or_refused(text):
    assert outcome(text) in {"read", *protocol.CLOSE_CODES}


@given(
    st.sampled_from(["hello", "cmd", "ping"]),
    st.dictionaries(st.sampled_from(["table", "token", "last_seq", "epoch", "cid", "op", "args", "ts"]), JSON),
)
def test_any_fields_are_parsed_or_refused(kind, fields):
    assert outcome(json.dumps({"t": kind, **fields})) in {"read", protocol.MALFORMED, protocol.TOO_BIG}


@given(st.integers(1, 10**9), st.lists(st.text(max_size=600), max_size=60))
def test_events_frames_are_contiguous_and_small(first, texts):
    items = [protocol.dump({"seq": first + index, "text": text}) for index, text in enumerate(texts)]
    frames = [json.loads(frame) for frame in protocol.events_frames(first, items)]
    assert frames[0]["from"] == first
    assert frames[-1]["to"] == first + len(items) - 1
    for earlier, later in itertools.pairwise(frames):
        assert later["from"] == earlier["to"] + 1
    assert [item["seq"] for frame in frames for item in frame["items"]] == list(range(first, first + len(items)))
    assert all(len(frame.encode()) <= protocol.MAX_FRAME for frame in protocol.events_frames(first, items))
