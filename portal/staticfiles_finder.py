"""Serves exactly those files of the npm packages that pages need, below `vendor/`; nothing else of node_modules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

FIRA = "@fontsource/fira-sans"
VENDOR = {
    "vendor/kern/kern.min.css": "@kern-ux/native/dist/kern.min.css",
    "vendor/kern/LICENSE.md": "@kern-ux/native/LICENSE.md",
    "vendor/fira-sans/LICENSE": f"{FIRA}/LICENSE",
    **{
        f"vendor/fira-sans/fira-sans-{subset}-{cut}.woff2": f"{FIRA}/files/fira-sans-{subset}-{cut}.woff2"
        for subset in ("latin", "latin-ext")
        for cut in ("400-normal", "400-italic", "500-normal", "600-normal", "700-normal")
    },
    "vendor/leaflet/leaflet.css": "leaflet/dist/leaflet.css",
    "vendor/leaflet/leaflet.js": "leaflet/dist/leaflet.js",
    "vendor/leaflet/leaflet.js.map": "leaflet/dist/leaflet.js.map",
    "vendor/leaflet/LICENSE": "leaflet/LICENSE",
    **{
        f"vendor/leaflet/images/{name}.png": f"leaflet/dist/images/{name}.png"
        for name in ("layers", "layers-2x", "marker-icon", "marker-icon-2x", "marker-shadow")
    },
    "vendor/uplot/uPlot.esm.js": "uplot/dist/uPlot.esm.js",
    "vendor/uplot/uPlot.min.css": "uplot/dist/uPlot.min.css",
    "vendor/uplot/LICENSE": "uplot/LICENSE",
}


class VendorFinder(BaseFinder):
    """Maps served names to files in node_modules (see VENDOR)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.root = Path(settings.NODE_MODULES)
        self.storage = _VendorStorage(location=self.root)

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        file = self.root / VENDOR[path] if path in VENDOR else None
        if file is None or not file.is_file():
            return []
        return [str(file)] if find_all else str(file)

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        for served, source in VENDOR.items():
            if (self.root / source).is_file():
                yield served, self.storage


class _VendorStorage(FileSystemStorage):
    prefix = ""

    def path(self, name: str) -> str:
        return str(Path(self.location) / VENDOR[name])
