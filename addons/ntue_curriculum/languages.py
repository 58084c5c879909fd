"""The languages that people may read pages and mails in, and the one of what is kept."""

from typing import NamedTuple


class Language(NamedTuple):
    """A language that is installed: Odoo's code, the web's tag, and what it calls itself."""

    code: str
    tag: str
    name: str


def languages(env):
    """The installed languages as ``Language``, in Odoo's order."""
    return [
        Language(code, code.replace("_", "-"), _own_name(name))
        for code, name in env["res.lang"].get_installed()
    ]


def as_kept(records):
    """The records in the language of the papers: what a log keeps of them for good is in it.

    In whatever language somebody acts: an entry is never rewritten, and one reader reads it all.
    """
    return records.with_context(lang=records.env["ntue.student"]._paper_language())


def reads_chinese(env):
    """Whether the reader of ``env`` reads Chinese, as everybody does of whom nothing is known."""
    return (env.lang or "zh").startswith("zh")


def shown_name(record):
    """The name of a department or program for its reader: the English one, where it has one, for
    who reads no Chinese.

    Papers, lists and logs, which are the school's own, take ``name`` itself.
    """
    english = False if reads_chinese(record.env) else record.english_name
    return english or record.name


def _own_name(name):
    """``Chinese (Traditional) / 繁體中文`` calls itself 繁體中文, ``English (US)`` English."""
    return name.split("/")[-1].split("(")[0].strip()
