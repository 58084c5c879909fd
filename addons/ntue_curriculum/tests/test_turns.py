"""Turns by themselves: who is worked on, who waits, who is refused, and that nothing is kept."""

import subprocess
import sys
import tempfile
import textwrap
import threading
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ..turns import LANE_LONGEST_REST, MEMORY, Limit, Taken, TooManyError, Turns
from ..turns_between import TurnsBetween

ONE = Limit(running=1, waiting=2, calm=1)
MUCH = replace(ONE, share=0.25)
STRICT = Limit(running=1, waiting=0, calm=0, credit=0, credit_per_second=0)
PATIENCE = 30
"""Seconds after which a test that waits for another thread gives up; none is in its result."""


def until(true):
    """Wait until ``true()``."""
    pause = threading.Event()
    for _ in range(PATIENCE * 100):
        if true():
            return
        pause.wait(0.01)
    raise AssertionError("It did not come to it.")


@tagged("post_install", "-at_install")
class TestTurns(BaseCase):
    def setUp(self):
        super().setUp()
        self.turns = Turns(whole=4)
        self.done = []

    def ask(self, name, key="ann", limit=ONE):
        """A thread that asks for a turn and notes what it came to."""

        def run():
            try:
                with self.turns.turn(key, limit):
                    self.done.append(name)
            except TooManyError:
                self.done.append(f"{name} refused")

        thread = threading.Thread(target=run)
        thread.start()
        self.addCleanup(thread.join, PATIENCE)
        return thread

    def refused(self, key="ann", limit=ONE):
        with self.assertRaises(TooManyError), self.turns.turn(key, limit):
            pass

    def test_one_more_than_run_and_wait_is_refused_and_another_asker_is_served(self):
        with self.turns.turn("ann", ONE):
            for number in (1, 2):
                self.ask(number)
                until(lambda n=number: self.turns.counted("ann") == (1, n))
            self.refused()
            with self.turns.turn("bea", ONE):
                self.assertEqual(self.turns.counted("bea"), (1, 0))
            self.assertEqual(self.done, [])
        until(lambda: self.turns.counted("ann") == (0, 0))
        self.assertEqual(self.done, [1, 2], "in the order in which they came")

    def test_a_turn_is_given_back_after_an_error(self):
        with self.assertRaises(ZeroDivisionError), self.turns.turn("ann", ONE):
            raise ZeroDivisionError
        self.assertEqual(self.turns.counted("ann"), (0, 0))
        with self.turns.turn("ann", Limit(1, 0, 0)):
            pass

    def test_who_waits_too_long_is_refused_and_leaves_the_place_to_others(self):
        with self.turns.turn("ann", ONE):
            self.refused(limit=Limit(running=1, waiting=1, calm=1, seconds=0.01))
            self.assertEqual(self.turns.counted("ann"), (1, 0))
            waiting = self.ask("after")
            until(lambda: self.turns.counted("ann") == (1, 1))
        waiting.join(PATIENCE)
        self.assertEqual(self.done, ["after"])

    def test_a_lent_turn_is_anothers_until_it_is_taken_back(self):
        with self.turns.turn("ann", ONE):
            with self.turns.released("ann", ONE), self.turns.turn("ann", Limit(1, 0, 0)):
                self.assertEqual(self.turns.counted("ann"), (1, 0))
            self.refused(limit=Limit(1, 0, 0))
        self.assertEqual(self.turns.counted("ann"), (0, 0))

    def test_a_process_works_on_so_many_and_no_more_no_matter_who_asks(self):
        with ExitStack() as held:
            for name in range(4):
                held.enter_context(self.turns.turn(name, ONE))
            self.refused("fifth", Limit(1, 1, 1, seconds=0.01))
        self.assertEqual(self.turns.counted("fifth"), (0, 0))
        with self.turns.turn("fifth", ONE):
            pass

    def test_who_has_more_waiting_than_a_browser_pauses_and_is_served_all_the_same(self):
        with self.turns.turn("ann", ONE):
            for number in (1, 2):
                self.ask(number)
            until(lambda: self.turns.counted("ann") == (1, 2))
        until(lambda: len(self.done) == 2)
        self.assertEqual(sorted(self.done), [1, 2])

    def test_somebody_who_takes_much_is_worked_on_one_after_the_other_and_holds_up_nobody_else(
        self,
    ):
        for key in ("ann", "bea"):
            self.turns._taken.add(key, MEMORY)
        with self.turns.turn("ann", MUCH):
            waiting = self.ask("bea", "bea", MUCH)
            until(lambda: self.turns.counted("bea") == (1, 0))
            self.refused("bea", replace(MUCH, waiting=0))
            with self.turns.turn("cleo", MUCH):
                self.assertEqual(self.done, [])
        waiting.join(PATIENCE)
        self.assertEqual(self.done, ["bea"])

    def test_who_waits_too_long_behind_others_who_take_much_leaves_nothing_behind(self):
        for key in ("ann", "bea"):
            self.turns._taken.add(key, MEMORY)
        with self.turns.turn("ann", MUCH):
            self.refused("bea", replace(MUCH, seconds=0.01))
        self.assertEqual(self.turns.counted("bea"), (0, 0))
        with self.turns.turn("bea", MUCH):
            pass

    def test_while_another_program_works_for_who_takes_much_the_next_one_is_worked_on(self):
        for key in ("ann", "bea"):
            self.turns._taken.add(key, MEMORY)
        at_once = replace(MUCH, seconds=0.01)
        with (
            self.turns.turn("ann", MUCH),
            self.turns.released("ann", MUCH),
            self.turns.turn("bea", at_once),
        ):
            pass
        with self.turns.turn("bea", at_once):
            pass

    def test_somebody_with_too_many_requests_is_worked_on_as_one_who_takes_much(self):
        self.turns._taken.add("bea", MEMORY)
        with self.turns.turn("bea", MUCH):
            with self.turns.turn("ann", ONE):
                for number in (1, 2):
                    self.ask(number, limit=replace(ONE, seconds=number**5))
                    until(lambda n=number: self.turns.counted("ann") == (1, n))
            until(lambda: len(self.done) == 2)
        self.assertEqual(self.done, ["1 refused", 2], "the second one does not wait with too many")

    def test_the_lane_is_left_empty_for_a_moment_where_somebody_else_is_served(self):
        self.turns._taken.add("ann", MEMORY)
        for others, rest in ((False, 0), (True, LANE_LONGEST_REST)):
            if others:
                with self.turns.turn("cleo", MUCH):
                    pass
            self.turns._lane_worked = 2 * LANE_LONGEST_REST
            with patch(f"{Turns.__module__}.sleep") as slept, self.turns.turn("ann", MUCH):
                pass
            self.assertEqual(sum(call.args[0] for call in slept.call_args_list), rest)

    def test_what_somebody_took_fades(self):
        now = [0.0]
        taken = Taken(lambda: now[0])
        taken.add("ann", MEMORY)
        self.assertEqual((taken.share("ann"), taken.share("bea")), (1.0, 0.0))
        now[0] = 2 * MEMORY
        self.assertLess(taken.share("ann"), MUCH.share)


@tagged("post_install", "-at_install")
class TestTurnsBetween(BaseCase):
    """Two workers are two objects on one file; a worker that is killed is a process."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "turns"
        self.one, self.other = self.worker(), self.worker()

    def worker(self):
        return TurnsBetween(self.file)

    def refused(self, worker, key="ann", limit=STRICT):
        with self.assertRaises(TooManyError), worker.turn(key, limit):
            pass

    def test_what_one_worker_does_for_somebody_counts_in_the_other(self):
        with self.one.turn("ann", STRICT):
            self.refused(self.other)
            with self.other.turn("bea", STRICT), self.one.turn("cleo", STRICT):
                pass
        with self.other.turn("ann", STRICT):
            pass

    def test_a_person_is_served_from_her_credit_and_somebody_who_goes_on_is_not(self):
        kind = replace(STRICT, credit=3)
        with self.one.turn("ann", kind):
            for _ in range(3):
                with self.other.turn("ann", kind):
                    pass
            self.refused(self.other, limit=kind)
            with self.one.turn("bea", kind), self.other.turn("bea", kind):
                pass

    def test_the_turn_of_a_worker_that_is_killed_is_free(self):
        script = f"""
            from pathlib import Path
            from desk.turns import Limit
            from desk.turns_between import TurnsBetween
            with TurnsBetween(Path({str(self.file)!r})).turn("ann", Limit(1, 0, 0)):
                print("held", flush=True)
                input()
        """
        killed = subprocess.Popen(
            [sys.executable, "-c", _outside_odoo(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.addCleanup(killed.stdin.close)
        self.addCleanup(killed.stdout.close)
        self.assertEqual(killed.stdout.readline(), b"held\n")
        self.refused(self.one)
        killed.kill()
        killed.wait(PATIENCE)
        with self.one.turn("ann", STRICT):
            pass


def _outside_odoo(script):
    """The script with our pure modules in a package of another name: no Odoo is loaded."""
    folder = str(Path(__file__).resolve().parents[1])
    head = (
        "import sys, types\n"
        "package = types.ModuleType('desk')\n"
        f"package.__path__ = [{folder!r}]\n"
        "sys.modules['desk'] = package\n"
    )
    return head + textwrap.dedent(script)
