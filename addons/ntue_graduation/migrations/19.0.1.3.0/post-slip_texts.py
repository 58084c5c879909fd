"""Mail texts of before that asked for too much, or told that there was nothing to do.

What is asked of a student stands below the text of every step, where it holds. Only a text that is
as it was brought is changed, in either language; what a school has written stays.
"""

import re
from typing import NamedTuple

from odoo import SUPERUSER_ID, api

FIELD = re.compile(r'<t\s+t-out="object\.([\w.]+)"\s*(?:/>|>\s*</t>)')
TAG = re.compile(r"<[^>]*>")
BLANK = re.compile(r"\s*<p>\s*</p>")


class Text(NamedTuple):
    """A body as it was brought: all its words, fields in braces; and what of it is said how now."""

    name: str
    lang: str
    whole: str
    changes: dict[str, str]


TEXTS = (
    Text(
        "mail_step_paper",
        "en_US",
        "Dear {student_id.name}, your department has received the signed slip of your graduation "
        "application for term {reminder_term}. The first review follows; there is nothing to do "
        "for you now. Go to my application",
        {"; there is nothing to do for you now.": "."},
    ),
    Text(
        "mail_step_paper",
        "zh_TW",
        "{student_id.name} 同學您好： 系所已收到您 {reminder_term} 學期畢業資格申請簽名的確認單，"
        "接著將進行初審，您目前不需辦理其他事項。 前往我的申請",
        {"，您目前不需辦理其他事項。": "。"},
    ),
)


def migrate(cr, _version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    installed = {code for code, _name in env["res.lang"].get_installed()} | {"en_US"}
    bodies = {}
    for text in TEXTS:
        template = env.ref(f"ntue_graduation.{text.name}", raise_if_not_found=False)
        if template and text.lang in installed:
            body = template.with_context(lang=text.lang).body_html
            if words(body) == words(text.whole):
                bodies.setdefault(template, {})[text.lang] = changed(str(body), text.changes)
    for template, by_language in bodies.items():
        # Not by writing, which where English is not in use says the same in English.
        template.update_field_translations("body_html", by_language)


def words(body):
    """What a body says, whatever its layout: without tags and spaces, its fields in braces."""
    return "".join(TAG.sub("", FIELD.sub(r"{\1}", str(body or ""))).split())


def changed(body, changes):
    """``body`` with what is said otherwise now; a paragraph of which nothing is left is gone."""
    for former, now in changes.items():
        body = re.sub(
            r"\s+".join(map(re.escape, former.split())), lambda _match, now=now: now, body
        )
    return BLANK.sub("", body)
