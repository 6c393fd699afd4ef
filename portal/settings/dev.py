"""The embedded default: what `make demo` and a bare `manage.py` run with."""

from portal.settings.base import *  # noqa: F403
