"""A printed paper is finished here: a foot on every page, and a title for the window of its reader.

Pages are counted when all of them are there. A patched wkhtmltopdf could count them itself,
an unpatched one cannot: this way the papers of both are the same.
"""

import io
from functools import cache

from odoo.tools.misc import file_path
from odoo.tools.pdf import PdfFileReader, PdfFileWriter
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

FACE = "ntue-foot"
SIZE = 8
MARGIN, BASELINE = 12 * mm, 6 * mm
"""The side margin of the paper format, and where in its lower margin the foot is drawn."""


def finish(content: bytes, title: str, foot: str = "") -> bytes:
    """The PDF ``content`` with its ``title``, and on each page ``foot`` and ``x / y``.

    The foot is set in a face that Odoo brings and the file carries; it has no Chinese.
    """
    writer = PdfFileWriter()
    writer.appendPagesFromReader(PdfFileReader(io.BytesIO(content), strict=False))
    pages = [writer.getPage(number) for number in range(writer.getNumPages())]
    feet = PdfFileReader(io.BytesIO(_feet([page.mediaBox for page in pages], foot)))
    for number, page in enumerate(pages):
        page.mergePage(feet.getPage(number))
        page.compress_content_streams()  # merging has unpacked them
    writer.addMetadata({"/Title": title})
    finished = io.BytesIO()
    writer.write(finished)
    return finished.getvalue()


def _feet(boxes, foot):
    """A PDF of as many pages, with nothing on them but their feet."""
    _load_face()
    drawn = io.BytesIO()
    pen = canvas.Canvas(drawn, initialFontName=FACE)
    for number, box in enumerate(boxes, 1):
        width = float(box.getWidth())
        pen.setPageSize((width, float(box.getHeight())))
        pen.setFont(FACE, SIZE)
        pen.drawString(MARGIN, BASELINE, foot)
        pen.drawRightString(width - MARGIN, BASELINE, f"{number} / {len(boxes)}")
        pen.showPage()
    pen.save()
    return drawn.getvalue()


@cache
def _load_face():
    """Make the face known to reportlab, once for each process."""
    pdfmetrics.registerFont(TTFont(FACE, file_path("web/static/fonts/lato/Lato-Reg-webfont.ttf")))
