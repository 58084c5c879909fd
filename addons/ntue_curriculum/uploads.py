"""What an uploaded picture or PDF holds, found out before anything of it is unpacked. Pure."""

import io
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

PIXELS = {"JPEG": 50_000_000, "PNG": 25_000_000}
"""Pixels of a picture at most: what phones take. A JPEG is unpacked in an eighth of its size."""

PNG = b"\x89PNG\r\n\x1a\n"

PAGES = 20
OBJECTS = 20_000
"""Pages of a PDF, and values in it that are looked at."""

ACTIVE = frozenset(
    {
        "/JavaScript",
        "/JS",
        "/AA",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/RichMedia",
        "/EmbeddedFile",
        "/EmbeddedFiles",
        "/XFA",
        "/Movie",
        "/Sound",
        "/Rendition",
        "/GoToE",
        "/GoToR",
    }
)
"""Names in a PDF of what does something when it is opened, or hides another file."""


HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"heif")
"""What stands in a photo of the format that some telephones keep theirs in."""


def is_heif(content: bytes) -> bool:
    """Whether ``content`` begins as a HEIC or HEIF photo does."""
    return content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS


class UnusableError(ValueError):
    """The file cannot be taken; ``kind`` says why: broken, large, active, locked."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def check_picture(content: bytes) -> None:
    """UnusableError unless ``content`` is a whole picture of no more than ``PIXELS``.

    Its size is read from its header: no picture is unpacked to learn that it is too large.
    """
    _check(_fault_of_picture, content)


def check_pdf(content: bytes) -> None:
    """UnusableError unless ``content`` is a PDF that opens, of few pages and without scripts."""
    with _quietly():
        _check(_fault_of_pdf, content.rstrip())


def _check(fault_of: Callable[[bytes], str], content: bytes) -> None:
    try:
        fault = fault_of(content)
    except UnusableError:
        raise
    except Exception as error:  # whatever a decoder meets, endless nesting too
        large = isinstance(error, Image.DecompressionBombError)
        raise UnusableError("large" if large else "broken") from error
    if fault:
        raise UnusableError(fault)


def _is_whole(content: bytes) -> bool:
    """Whether a JPEG or PNG goes on to its end. Odoo lets Pillow fill up what was cut off."""
    return _png_ends(content) if content.startswith(PNG) else _jpeg_ends(content)


def _png_ends(content: bytes) -> bool:
    place = len(PNG)
    while (chunk := content[place : place + 8])[4:]:
        place += 12 + int.from_bytes(chunk[:4], "big")
        if chunk[4:] == b"IEND":
            return place <= len(content)
    return False


def _jpeg_ends(content: bytes) -> bool:
    """Whether there is an end after the beginning of the picture itself; thumbnails have theirs."""
    place = 2
    while content[place : place + 1] == b"\xff":
        marker = content[place + 1 : place + 2]
        if marker == b"\xda":
            return content.find(b"\xff\xd9", place) >= 0
        length = int.from_bytes(content[place + 2 : place + 4], "big")
        place += 1 if marker == b"\xff" else 2 + max(length, 2)
    return False


def _fault_of_picture(content: bytes) -> str:
    with Image.open(io.BytesIO(content), formats=list(PIXELS)) as picture:
        width, height = picture.size
        # MPO: the JPEG of a telephone, with a second picture beside the first.
        if width * height > PIXELS.get(picture.format or "", PIXELS["JPEG"]):
            return "large"
        if not _is_whole(content):
            return "broken"
        picture.draft("L", (width // 8 or 1, height // 8 or 1))
        picture.load()
    return ""


def _fault_of_pdf(content: bytes) -> str:
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted:
        return "locked"
    pages = len(reader.pages)
    if not 0 < pages <= PAGES:
        return "large" if pages else "broken"
    return "active" if any(name in ACTIVE for name in _names(reader)) else ""


@contextmanager
def _quietly() -> Iterator[None]:
    """What the reader of PDFs would warn of in the log is reported to the sender of the file."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _names(reader: PdfReader) -> Iterator[str]:
    """Every name in every object that the trailer leads to; UnusableError when too many."""
    rest: list[object] = [reader.trailer]
    seen: set[tuple[int, int]] = set()
    looked_at = 0
    while rest:
        value = rest.pop()
        looked_at += 1
        if looked_at > OBJECTS:
            raise UnusableError("large")
        if isinstance(value, IndirectObject):
            if (value.idnum, value.generation) not in seen:
                seen.add((value.idnum, value.generation))
                rest.append(value.get_object())
        elif isinstance(value, DictionaryObject):
            yield from value
            rest.extend(value.raw_get(name) for name in value)
        elif isinstance(value, ArrayObject):
            rest.extend(value)
        elif isinstance(value, NameObject):
            yield value
