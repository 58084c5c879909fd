"""Small files as people upload them, and some that only pretend to be."""

import base64
import io

from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def picture(kind="PNG", side=8):
    """A picture of one colour, ``side`` pixels wide and high."""
    file = io.BytesIO()
    Image.new("RGB", (side, side), (120, 30, 40)).save(file, kind)
    return file.getvalue()


def sent(content):
    """Bytes as a remote call sends them."""
    return base64.b64encode(content).decode()


def upload(record, content=PDF):
    """The passport copy that ``record``, a student, uploads."""
    copies = record.env["ntue.passport.copy"].with_user(record.partner_id.user_ids)
    copy = copies.create({"student_id": record.id, "content": sent(content)})
    return copy.with_env(record.env)
