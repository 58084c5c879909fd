"""Fields of a mail text in words: ``{student's name}`` instead of ``object.student_id.name``.

The template keeps what Odoo renders; the registrar reads and writes the words of the language
in which the text is edited.
"""

import re

from odoo.exceptions import ValidationError

IN_SUBJECT = re.compile(r"\{\{\s*(object(?:\.\w+)+)\s*\}\}")
IN_BODY = re.compile(r"<t\s+t-out=\"(object(?:\.\w+)+)\"\s*(?:/>|>\s*</t>)")
WORD = re.compile(r"\{([^{}<>]*)\}")
TAG = re.compile(r"(<[^>]*>)")


def words(env):
    """What a text may name: words by the field, in the language of ``env``."""
    _ = env._
    return {
        "object.student_id.name": _("student's name"),
        "object.student_id.student_no": _("student number"),
        "object.department_id.shown_name": _("department"),
        "object.department_id.phone": _("department's phone"),
        "object.reminder_term": _("term"),
        "object.reminder_last_day": _("last day to submit"),
        "object.window_id.contact_name": _("person in charge"),
        "object.window_id.contact_phone": _("phone of the person in charge"),
        "object.window_id.extension_reason": _("reason of the extension"),
        "object.slip_number": _("number of the application"),
        "object.review_reason": _("reason of the review"),
        "object.supplement_text": _("what the supplement is"),
        "object.supplement_day": _("last day of the supplement"),
    }


def subject_in_words(env, subject):
    return IN_SUBJECT.sub(_worded(words(env)), subject or "")


def body_in_words(env, body):
    return IN_BODY.sub(_worded(words(env)), str(body or ""))


def _worded(known):
    """A field that has no word stays as it is stored."""
    return lambda match: f"{{{known[match[1]]}}}" if match[1] in known else match[0]


def subject_of_words(env, text):
    """The subject as it is stored; ValidationError for a word that is none."""
    find = _found(env)
    kept = re.split(r"(\{\{.*?\}\})", text or "")
    return "".join(
        part if part.startswith("{{") else WORD.sub(lambda match: f"{{{{ {find(match)} }}}}", part)
        for part in kept
    )


def body_of_words(env, text):
    """The body as it is stored: words in its text are fields, those in its tags are none."""
    find = _found(env)
    parts = TAG.split(str(text or ""))
    return "".join(
        part
        if part.startswith("<")
        else WORD.sub(lambda match: f'<t t-out="{find(match)}"></t>', part)
        for part in parts
    )


def _found(env):
    """The field that a match of ``WORD`` names."""
    fields = {word: path for path, word in words(env).items()}

    def find(match):
        word = " ".join(match[1].split())
        if word not in fields:
            raise ValidationError(
                env._(
                    "A mail text has no “{%(word)s}”. Take one of these: %(words)s",
                    word=word,
                    words=" ".join(f"{{{known}}}" for known in fields),
                )
            )
        return fields[word]

    return find
