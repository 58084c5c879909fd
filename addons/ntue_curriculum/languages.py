"""The languages that people may read pages and mails in, each under its own name."""

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


def _own_name(name):
    """``Chinese (Traditional) / 繁體中文`` calls itself 繁體中文, ``English (US)`` English."""
    return name.split("/")[-1].split("(")[0].strip()
