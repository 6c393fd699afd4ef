"""Pictures: drawn anew, nothing hidden survives, nothing that is no picture gets in, seen by whoever sees the text."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from dialogues.domain.online import images, writing
from dialogues.models import Contribution, ContributionImage
from portal.exceptions import DomainError

pytestmark = pytest.mark.django_db
MARK = b"GEHEIM-51.7189-8.7545"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(data, name="bild.jpg", kind="image/jpeg"):
    return SimpleUploadedFile(name, data, content_type=kind)


def photo(form="JPEG", size=(60, 40), mode="RGB"):
    target = io.BytesIO()
    picture = Image.new(mode, size, "green" if mode == "RGB" else 0)
    options = {}
    if form == "JPEG":
        exif = Image.Exif()
        exif[0x010E] = MARK.decode()
        exif[0x0112] = 6  # turned by a quarter
        options = {"exif": exif, "comment": MARK}
    picture.save(target, form, **options)
    return target.getvalue()


def bomb(width=60_000, height=60_000):
    """A PNG of a few hundred bytes that claims 3.6 thousand million pixels."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 2000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_photo_loses_everything_but_what_one_sees(dialogue, write, citizen):
    row = write(dialogue, user=citizen)
    image = images.add(user=citizen, contribution=row, upload=upload(photo() + MARK), alt="Ein Tor")
    data = image.file.read()
    assert MARK not in data
    with Image.open(io.BytesIO(data)) as seen:
        assert (seen.format, seen.size, dict(seen.getexif())) == ("JPEG", (40, 60), {})
    assert image.file.name == f"beitraege/{image.uuid}.jpg"


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_other_kinds_become_jpeg_and_small(dialogue, write, citizen, form):
    row = write(dialogue, user=citizen)
    image = images.add(user=citizen, contribution=row, upload=upload(photo(form, (4000, 1000))), alt="Breit")
    assert (image.width, image.height) == (1600, 400)


def test_transparent_becomes_white(dialogue, write, citizen):
    row = write(dialogue, user=citizen)
    image = images.add(user=citizen, contribution=row, upload=upload(photo("PNG", mode="RGBA")), alt="Nichts")
    with Image.open(image.file) as seen:
        assert seen.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "no_image"),
        (b"<html><script>alert(1)</script></html>", "no_image"),
        (photo()[:200], "no_image"),
        (photo("PNG", (300, 300))[:-40], "no_image"),
        (b"GIF89a" + photo(), "no_image"),
        (b"GIF89a\x01\x00\x01\x00\x80\x00\x00", "no_image"),
        (b"%PDF-1.4 " + photo(), "no_image"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 5000, "no_image"),
        (bomb(), "too_big"),
        (bomb(9000, 9000), "too_big"),
        (b"\xff" * (8 * 1024 * 1024 + 1), "too_big"),
    ],
)
def test_what_is_no_picture_or_too_much_is_refused(dialogue, write, citizen, data, code, tmp_path):
    row = write(dialogue, user=citizen)
    with pytest.raises(DomainError, match=code):
        images.add(user=citizen, contribution=row, upload=upload(data), alt="Bild")
    assert not ContributionImage.objects.exists()
    assert not list(tmp_path.rglob("*.*"))


def test_a_polyglot_comes_out_as_a_picture_alone(dialogue, write, citizen):
    row = write(dialogue, user=citizen)
    both = photo() + b"<script>alert(1)</script><?php system($_GET[0]); ?>PK\x03\x04"
    image = images.add(user=citizen, contribution=row, upload=upload(both, "x.php.jpg"), alt="Bild")
    data = image.file.read()
    assert b"script" not in data
    assert b"php" not in data
    assert data.endswith(b"\xff\xd9")


def test_pictures_need_a_sentence_and_there_are_three_at_most(dialogue, write, citizen):
    row = write(dialogue, user=citizen)
    with pytest.raises(DomainError, match="no_alt"):
        images.add(user=citizen, contribution=row, upload=upload(photo()), alt=" ")
    for number in range(3):
        images.add(user=citizen, contribution=row, upload=upload(photo()), alt=f"Bild {number}")
    with pytest.raises(DomainError, match="too_many"):
        images.add(user=citizen, contribution=row, upload=upload(photo()), alt="Bild 4")


def test_by_form_and_seen_like_its_text(dialogue, write, citizen, browse, client, django_capture_on_commit_callbacks):
    row = write(dialogue, user=citizen)
    url = f"{row.get_absolute_url()}bilder/"
    assert browse(citizen).post(url, {"image": upload(photo()), "alt": ""}).status_code == 400
    browse(citizen).post(url, {"image": upload(photo()), "alt": 'Ein "Tor" <b>'})
    page = client.get(row.get_absolute_url()).content.decode()
    assert 'alt="Ein &quot;Tor&quot; &lt;b&gt;"' in page
    image = ContributionImage.objects.get()
    path = f"{url}{image.uuid}.jpg"
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    Contribution.objects.update(state="hidden")
    assert client.get(path).status_code == 404
    Contribution.objects.update(state="visible")
    with django_capture_on_commit_callbacks(execute=True):
        writing.delete(user=citizen, contribution=row)
    assert not image.file.storage.exists(image.file.name)
