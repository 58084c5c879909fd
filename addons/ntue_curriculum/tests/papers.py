"""Small files as people upload them, and some that only pretend to be."""

import base64
import io

from PIL import Image


def pdf(text=b"", catalog=b"", page=b""):
    """A PDF of one page; ``text`` is in a comment, the others in its dictionaries."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]" + page + b">>",
    )
    content, places = b"%PDF-1.4\n% " + text + b"\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj%sendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 4\n0000000000 65535 f \n" + rows
    return (
        content + head + b"trailer<</Root 1 0 R/Size 4>>\nstartxref\n%d\n%%%%EOF\n" % len(content)
    )


PDF = pdf()


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
