"""The gate before every request: its asker has a turn, waits for one, or has to come later.

It comes before the database is opened, because waiting must not hold a connection: there are
few, and Odoo signs people out when it finds none. Therefore it knows of an account no more than
the session says, and whether it is an employee's only since the account was last let in here.
"""

import functools
import ipaddress
import logging
import os
import re
import sys
import threading
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from odoo import SUPERUSER_ID, api, http
from odoo.modules.registry import Registry
from odoo.service import db as service_db
from odoo.service.server import (
    CommonRequestHandler,
    RequestHandler,
    ThreadedWSGIServerReloadable,
    WorkerHTTP,
)
from odoo.tools import config
from odoo.tools.lru import LRU

from . import feed, memory, wait_page
from .connections import Connections, lengthen_queue, put_before
from .request_size import RPC_OPTION, most_bytes, rpc_bytes
from .server_fixes import put_right
from .turns import Limit, TooManyError, Turns
from .turns_between import TurnsBetween

_logger = logging.getLogger(__name__)

STUDENT, STAFF, ADDRESS = "student", "staff", "address"

LIMITS = {
    STUDENT: Limit(running=1, waiting=24, calm=6, share=0.25),
    STAFF: Limit(running=4, waiting=60, calm=24),
    ADDRESS: Limit(
        2, waiting=120, calm=100, seconds=60, share=0.25, credit=300, credit_per_second=10
    ),
}
"""A browser asks for six things at a time. Behind one address a campus signs in on the last
evening: hundreds are to be served there, not refused. Calls of other systems (RPC) come without a
session and count by their address."""

LEAST = {STUDENT: 12, STAFF: 24, ADDRESS: 100}
"""Fewer places to wait would refuse a person with two browsers, or a class."""

OPTION = "ntue_turns_"
"""``NTUE_TURNS_STUDENT=2,40`` in the environment or ``ntue_turns_student = 2,40`` in the
configuration file: two requests are worked on and forty wait. So for _STAFF and _ADDRESS."""

SWITCH = 0.001
"""Seconds that a thread may keep Python to itself while others want it, instead of 0.005: a page
that asks the database forty times waits for it forty times."""

STACK = 4 * 1024 * 1024
"""Bytes of a thread's stack, half of what Linux gives: Odoo counts them as memory in use."""

REMEMBERED = 50_000

_employees: LRU[tuple[str, int], bool] = LRU(REMEMBERED)


def _room(account):
    """How many requests of an account, or of an address, the gate takes in."""
    kind = ADDRESS if account is None else STAFF if _employees.get(account) else STUDENT
    return limits()[kind].running + limits()[kind].waiting


@functools.cache
def connections():
    """The open connections of this process."""
    return Connections(_room, forwarded=config["proxy_mode"])


def limit_of(kind):
    """The limit of ``kind`` as the server's settings have it."""
    own = LIMITS[kind]
    name = f"{OPTION}{kind}"
    text = os.environ.get(name.upper()) or config.options.get(name)
    if not text:
        return own
    found = re.fullmatch(r"\s*([1-9]\d{0,3})\s*,\s*(\d{1,5})\s*", str(text))
    if not found or not int(found[1]):
        _logger.warning("%s is two numbers, as in 2,40; what is set is not, and is left.", name)
        return own
    running, waiting = map(int, found.groups())
    return replace(own, running=running, waiting=max(waiting, LEAST[kind]))


def rpc():
    """The bytes of a call of another system that the server's settings allow."""
    text = os.environ.get(RPC_OPTION.upper()) or config.options.get(RPC_OPTION) or ""
    return rpc_bytes(str(text))


@functools.cache
def limits():
    """All limits; read once a process.

    Worker processes serve one request each: one of them is always left to others.
    """
    found = {kind: limit_of(kind) for kind in LIMITS}
    if not config["workers"]:
        return found
    most = max(1, config["workers"] - 1)
    return {kind: replace(limit, running=min(limit.running, most)) for kind, limit in found.items()}


@functools.cache
def turns():
    """The turns of this process, or between the workers of this server."""
    if config["workers"] and not getattr(sys.modules["odoo"], "evented", False):
        return TurnsBetween(Path(config["data_dir"]) / "ntue_turns")
    room = config["db_maxconn"]
    return Turns(max(1, room - max(2, room // 4)))


def know(database, uid, *, employee):
    """Remember whether an account that has been let in is an employee's."""
    _employees[database, uid] = employee


def asker(request):
    """Who asks, and what kind that is."""
    uid = request.session.uid if request.db else None
    if uid:
        return (request.db, uid), STAFF if _employees.get((request.db, uid)) else STUDENT
    return (request.db, network_of(request.httprequest.remote_addr or "")), ADDRESS


def network_of(address, otherwise=None):
    """The address; of one of IPv6 the network, which is one household's.

    ``otherwise``: what is returned for what is no address; that itself unless given.
    """
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return address if otherwise is None else otherwise
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))


def _bound_json(request, key, kind):
    """No JSON that is larger than this asker has to send is read.

    Odoo reads some of it to learn which cursor a call needs, before it asks who calls. Where
    nothing says which database a request is for, no model will bound it: here all kinds are.
    """
    sent = request.httprequest
    auth = "user" if request.session.uid else "none"
    if request.db and sent.path == feed.PATH:
        # Of this address nothing is read before it is known who calls.
        sent.max_content_length = feed.BYTES
        return
    if not request.db:
        sent.max_content_length = most_bytes(sent.mimetype, {"auth": "none"}, rpc())
        return
    most = most_bytes("application/json", {"auth": auth}, rpc())
    small = sent.content_length is not None and sent.content_length <= most
    if kind == STAFF or small or sent.mimetype not in http.JsonRPCDispatcher.mimetypes:
        return
    if kind == STUDENT and key not in _employees and _is_employee(*key):
        return
    sent.max_content_length = most


def _is_employee(database, uid):
    """Asked of the database, once an account and only for what is large."""
    with Registry(database).cursor(readonly=True) as cr:
        user = api.Environment(cr, SUPERUSER_ID, {})["res.users"].browse(uid).exists()
        found = bool(user) and user._is_internal()
    know(database, uid, employee=found)
    return found


def refusal(request):
    """The response to who has to come later: a page, or an error for a program."""
    sent = request.httprequest
    lang = request.session.context.get("lang") or "en_US"
    if sent.mimetype in http.JsonRPCDispatcher.mimetypes:
        return wait_page.answer_program(lang, bare=sent.path.startswith("/json/"))
    return wait_page.answer("requests", lang)


def released():
    """A context in which another program works for the request, and its turn is another's."""
    request = http.request
    held = getattr(request, "ntue_turn", None) if request else None
    return turns().released(*held) if held else nullcontext()


def _through_gate(serve):
    @functools.wraps(serve)
    def through_gate(self):
        key, kind = asker(self)
        self.ntue_turn = (key, limits()[kind])
        if kind != ADDRESS and not config["workers"]:
            connections().know(self.session.sid, key)
        try:
            with turns().turn(*self.ntue_turn):
                _bound_json(self, key, kind)
                try:
                    return serve(self)
                finally:
                    memory.give_back(self.httprequest.content_length)
        except TooManyError:
            return refusal(self)

    through_gate.ntue_gate = True
    return through_gate


def _one_after_the_other(work):
    """``work``, by one thread at a time."""
    lock = threading.Lock()

    @functools.wraps(work)
    def alone(*args, **kwargs):
        with lock:
            return work(*args, **kwargs)

    return alone


def install():
    """Put the gate before every request of this server, once.

    Where a filter chooses the database, Odoo lists them for every visitor without a session
    before the request comes here: a crowd that does so at once takes all connections.
    """
    if not hasattr(http.Request._serve_db, "ntue_gate"):
        http.Request._serve_db = _through_gate(http.Request._serve_db)
        # Calls of other systems name their database in the text and come by this way, too.
        http.Request._serve_nodb = _through_gate(http.Request._serve_nodb)
        service_db.list_dbs = _one_after_the_other(service_db.list_dbs)
        memory.bound_heap()
        threading.stack_size(min(threading.stack_size() or STACK, STACK))
        put_before(ThreadedWSGIServerReloadable, connections)
        lengthen_queue(WorkerHTTP)
        put_right(CommonRequestHandler, RequestHandler)
        sys.setswitchinterval(min(SWITCH, sys.getswitchinterval()))
