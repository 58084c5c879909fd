"""How far a run is: sentences that are shown while it works, the last of each file. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .problems import Message, _

Progress = Callable[[Message], None]
"""Called at each stage; may raise ``StoppedError``."""

FILE = "file"
"""The place of each sentence that names the file."""


class StoppedError(Exception):
    """Somebody has stopped the run."""


def rows_read(file: str, count: int) -> Message:
    return _("%(file)s: %(count)s rows read", file=file, count=count)


def rows_checked(file: str, count: int) -> Message:
    return _("%(file)s: %(count)s rows checked", file=file, count=count)


def rows_written(file: str, done: int, total: int) -> Message:
    return _(
        "%(file)s: %(done)s of %(total)s rows compared and written",
        file=file,
        done=done,
        total=total,
    )


def as_json(message: Message) -> dict[str, Any]:
    """What a stage says, to be kept while the run works."""
    return {"source": message.source, "args": dict(message.args), "module": message.module}


def message_of(kept: Mapping[str, Any]) -> Message:
    return Message(kept["source"], kept["args"], kept["module"])
