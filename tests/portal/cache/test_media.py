"""Uploaded pictures: only from public folders, only pictures, never a way out of the folder."""

from __future__ import annotations

import pytest

from portal.cache.media import MediaDoor
from tests.portal.cache.test_door import App, ask


@pytest.fixture
def door(tmp_path):
    for name in ("images/bild.png", "images/böse.svg", "documents/geheim.png", "images-geheim/bild.png"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"daten")
    return MediaDoor(App(status=404), root=tmp_path, prefix="/media/", folders=("images",))


def test_picture_is_served_with_type_and_cache(door):
    status, headers, body = ask(door, "/media/images/bild.png")
    assert (status, body, headers["content-type"], headers["content-length"]) == (200, b"daten", "image/png", "5")
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert ask(door, "/media/images/bild.png", if_none_match=headers["etag"])[0] == 304
    assert ask(door, "/media/images/bild.png", method="HEAD")[2] == b""


@pytest.mark.parametrize(
    "path",
    [
        "/media/images/böse.svg",
        "/media/documents/geheim.png",
        "/media/images-geheim/bild.png",
        "/media/images/../documents/geheim.png",
        "/media/images/%2e%2e/documents/geheim.png",
        "/media/images/nichts.png",
        "/media/images/",
        "/media/images/bild.png\x00.png",
    ],
)
def test_everything_else_is_the_apps(door, path):
    assert ask(door, path)[0] == 404


def test_posting_is_the_apps(door):
    assert ask(door, "/media/images/bild.png", method="POST")[0] == 404
