"""Rules in the model, for files: nothing is unpacked before its size is known, nothing runs."""

import struct
import zlib

from odoo.tests import tagged

from .. import uploads
from . import papers, records
from . import school as school_of
from .common import CHANGED, SchoolCase

COPY = "ntue.passport.copy"


def claims(width, height):
    """A PNG whose beginning promises so many pixels, and which has hardly any."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


@tagged("post_install", "-at_install")
class TestUploads(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)

    def told(self, content):
        """The sentence with which the student's file is refused."""
        vals = {"student_id": self.student.id, "content": papers.sent(content)}
        return self.refused(self.account, COPY, "create", vals)

    def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(self):
        for sides in ((9000, 9000), (20_000, 20_000), (2**31 - 1, 1)):
            self.assertIn("too many pixels", self.told(claims(*sides)))

    def test_a_picture_that_was_cut_off_is_refused_in_words(self):
        for kind in ("JPEG", "PNG"):
            whole = papers.picture(kind, side=400)
            for part in (len(whole) // 2, len(whole) - 30):
                self.assertIn("cannot be opened", self.told(whole[:part]), (kind, part))

    def test_a_photo_of_the_format_heic_is_named_with_a_way_out(self):
        for brand in (b"heic", b"mif1", b"hevc"):
            told = self.told(b"\0\0\0\x18ftyp" + brand + bytes(100))
            self.assertIn("HEIC", told)
            self.assertIn("screenshot", told)

    def test_a_pdf_that_does_something_or_hides_something_is_refused(self):
        for harm in (
            {"catalog": b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"},
            {"catalog": b"/OpenAction<</S/J#61vaScript/J#53(1)>>"},
            {"catalog": b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(1)>>]>>>>"},
            {"catalog": b"/Names<</EmbeddedFiles<</Names[]>>>>"},
            {"catalog": b"/AcroForm<</XFA[]>>"},
            {"page": b"/AA<</O<</S/URI/URI(http://example.com)>>>>"},
            {"page": b"/Annots[<</Subtype/Link/A<</S/Launch/F(a.exe)>>>>]"},
            {"page": b"/Annots[<</Subtype/RichMedia>>]"},
        ):
            self.assertIn("script or another file", self.told(papers.pdf(**harm)), harm)

    def test_a_pdf_that_does_not_open_is_refused(self):
        for broken in (
            papers.PDF[:60],
            b"%PDF-1.4\nthe page with the photo\n%%EOF\n",
            papers.PDF.replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"),
            papers.PDF.replace(b"/Kids[3 0 R]", b"/Kids[]").replace(b"/Count 1", b"/Count 0"),
        ):
            self.assertIn("cannot be opened", self.told(broken))

    def test_a_pdf_of_very_many_values_is_refused(self):
        many = b"/Annots[" + b"[] " * (uploads.OBJECTS + 1) + b"]"
        self.assertIn("too long", self.told(papers.pdf(page=many)))

    def test_what_telephones_and_scanners_make_is_taken(self):
        for content in (papers.PDF, papers.picture("JPEG", 1200), papers.picture("PNG", 800)):
            vals = {"student_id": self.student.id, "content": papers.sent(content)}
            self.assertEqual(self.outcome(self.account, COPY, "create", vals), CHANGED)
