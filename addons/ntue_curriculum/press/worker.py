"""The program that draws papers: HTML of standard input becomes PDF on standard output.

``press`` runs it as a process of its own, without Odoo: it knows no database and no secret, fetches
nothing, and the memory that large typefaces take is given back when it ends. That happens by
itself: when its caller is gone, when nobody asked for a while, or when a paper takes too long.

A message is a byte for its kind, eight for its length, and its content. Asked is HTML; the answer
is a PDF, the characters that no typeface has, or what went wrong.
"""

import logging
import resource
import signal
import struct
import sys
import unicodedata
from typing import BinaryIO

ASKED, PDF, MISSING, FAILED = b"A", b"P", b"M", b"F"
HEAD = struct.Struct("!cQ")

IDLE = 60
"""Seconds after which a process that is not asked ends."""

LONGEST = 60
"""Seconds that a paper may take; a long one takes two."""

MEMORY = 3 * 1024**3
"""Bytes of addresses; a paper with characters of rare typefaces takes a gigabyte of them."""


def receive(stream: BinaryIO) -> tuple[bytes, bytes] | None:
    """The kind and content of the next message; None when the other side is gone."""
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    kind, length = HEAD.unpack(head)
    content = stream.read(length)
    return (kind, content) if len(content) == length else None


def send(stream: BinaryIO, kind: bytes, content: bytes) -> None:
    """Write a message whole."""
    stream.write(HEAD.pack(kind, len(content)) + content)
    stream.flush()


def plain(text: str) -> str:
    """``text`` in the characters that people type and search by.

    Some characters of Unicode look the same as others and share their glyph: radicals, ideographs
    that older sets had twice, a variant that a selector asks for.
    """
    return "".join(_plain(mark) for mark in text if not is_selector(mark))


def is_selector(mark: str) -> bool:
    """Whether ``mark`` only chooses a variant of the character before it."""
    return 0xFE00 <= ord(mark) <= 0xFE0F or 0xE0100 <= ord(mark) <= 0xE01EF


def _plain(mark: str) -> str:
    shares = 0x2E80 <= ord(mark) <= 0x2FDF or 0xF900 <= ord(mark) <= 0xFAFF
    shares = shares or 0x2F800 <= ord(mark) <= 0x2FA1F
    return unicodedata.normalize("NFKC", mark) if shares else mark


class Missing(logging.Handler):
    """Remembers the characters that were drawn as an empty box."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if ".notdef" in record.msg and isinstance(record.args, tuple):
            self.marks.append(str(record.args[0]))


class Printer:
    """WeasyPrint, which is loaded once and then draws in a third of a second."""

    def __init__(self) -> None:
        import pydyf
        import weasyprint
        from weasyprint.draw import text
        from weasyprint.logger import LOGGER
        from weasyprint.text.fonts import FontConfiguration

        self._html = weasyprint.HTML
        self._fetch = weasyprint.urls.URLFetcher(allowed_protocols=["data"], allow_redirects=False)
        self._faces = FontConfiguration()
        self._missing = Missing()
        LOGGER.handlers = [self._missing]
        LOGGER.setLevel(logging.WARNING)
        draw = text.draw_first_line

        def draw_as_typed(stream, box, *args):  # type: ignore[no-untyped-def]
            """A PDF maps each glyph to one text: lines that share glyphs bring theirs along."""
            line = box.text
            if line == plain(line):
                return draw(stream, box, *args)
            typed = pydyf.Dictionary({"ActualText": pydyf.String(line)})
            stream.begin_marked_content("Span", typed)
            drawn = draw(stream, box, *args)
            stream.end_marked_content()
            for face in stream._fonts.values():
                face.to_unicode.update({key: plain(said) for key, said in face.to_unicode.items()})
            return drawn

        text.draw_first_line = draw_as_typed

    def answer(self, content: bytes) -> tuple[bytes, bytes]:
        """The answer to a request with this HTML."""
        self._missing.marks.clear()
        page = self._html(string=content.decode(), url_fetcher=self._fetch)
        pdf = page.write_pdf(font_config=self._faces, pdf_tags=True)
        if self._missing.marks:
            return MISSING, "".join(dict.fromkeys(self._missing.marks)).encode()
        return PDF, pdf


def serve(asking: BinaryIO, answering: BinaryIO) -> None:
    """Answer one request after another until there is none for a while."""
    printer: Printer | None = None
    signal.alarm(IDLE)
    while request := receive(asking):
        signal.alarm(LONGEST)
        try:
            printer = printer or Printer()
            kind, content = printer.answer(request[1])
        except Exception as error:  # whatever it is: the caller says it, and asks anew
            kind, content = FAILED, f"{type(error).__name__}: {error}".encode()
        send(answering, kind, content)
        signal.alarm(IDLE)


def _bound(kind: int, most: int) -> None:
    _soft, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(kind, (most, hard))


if __name__ == "__main__":
    _bound(resource.RLIMIT_AS, MEMORY)
    _bound(resource.RLIMIT_FSIZE, 0)  # it writes no file
    _bound(resource.RLIMIT_CORE, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # its caller is stopped, and it with that
    serve(sys.stdin.buffer, sys.stdout.buffer)
