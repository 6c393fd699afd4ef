"""Static files at the door: kept for ever where the name holds a hash, 404 by the app."""

from __future__ import annotations

import pytest

from portal.cache.static import StaticDoor
from tests.portal.cache.test_door import App, ask


@pytest.fixture
def door(tmp_path):
    (tmp_path / "portal.0123456789ab.css").write_text("body{}")
    (tmp_path / "plain.css").write_text("x" * 200_000)
    return StaticDoor(App(status=404), root=tmp_path, prefix="/static/")


def test_hashed_file_may_be_kept_for_ever(door):
    status, headers, body = ask(door, "/static/portal.0123456789ab.css")
    assert (status, body) == (200, b"body{}")
    assert "immutable" in headers["cache-control"]
    assert headers["content-type"] == 'text/css; charset="utf-8"'
    assert headers["x-content-type-options"] == "nosniff"


def test_other_file_is_asked_for_again(door):
    status, headers, body = ask(door, "/static/plain.css")
    assert (status, len(body)) == (200, 200_000)
    assert headers["cache-control"] == "max-age=3600, public"
    assert ask(door, "/static/plain.css", if_none_match=headers["etag"])[0] == 304


def test_head_and_range(door):
    assert ask(door, "/static/plain.css", method="HEAD")[2] == b""
    assert ask(door, "/static/plain.css", range="bytes=0-9")[::2] == (206, b"x" * 10)


@pytest.mark.parametrize("path", ["/static/nichts.css", "/static/../secret", "/"])
def test_everything_else_is_the_apps(door, path):
    assert ask(door, path)[0] == 404
