"""Static files with a hash in their name; ES module imports are rewritten too, the portal's stylesheet is one file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from portal.css_imports import flatten

STYLESHEETS = ("css/portal.css",)


class ManifestStorage(CompressedManifestStaticFilesStorage, ManifestStaticFilesStorage):
    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                content: bytes = file.read()
            return content.decode()

        if not dry_run:
            whole = {name: flatten(name, read) for name in STYLESHEETS if name in paths}
            for name, text in whole.items():
                Path(self.path(name)).write_text(text, encoding="utf-8")
            paths = paths | {name: (self, name) for name in whole}
        yield from super().post_process(paths, dry_run, **options)
