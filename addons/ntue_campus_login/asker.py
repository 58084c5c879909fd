"""Who asks from outside, and from where: also where Odoo hides the request.

While Odoo serves XML-RPC and JSON-RPC there is no ``request`` to be looked at, as in a job or in
the shell. Passwords that are tried that way are tried from somewhere all the same.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from odoo import http
from odoo.http import request

_program: ContextVar[str | None] = ContextVar("ntue_program", default=None)


@contextmanager
def program(address):
    """Inside, a program at ``address`` calls, though there is no request."""
    token = _program.set(address or "")
    try:
        yield
    finally:
        _program.reset(token)


def install():
    """Remember the address wherever Odoo hides the request, once.

    Not in a controller: where nothing says which database a call is for, Odoo serves it by its own.
    """
    hiding = http.borrow_request
    if hasattr(hiding, "ntue_program"):
        return

    @contextmanager
    def borrow_request():
        with program(request.httprequest.remote_addr), hiding():
            yield

    borrow_request.ntue_program = True
    http.borrow_request = borrow_request


def is_there():
    """Whether somebody outside asks; False in the shell and in jobs."""
    return bool(request) or _program.get() is not None


def address():
    """The address of who asks; empty for nobody."""
    return (request.httprequest.remote_addr if request else _program.get()) or ""


install()
