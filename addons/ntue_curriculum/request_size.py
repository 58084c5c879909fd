"""How much a student or a visitor may send in one request: what is read takes memory many times.

Pure: what the server's settings say of it is read in ``gate``.
"""

from __future__ import annotations

from collections.abc import Mapping

FORM = 256 * 1024
"""A form of texts; the longest has a page of them."""
JSON = 512 * 1024
FILES = 1024 * 1024
"""A form with files, at an address that takes none from a student."""

RPC = 1024 * 1024
"""Calls of other systems bring an account in their text; what it may is not known before."""
RPC_OPTION = "ntue_rpc_bytes"
"""``NTUE_RPC_BYTES`` in the environment or ``ntue_rpc_bytes`` in the configuration file, for
systems that send more; at least a tenth of `RPC`. Read, a text takes twenty times its size."""

REMOTE = ("text/xml", "application/xml", "application/json", "application/json-rpc")


def most_bytes(mimetype: str, routing: Mapping[str, object], rpc: int = RPC) -> int | None:
    """The bytes of a body of this kind that are read at an address with this ``routing``.

    ``rpc``: of calls of other systems. None where the address has a bound of its own.
    """
    if routing.get("max_content_length"):
        return None
    if mimetype == "multipart/form-data":
        return FILES
    if mimetype in REMOTE:
        return rpc if routing["auth"] == "none" else JSON
    return FORM


def rpc_bytes(text: str) -> int:
    """The bytes of a call that the setting ``text`` allows; those of `RPC` where it is none."""
    return max(int(text), RPC // 10) if text.isdecimal() else RPC
