"""操作流程, the illustrated way from the progress page to both reviews (28)."""

import base64
from functools import cache
from io import BytesIO

from odoo.tools.image import image_data_uri
from odoo.tools.misc import file_open
from PIL import Image

FOLDER = "ntue_graduation/static/guide"
"""Pictures of the product; ``tools/run guide`` takes them anew, a browser test compares them."""


@cache
def _picture(name):
    """The picture of a step: where a page finds it, itself for a paper, and its size."""
    path = f"{FOLDER}/{name}.png"
    with file_open(path, "rb") as file:
        content = file.read()
    width, height = Image.open(BytesIO(content)).size
    data = image_data_uri(base64.b64encode(content))
    return {"address": f"/{path}", "data": data, "width": width, "height": height}


def guide_title(env):
    return env._("How to apply for graduation")


def guide_window(env, student):
    """The window whose guide ``student``, perhaps nobody, reads; there may be none."""
    windows = env["ntue.graduation.window"]
    return windows._for_student(student) if student else windows


def guide_steps(env, window):
    """The steps in order: ``title``, ``text``, ``picture`` and what it shows (``alt``).

    As ``window`` has them, of which there may be none; without a text a step is left out.
    """
    begun = guide_texts(env)
    return [
        {"title": title, "text": text.strip(), "alt": step["alt"], "picture": _picture(name)}
        for step in _steps(env)
        for name in [step["picture"]]
        for title, _end, text in [
            ((window[_field(name)] if window else begun[_field(name)]) or "").partition("\n")
        ]
        if title.strip()
    ]


def guide_texts(env):
    """What each step says until the registrar writes it otherwise, by field of a window."""
    return {_field(step["picture"]): f"{step['title']}\n{step['text']}" for step in _steps(env)}


def _field(picture):
    return f"guide_{picture}"


def _steps(env):
    """The steps as they begin, with the names of their pictures."""
    return [*_until_saved(env._), *_from_the_slip_on(env._)]


def _until_saved(_):
    return [
        {
            "picture": "progress",
            "title": _("Look at your study progress"),
            "text": _(
                "Study progress shows which areas are met, what counts from elsewhere and "
                "what is still missing. Begin here."
            ),
            "alt": _("Study progress: framework, class and the credits of the student"),
        },
        {
            "picture": "list",
            "title": _("Open the graduation application"),
            "text": _(
                "The page lists your applications term by term with the state of both "
                "reviews, and tells whether you may apply now."
            ),
            "alt": _("List of applications: a term with both reviews waiting"),
        },
        {
            "picture": "new",
            "title": _("Begin a new application"),
            "text": _("Within the period press “New application”; a draft of this term opens."),
            "alt": _("The button New application"),
        },
        {
            "picture": "ticks",
            "title": _("Tick courses from elsewhere"),
            "text": _(
                "Courses from elsewhere have a box. Tick those that shall count as flexible "
                "credits, within the limit shown."
            ),
            "alt": _("Two courses from elsewhere, ticked and dark, with the limits above them"),
        },
        {
            "picture": "save",
            "title": _("Save the draft"),
            "text": _(
                "Check English name, e-mail, mobile phone and ticks, then press “Save draft”. "
                "Nobody but you sees a draft."
            ),
            "alt": _("The buttons at the end of the form"),
        },
    ]


def _from_the_slip_on(_):
    return [
        {
            "picture": "draft",
            "title": _("Look at the draft slip"),
            "text": _(
                "“Print the draft slip” opens it in a new tab. It is marked 暫存檔: nothing "
                "has been submitted yet."
            ),
            "alt": _("Draft slip with 暫存檔 after its title and across the page"),
        },
        {
            "picture": "check",
            "title": _("Compare your answers"),
            "text": _(
                "“Submit application” shows once more what is saved: English name, e-mail, "
                "mobile phone and ticks. What is not right is changed from here."
            ),
            "alt": _("The page with every point to compare, and a link to change each"),
        },
        {
            "picture": "submit",
            "title": _("Confirm and submit"),
            "text": _(
                "If everything is right, press “Confirm and submit”. After that only the "
                "assistant of your department can return it for correction."
            ),
            "alt": _("The application is submitted, with its number"),
        },
        {
            "picture": "official",
            "title": _("Print, sign, hand in"),
            "text": _(
                "Print the slip, which has nothing after its title now, sign it and hand it to "
                "the assistant of your department. The application is complete only then."
            ),
            "alt": _("Official slip with a QR code and a line for the signature"),
        },
        {
            "picture": "status",
            "title": _("See where it stands"),
            "text": _(
                "Come back to the list at any time: it shows whether the first and the second "
                "review are waiting or passed, and what you have to do next."
            ),
            "alt": _("List of applications: this term's with the state of both reviews"),
        },
    ]
