"""The column 身分證字號 of the file ``students``: read into keyed hashes, never kept or repeated.

A cell's value is the hashes of its number by the name of their key, or one that a file has in place
of the number since it was uploaded (``id_files.py``). No finding repeats what is in a cell.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.importer.columns import CellError, Column
from odoo.addons.ntue_curriculum.importer.problems import Message, messages_of

from . import id_key, national_id

_ = messages_of("ntue_campus_login")

NAME, HEADER = "national_id", "身分證字號"
ALIASES = ("身份證字號", "統一證號", "居留證號碼")

MARK = re.compile(r"ntue-id:([0-9a-f]{8}):([0-9a-f]{64})")
WRONG = "ntue-id:wrong"
NO_KEY = "ntue-id:no-key"
"""What is in an uploaded file in place of a number that is none, or of any without a key."""


class NoKeyError(ValueError):
    """There is no key on this server to hash a number with."""


@dataclass(frozen=True, kw_only=True)
class NationalId(Column):
    """The value of a cell is ``{name of a key: hash}``; None of a blank one."""

    exported: bool = False  # of a number only hashes are kept

    def read_cell(self, raw: object) -> tuple[Any, None]:
        """The hashes of a cell; CellError, without its text, for what is no number."""
        try:
            return hashes_of(raw), None
        except NoKeyError:
            raise CellError(
                _(
                    "This server has no key for ID numbers, so that none is taken. Leave the "
                    "column out, or have NTUE_ID_KEY set (README, “ID numbers”)."
                )
            ) from None
        except ValueError:
            raise CellError(
                _(
                    "This is no number of an identity card or a residence permit: look for a slip "
                    "of the hand. It is not repeated here."
                )
            ) from None

    @property
    def kind(self) -> Message:
        return _("The number of an identity card or a residence permit.")

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}


def hashes_of(raw: object) -> dict[str, str] | None:
    """What is taken of a cell; None of a blank one, NoKeyError or ValueError if nothing can be.

    No exception bears the text of the cell.
    """
    text = "" if raw is None else str(raw).strip()
    if found := MARK.fullmatch(text):
        return {found[1]: found[2]}
    if text == NO_KEY:
        raise NoKeyError
    number = national_id.normalise(text)
    if not number and not text:
        return None
    if not national_id.is_accepted(number, taipei_today()):
        raise ValueError
    hashes = id_key.typed(number)
    if not hashes:
        raise NoKeyError
    return hashes


def mark_of(raw: object) -> str:
    """What a file keeps in place of a cell's number: its first hash, or why there is none."""
    try:
        hashes = hashes_of(raw)
    except NoKeyError:
        return NO_KEY
    except ValueError:
        return WRONG
    name, digest = next(iter(hashes.items())) if hashes else ("", "")
    return f"ntue-id:{name}:{digest}" if hashes else ""


def with_column(spec):
    """The declaration of the file ``students`` with the column."""
    column = NationalId(
        name=NAME,
        header=HEADER,
        aliases=ALIASES,
        help=_("Only a keyed hash of it is kept, for students who forgot their password."),
    )
    return replace(spec, columns=(*spec.columns, column))
