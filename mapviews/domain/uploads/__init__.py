"""CSV files of residents: recognise, preview, store what is good, say why the rest is not."""

from mapviews.domain.uploads.job import confirm, discard, start
from mapviews.domain.uploads.run import run, take_up_silent

__all__ = ["confirm", "discard", "run", "start", "take_up_silent"]
