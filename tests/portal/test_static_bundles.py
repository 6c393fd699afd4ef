"""One stylesheet in place of a chain of imports, and modules asked for at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template

from portal.css_imports import flatten
from portal.modules import brought_along
from portal.staticfiles_storage import ManifestStorage

FILES = {
    "css/all.css": '@layer low, high;\n@import url("../vendor/k.css") layer(low);@import url(own/b.css) layer(high);\n',
    "vendor/k.css": '@charset "UTF-8";/*! licence */a{background:url(img/x.svg)}/*# sourceMappingURL=k.map */',
    "css/own/b.css": '@import url("c.css");\nb{src:url("../../f.woff2") format("woff2")}',
    "css/own/c.css": "c{background:url(data:image/png;base64,AA)} d{fill:url(#e)}",
}


def test_imports_are_written_in_with_their_layers() -> None:
    text = flatten("css/all.css", FILES.__getitem__)
    assert "@import" not in text
    assert text.startswith("@layer low, high;")
    low, high = text.split("@layer low {")[1].split("@layer high {")
    assert "/*! licence */" in low
    assert "sourceMappingURL" not in low
    assert "@charset" not in low
    assert 'url("../vendor/img/x.svg")' in low
    assert high.index("c{") < high.index("b{")
    assert 'url("../f.woff2")' in high
    assert "url(data:image/png;base64,AA)" in high
    assert "url(#e)" in high


def test_conditions_stay() -> None:
    text = flatten("a.css", {"a.css": '@import url("p.css") print;'}.__getitem__)
    assert text == '@import url("p.css") print;'


def test_the_portals_stylesheet_is_one_file(tmp_path: Path) -> None:
    storage = ManifestStorage(location=tmp_path, base_url="/static/")
    paths = {}
    for finder in finders.get_finders():
        for name, source in finder.list([]):
            if name.startswith(("css/", "vendor/", "img/")):
                paths[name] = (source, name)
                storage.save(name, source.open(name))
    for _name, _hashed, done in storage.post_process(paths):
        assert not isinstance(done, Exception), done
    served = (tmp_path / storage.stored_name("css/portal.css")).read_text()
    assert "@import" not in served
    assert served.count("@layer components {") == 1
    assert ".skip-link" in served
    for address in re.findall(r'url\("?(?!data:|#)([^")]+)"?\)', served):
        assert (tmp_path / "css" / address.split("#")[0].split("?")[0]).is_file(), address


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("mapviews/live_map.js", {"js/map.js", "vendor/leaflet/leaflet.js", "mapviews/live_values.js"}),
        ("js/portal.js", {"js/toasts.js", "js/disclosure.js"}),
        ("js/nothing.js", set()),
    ],
)
def test_what_a_module_brings_along(module: str, expected: set[str]) -> None:
    assert expected <= set(brought_along(module))


def test_the_tag_names_each_module_once() -> None:
    made = Template('{% load portal_ui %}{% modulepreload "mapviews/live_map.js" "js/map.js" %}').render(Context())
    addresses = re.findall(r'<link rel="modulepreload" href="([^"]+)">', made)
    assert len(addresses) == len(set(addresses))
    assert "js/map." in made
