"""The key with which heads of the logs are signed, and where the anchors are kept: no database.

``NTUE_ANCHOR_KEY_FILE`` in the environment of the server, or ``ntue_anchor_key_file`` in its
configuration file, names a file with a private key of Ed25519 in PEM; public keys of before are
written after it. ``NTUE_ANCHOR_FILE`` (``ntue_anchor_file``) names the file that anchors are added
to, best on another machine. Without either nothing is anchored.
"""

import fcntl
import logging
import os
from contextlib import contextmanager
from pathlib import Path

from odoo.tools import config

from .log_anchor import AnchorKeyError, AnchorKeys, read_anchors, read_keys

_logger = logging.getLogger(__name__)

KEY_VARIABLE, KEY_OPTION = "NTUE_ANCHOR_KEY_FILE", "ntue_anchor_key_file"
FILE_VARIABLE, FILE_OPTION = "NTUE_ANCHOR_FILE", "ntue_anchor_file"


def _named(variable, option):
    return os.environ.get(variable) or config.options.get(option) or ""


def keys(path=None):
    """The keys of the file that is named, or of ``path``; none without a file.

    AnchorKeyError where it holds something else, or OSError where it cannot be read.
    """
    path = path or _named(KEY_VARIABLE, KEY_OPTION)
    return read_keys(Path(path).read_text(encoding="utf-8")) if path else AnchorKeys(None, {})


def signing():
    """The key that signs; None without one, and where its file is of no use, which is logged."""
    try:
        return keys().signing
    except (OSError, AnchorKeyError):
        _logger.exception("The key of the anchors cannot be read: nothing is anchored.")
        return None


def known():
    """The public keys by name; none where their file cannot be read, which is logged."""
    try:
        return keys().known
    except (OSError, AnchorKeyError):
        _logger.exception("The keys of the anchors cannot be read: nothing is compared.")
        return {}


def place():
    """The file of the anchors as it is named; empty without one."""
    return _named(FILE_VARIABLE, FILE_OPTION)


@contextmanager
def opened(path):
    """The anchors that are in the file, and a function that adds one; nobody adds meanwhile."""
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT
    with os.fdopen(os.open(path, flags, 0o600), "a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        text = file.read()

        def add(anchor):
            # What was cut off in the middle of a line, as by a full disk, does not spoil this one.
            start = "\n" if text and not text.endswith("\n") else ""
            file.write(f"{start}{anchor.line()}\n")
            file.flush()
            os.fsync(file.fileno())

        yield read_anchors(text), add
