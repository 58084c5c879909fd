"""The door before the threads: who has too many connections open gets no more, others do."""

import socket
from contextlib import ExitStack
from unittest.mock import Mock

from odoo.service.server import ThreadedWSGIServerReloadable, WorkerHTTP
from odoo.tests import BaseCase, tagged

from .. import connections

ANN = ("school", 7)
SID = "annas-session"


@tagged("post_install", "-at_install")
class TestDoor(BaseCase):
    def setUp(self):
        super().setUp()
        self.stack = ExitStack()
        self.addCleanup(self.stack.close)
        self.door = self.new_door()

    def new_door(self, forwarded=False):
        door = connections.Connections(lambda account: 1 if account else 2, forwarded=forwarded)
        door.know(SID, ANN)
        return door

    def connection(self, *lines):
        """The server's end of a connection over which a request with ``lines`` has come."""
        mine, other = socket.socketpair()
        self.stack.enter_context(mine)
        self.stack.enter_context(other)
        request = "\r\n".join(("GET /my HTTP/1.1", "Host: desk.example.com", *lines, "", ""))
        other.sendall(request.encode())
        return mine, other

    def let_in(self, door, number, *lines, peer="192.0.2.1"):
        """How many of ``number`` connections are let in."""
        return sum(door.lets_in(self.connection(*lines)[0], peer) for _ in range(number))

    def test_an_account_has_so_many_and_another_address_is_let_in(self):
        cookie = f"Cookie: lang=zh_TW; session_id={SID}"
        self.assertEqual(self.let_in(self.door, 50, cookie), 1 + connections.SPARE)
        self.assertEqual(self.let_in(self.door, 50, cookie, peer="192.0.2.2"), 0)
        self.assertEqual(self.let_in(self.door, 50, peer="192.0.2.2"), 2 + connections.SPARE)

    def test_who_only_claims_to_have_sessions_counts_by_address(self):
        let_in = sum(
            self.let_in(self.door, 1, f"Cookie: session_id=made-up-{number}")
            for number in range(50)
        )
        self.assertEqual(let_in, 2 + connections.SPARE)

    def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw(self):
        door = self.new_door(forwarded=True)
        for last in (1, 2):
            line = f"X-Forwarded-For: 10.9.9.9, 198.51.100.{last}"
            self.assertEqual(self.let_in(door, 50, line), 2 + connections.SPARE)
        self.assertEqual(self.let_in(self.door, 20, "X-Forwarded-For: 10.0.0.1"), 10)
        self.assertEqual(self.let_in(self.door, 20, "X-Forwarded-For: 10.0.0.2"), 0)

    def test_a_line_that_the_visitor_wrote_before_the_proxys_gives_no_room(self):
        door = self.new_door(forwarded=True)
        let_in = sum(
            self.let_in(
                door, 1, f"X-Forwarded-For: 10.9.9.{number}", "X-Forwarded-For: 203.0.113.9"
            )
            for number in range(50)
        )
        self.assertEqual(let_in, 2 + connections.SPARE)

    def test_notices_of_open_browsers_take_no_place_of_pages(self):
        cookie = f"Cookie: session_id={SID}"
        notices = self.let_in(self.door, 50, cookie, "Upgrade: websocket")
        self.assertEqual(notices, connections.SOCKETS)
        self.assertEqual(self.let_in(self.door, 1, cookie), 1)

    def test_a_place_is_free_when_its_connection_is_gone(self):
        door = self.new_door()
        mine = [self.connection()[0] for _ in range(3 + connections.SPARE)]
        self.assertEqual([door.lets_in(one, "a") for one in mine][-1], False)
        door.gone(mine[0])
        door.gone(mine[0])
        self.assertTrue(door.lets_in(mine[-1], "a"))
        for one in mine:
            door.gone(one)
        self.assertEqual(door.counted(), 0)

    def test_somebody_who_is_turned_away_is_told_so(self):
        mine, other = self.connection()
        connections.turn_away(mine)
        mine.close()
        self.assertIn(b" 429 ", other.recv(1000))

    def test_somebody_who_has_sent_nothing_yet_is_told_so_too(self):
        mine, other = socket.socketpair()
        with mine, other:
            connections.turn_away(mine)
            self.assertIn(b" 429 ", other.recv(1000, socket.MSG_DONTWAIT))

    def test_a_server_with_the_door_gives_back_what_its_connections_held(self):
        seen = []

        class Server:
            socket = Mock()

            def process_request(self, request, client_address):
                seen.append(client_address)
                self.shutdown_request(request)

            def shutdown_request(self, request):
                request.close()

        connections.put_before(Server, lambda: self.door)
        server = Server()
        for _ in range(20):
            server.process_request(self.connection()[0], ("192.0.2.1", 1))
        server.socket.listen.assert_called_once_with(connections.QUEUE)
        self.assertEqual((len(seen), self.door.counted()), (20, 0))

    def test_a_worker_process_lets_many_wait_from_its_first_request_on(self):
        seen = []

        class Worker:
            multi = Mock()

            def process_request(self, client, addr):
                seen.append((client, addr))

        connections.lengthen_queue(Worker)
        worker = Worker()
        for number in range(3):
            worker.process_request("client", number)
        worker.multi.socket.listen.assert_called_once_with(connections.QUEUE)
        self.assertEqual(seen, [("client", number) for number in range(3)])

    def test_the_worker_processes_have_the_longer_queue(self):
        ours = WorkerHTTP.process_request.__module__
        self.assertEqual(ours, connections.__name__)

    def test_the_threaded_server_has_it(self):
        ours = ThreadedWSGIServerReloadable.process_request.__module__
        self.assertEqual(ours, connections.__name__)
