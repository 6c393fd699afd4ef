"""Static files with a hash in their name; ES module imports are rewritten too."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class ManifestStorage(CompressedManifestStaticFilesStorage, ManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
