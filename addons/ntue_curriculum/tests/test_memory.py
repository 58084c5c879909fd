"""Memory: what a large request leaves behind is collected, and what stays is counted once."""

import gc
import weakref
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from .. import memory
from . import records
from . import school as school_of
from .common import SchoolHttpCase


class Circle:
    """Something that only the collector takes apart."""

    def __init__(self):
        self.mine = self


def circle():
    return weakref.ref(Circle())


@tagged("post_install", "-at_install")
class TestMemory(BaseCase):
    def setUp(self):
        super().setUp()
        gc.disable()
        self.addCleanup(gc.enable)

    def test_what_a_large_request_left_is_collected_and_after_a_small_one_nothing_is_done(self):
        left = circle()
        for sent in (None, 0, memory.LARGE - 1):
            memory.give_back(sent)
            self.assertTrue(left())
        with patch.dict(memory._last, at=0.0):
            memory.give_back(memory.LARGE)
            self.assertFalse(left())
            left = circle()
            memory.give_back(memory.LARGE)
            self.assertTrue(left(), "not so soon again")

    def test_models_that_were_loaded_anew_leave_nothing_of_the_earlier_ones(self):
        kept = Circle()
        earlier = weakref.ref(kept)
        memory.set_aside()
        self.assertGreater(gc.get_freeze_count(), 0)
        del kept
        gc.collect()
        self.assertTrue(earlier(), "it is set aside")
        memory.set_aside()
        self.assertFalse(earlier())


@tagged("post_install", "-at_install")
class TestMemoryOfRequests(SchoolHttpCase):
    def test_every_request_gives_back_by_what_was_sent_and_the_models_are_set_aside(self):
        records.people(self)
        self.enter(school_of.account_of(self.student))
        with patch.object(memory, "give_back") as given:
            self.post("/my/profile", phone="1" * memory.LARGE)
        self.assertGreater(max(call.args[0] or 0 for call in given.call_args_list), memory.LARGE)
        with patch.object(memory, "set_aside") as aside:
            self.env["ir.http"]._register_hook()
        aside.assert_called_once_with()
