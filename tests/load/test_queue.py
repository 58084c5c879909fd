"""A crowd before busy worker processes waits in the system's queue: nobody has to knock twice."""

import select
import socket
import struct
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from dev import databases, process, sample_school, server, workers
from dev.checkout import Checkout

CROWD = 60
"""Many more than the sixteen of whom Odoo lets two workers' queue consist."""

KNOCKED = struct.Struct("100xI")
"""Where Linux says how often it sent something again (`tcpi_total_retrans` of `tcp_info`)."""


@pytest.fixture(scope="module")
def running() -> Iterator[server.Server]:
    checkout = Checkout.here()
    name = workers.database(checkout, "queue")
    sample_school.copy(checkout, name)
    try:
        log = workers.log(checkout, "queue")
        with server.running(checkout, name, log=log, workers=2) as found:
            yield found
    finally:
        databases.drop(checkout, name)


def knocked_again(one: socket.socket) -> bool:
    """Whether the connection was only taken when it was asked for once more."""
    state = one.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, KNOCKED.size)
    return bool(KNOCKED.unpack(state)[0])


def test_a_crowd_that_comes_at_one_moment_is_taken_in_at_once(running: server.Server) -> None:
    with ExitStack() as crowd:
        came = [crowd.enter_context(socket.socket()) for _ in range(CROWD)]
        for one in came:
            one.setblocking(False)
            one.connect_ex((process.LOOPBACK, running.port))
        waits = set(came)
        while waits:
            _, taken, _ = select.select([], waits, [], 30)
            assert taken, f"{len(waits)} of {CROWD} were not taken in"
            waits -= set(taken)
        assert sum(map(knocked_again, came)) == 0
    assert server.healthy(running), "it answers when they have gone"
