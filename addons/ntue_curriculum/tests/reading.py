"""What is Chinese or English in a text that people read, names aside."""

import re

from lxml import html

from ..languages import languages

CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")
ENGLISH = re.compile(r"(?:\b[A-Za-z][a-z’'-]*[,;:]? ){3,}[A-Za-z][a-z’'-]*")
"""Four words in a row: names have fewer."""

ROC_ALONE = re.compile(r"\b\d{2,3}-\d{2}-\d{2}\b(?!-)(?! \(\d{4}-)(?! \d{2}:\d{2} \(\d{4}-)")
"""A day in ROC years without the Western one beside it."""

NOT_READ = "script, style, noscript, .js_language_selector, .o_ntue_face, #totp_wizard_view"
"""Nobody reads it: Odoo's switch and the store of a dialog are hidden; initials are of a name."""

NAMES = {
    "ntue.course": ("name",),
    "ntue.counting.rule": ("name",),
    "ntue.curriculum": ("class_name", "display_name"),
    "ntue.curriculum.area": ("name",),
    "ntue.curriculum.line": ("name",),
    "ntue.department": ("name", "english_name", "counter"),
    "ntue.enrollment": ("name", "school"),
    "ntue.program": ("name", "english_name"),
    "ntue.student": ("name",),
    "res.company": ("name",),
    "res.users": ("name",),
}
"""Fields whose text is a name: the same in every language."""


def names_of(env):
    """Every name on record, the longest first."""
    found = set()
    for model, fields in NAMES.items():
        records = env[model].sudo().with_context(active_test=False).search([])
        for name in fields:
            found |= {value for value in records.mapped(name) if value}
    return sorted(found, key=len, reverse=True)


def words_of(env, page, besides=()):
    """The text that a reader of ``page``, an HTML string, sees or hears; names and ``besides`` out.

    What is marked as of another language than the page is left out as well.
    """
    tree = html.fromstring(page)
    tags = {language.tag for language in languages(env)} - {tree.get("lang")}
    for node in tree.cssselect(NOT_READ):
        node.drop_tree()
    for node in tree.xpath("//body//*[@lang] | //a[@hreflang]"):
        if node.get("lang") in tags or node.get("hreflang") in tags:
            node.drop_tree()
    said = [
        *tree.itertext(),
        *(
            value
            for name in ("alt", "title", "aria-label", "placeholder")
            for value in tree.xpath(f"//@{name}")
        ),
    ]
    text = "\n".join(filter(None, (" ".join(part.split()) for part in said)))
    for name in [*besides, *names_of(env)]:
        text = text.replace(name, "·")
    return text


def foreign(text, lang):
    """What of ``text`` is in another language than ``lang``, or a day that its reader cannot read.

    Chinese for readers of English, an English sentence for readers of Chinese.
    """
    if lang == "zh_TW":
        return ENGLISH.findall(text)
    return [*CHINESE.findall(text), *ROC_ALONE.findall(text)]
