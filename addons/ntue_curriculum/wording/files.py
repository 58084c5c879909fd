"""Why an uploaded file cannot be taken, in a sentence: the same wherever one is uploaded."""

from typing import NamedTuple

from odoo.tools.mimetypes import guess_mimetype

from ..uploads import PNG, UnusableError, check_pdf, check_picture, is_heif

KINDS = {
    # type: the bytes it begins with, its ending
    "application/pdf": (b"%PDF-", "pdf"),
    "image/jpeg": (b"\xff\xd8\xff", "jpg"),
    "image/png": (PNG, "png"),
}


class Asked(NamedTuple):
    """What a file is asked for, in sentences: of which kind, and what to do with a long one."""

    choose: str
    shorten: str


def file_problem(env, content, most_mb, asked):
    """Why the bytes ``content`` will not do; None when they will. Its name says nothing."""
    if len(content) > most_mb * 1024 * 1024:
        return env._(
            "The file is larger than %s MB. Take the picture again with fewer pixels, "
            "or save it as JPEG.",
            most_mb,
        )
    if is_heif(content):
        return env._(
            "This is a photo in the format HEIC, which cannot be opened here. Take a "
            "screenshot of it and choose that; or set the camera of the phone to “Most "
            "Compatible” (JPEG) and take the picture again."
        )
    mimetype = guess_mimetype(content) if content else ""
    if mimetype not in KINDS or not content.startswith(KINDS[mimetype][0]):
        return asked.choose
    check = check_pdf if mimetype == "application/pdf" else check_picture
    try:
        check(content)
    except UnusableError as error:
        if check is check_pdf:
            return _unusable_pdf(env, error.kind, asked)
        return _unusable_picture(env, error.kind)
    return None


def ending_of(content):
    """The ending that a file of these bytes has, whatever it was called."""
    return KINDS[guess_mimetype(content)][1]


def _unusable_picture(env, kind):
    if kind == "large":
        return env._("This picture has too many pixels. Take it again in a smaller size.")
    return env._("This picture cannot be opened. Choose another one.")


def _unusable_pdf(env, kind, asked):
    return {
        "large": asked.shorten,
        "locked": env._("This PDF has a password. Save it without one, or send a picture."),
        "active": env._(
            "This PDF holds a script or another file. Print it to a new PDF, or send a picture."
        ),
    }.get(kind, env._("This PDF cannot be opened. Save it anew, or send a picture."))
