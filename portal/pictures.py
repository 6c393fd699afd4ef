"""Pictures that people upload, drawn anew as JPEG, so that nothing hidden in the file survives. Knows no app."""

from __future__ import annotations

import io
import warnings
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from portal.exceptions import DomainError

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000  # a large photo of a phone; a bomb of a few kilobytes claims far more
LONGEST_SIDE = 1600
FORMATS = ("JPEG", "PNG", "WEBP")


def redraw(upload: Any) -> tuple[bytes, tuple[int, int]]:
    """JPEG bytes and size of the picture, upright, without EXIF, comments, profiles or anything behind its end.

    `upload` has `size` and `open()`. Errors (field `image`): too_big (bytes or pixels, before a pixel is unpacked),
    no_image (anything that is no whole JPEG, PNG, WebP).
    """
    if upload.size > MOST_BYTES:
        raise DomainError("too_big", _("Das Bild ist zu groß: möglich sind 8 Megabyte."), field="image")
    with upload.open() as file:
        return drawn(file)


def drawn(file: BinaryIO) -> tuple[bytes, tuple[int, int]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we refuse below, by our own limit
            picture: Image.Image = Image.open(file, formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise Image.DecompressionBombError
        picture.load()
        picture = ImageOps.exif_transpose(picture)
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        flat = Image.new("RGB", picture.size, "white")
        seen = picture.convert("RGBA")
        flat.paste(seen, mask=seen.getchannel("A"))
        target = io.BytesIO()
        flat.save(target, "JPEG", quality=85, optimize=True)
    except Image.DecompressionBombError as error:
        message = _("Das Bild hat zu viele Bildpunkte: möglich sind 40 Millionen.")
        raise DomainError("too_big", message, field="image") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, MemoryError) as error:
        message = _("Das ist kein vollständiges Bild. Möglich sind JPEG, PNG und WebP.")
        raise DomainError("no_image", message, field="image") from error
    return target.getvalue(), flat.size
