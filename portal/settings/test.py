"""Settings of the test suite: fast hashing, plain static files, immediate tasks and index."""

import os
import tempfile

os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="dhpb-test-"))

from portal.settings.base import *  # noqa: F403
from portal.settings.base import CACHES, DATABASES, STORAGES, VAR_DIR

SECRET_KEY = "only-for-tests-" + "x" * 40
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Processes that share a Redis do not share their keys.
CACHES = {"default": CACHES["default"] | {"KEY_PREFIX": os.environ.get("PYTEST_XDIST_WORKER", "")}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
MEDIA_ROOT = VAR_DIR / "media"
# Tests of roles need no authenticator each; tests/portal/accounts switch the requirement on.
STAFF_MFA_REQUIRED = False
# One process runs the tests, so wake-ups stay inside it. With Redis, redis-py's reader may swallow the
# cancellation at the end of a test's event loop and hang the run. Redis serves the cache here; two
# processes on Redis are tried by hand.
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
