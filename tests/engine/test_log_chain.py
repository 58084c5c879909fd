"""What the chain of the log finds, without a database: one change made to a sound log at a time."""

import hashlib
import importlib.util
import sys
from pathlib import Path

import pytest

FILE = Path(__file__).resolve().parents[2] / "addons" / "ntue_curriculum" / "log_chain.py"


def load():
    """The module by its path: its package needs Odoo, it does not."""
    spec = importlib.util.spec_from_file_location("ntue_log_chain", FILE)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


log = load()
FaultKind, Fault = log.FaultKind, log.Fault


def content(number):
    return log.Content(7, "decide", 2, "2025-11-10 04:00:00", "a", "b", f"reason {number}", "")


def chain(length, start=1, previous=log.BEGINNING, make=content):
    """Sound entries from ``start`` on."""
    entries = []
    for number in range(start, start + length):
        known = log.digest(number, make(number), previous)
        entries.append(log.Entry(number, make(number), previous, known))
        previous = known
    return entries


def marks(entries):
    return [(entry.number, entry.hash) for entry in entries]


SOUND = chain(6)
MARKS = marks(SOUND)


def changed(number, **values):
    return [row._replace(**values) if row.number == number else row for row in SOUND]


def otherwise(number):
    return content(number)._replace(reason="something else")


def test_a_log_as_it_was_written_is_sound():
    assert log.check(SOUND, MARKS) == []
    assert log.check([], []) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("application", 8),
        ("action", "override"),
        ("user", 3),
        ("happened_at", "2025-11-10 04:00:01"),
        ("position_from", "x"),
        ("position_to", "x"),
        ("reason", "reason 3 "),
        ("snapshot_hash", "0"),
    ],
)
def test_whatever_an_entry_says_cannot_be_altered(field, value):
    altered = changed(3, content=content(3)._replace(**{field: value}))
    assert log.check(altered, MARKS) == [Fault(3, FaultKind.ALTERED)]


def test_words_moved_from_one_field_to_the_next_are_noticed():
    altered = changed(3, content=content(3)._replace(position_from="ab", position_to=""))
    assert log.check(altered, MARKS) == [Fault(3, FaultKind.ALTERED)]


def test_an_altered_entry_with_a_hash_to_match_breaks_the_next_and_its_mark():
    known = log.digest(3, otherwise(3), SOUND[1].hash)
    assert log.check(changed(3, content=otherwise(3), hash=known), MARKS) == [
        Fault(3, FaultKind.MARKED),
        Fault(4, FaultKind.UNLINKED),
    ]


@pytest.mark.parametrize(
    ("gone", "found"),
    [
        ({3}, [Fault(3, FaultKind.REMOVED, 3)]),
        ({2, 3, 5}, [Fault(2, FaultKind.REMOVED, 3), Fault(5, FaultKind.REMOVED, 5)]),
        ({1}, [Fault(1, FaultKind.REMOVED, 1)]),
        ({5, 6}, [Fault(5, FaultKind.REMOVED, 6)]),
        ({1, 2, 3, 4, 5, 6}, [Fault(1, FaultKind.REMOVED, 6)]),
    ],
)
def test_removed_entries_are_named_at_the_beginning_in_the_middle_and_at_the_end(gone, found):
    left = [row for row in SOUND if row.number not in gone]
    assert log.check(left, MARKS) == found


def test_two_entries_that_changed_places_are_told_with_their_right_ones():
    swapped = changed(2, content=content(5))
    swapped[4] = swapped[4]._replace(content=content(2))
    assert log.check(swapped, MARKS) == [Fault(2, FaultKind.MOVED, 5), Fault(5, FaultKind.MOVED, 2)]


def test_two_entries_whose_numbers_were_exchanged_are_told_too():
    swapped = sorted(
        [
            *(row for row in SOUND if row.number not in (2, 5)),
            SOUND[1]._replace(number=5),
            SOUND[4]._replace(number=2),
        ]
    )
    found = log.check(swapped, MARKS)
    assert {Fault(2, FaultKind.MOVED, 5), Fault(5, FaultKind.MOVED, 2)} <= set(found)


def test_an_entry_from_outside_of_the_product_has_no_mark():
    longer = [*SOUND, *chain(1, 7, SOUND[-1].hash)]
    assert log.check(longer, MARKS) == [Fault(7, FaultKind.INSERTED)]


def test_a_removed_end_is_noticed_when_the_log_went_on_after_it():
    shorter = SOUND[:4]
    later = chain(1, 5, shorter[-1].hash, otherwise)
    assert log.check([*shorter, *later], [*MARKS, *marks(later)]) == [
        Fault(5, FaultKind.REPLACED),
        Fault(6, FaultKind.REMOVED, 6),
    ]


def test_a_chain_computed_again_from_an_altered_entry_on_contradicts_its_marks():
    again = [*SOUND[:2], *chain(4, 3, SOUND[1].hash, otherwise)]
    assert log.check(again, MARKS) == [Fault(number, FaultKind.MARKED) for number in (3, 4, 5, 6)]


def test_a_chain_computed_again_with_its_marks_is_found_by_a_noted_head_only():
    again = [*SOUND[:2], *chain(4, 3, SOUND[1].hash, otherwise)]
    assert log.check(again, marks(again)) == []
    assert log.check(again, marks(again), {6: SOUND[5].hash}) == [Fault(6, FaultKind.NOT_AS_NOTED)]


def test_an_end_removed_with_its_marks_is_found_by_a_noted_head_only():
    assert log.check(SOUND[:4], MARKS[:4]) == []
    assert log.check(SOUND[:4], MARKS[:4], {6: SOUND[5].hash}) == [Fault(6, FaultKind.NOT_AS_NOTED)]


def test_a_noted_head_that_is_there_is_no_finding():
    assert log.check(SOUND, MARKS, {4: SOUND[3].hash}) == []


def test_the_hash_of_a_known_entry_stays_what_it_is():
    """Another way to compute it would break every log there is: it would be a new version."""
    text = '["ntue1",1,"",7,"decide",2,"2025-11-10 04:00:00","a","b","reason 1",""]'
    assert SOUND[0].hash == f"ntue1:{hashlib.sha256(text.encode()).hexdigest()}"


KEY = b"a key that is kept elsewhere"
KEYS = {log.key_name(KEY): KEY}


def sealed(length, start=1, previous=log.BEGINNING, key=KEY):
    """Sound entries that name an actor, sealed with a key."""
    entries = []
    for number in range(start, start + length):
        said = content(number)._replace(actor="210941001")
        known = log.digest(number, said, previous, key)
        entries.append(log.Entry(number, said, previous, known))
        previous = known
    return entries


def test_a_sealed_log_is_sound_for_somebody_who_has_the_key():
    assert log.check(sealed(4), marks(sealed(4)), keys=KEYS) == []
    older = [*SOUND, *sealed(2, 7, SOUND[-1].hash)]
    assert log.check(older, marks(older), keys=KEYS) == []


def test_without_the_key_nobody_vouches_for_it():
    assert log.check(sealed(4), marks(sealed(4))) == [Fault(1, FaultKind.NOT_VERIFIED, 4)]


def test_a_log_made_anew_without_the_key_is_found_without_any_noted_head():
    again = sealed(4, key=b"")
    assert log.check(again, marks(again), keys=KEYS) == [Fault(4, FaultKind.UNSEALED)]
    behind = [*sealed(4)[:2], *sealed(2, 3, sealed(4)[1].hash, b"")]
    found = log.check(behind, marks(behind), keys=KEYS)
    assert found == [Fault(3, FaultKind.UNSEALED), Fault(4, FaultKind.UNSEALED)]


def test_the_key_of_somebody_else_does_not_do():
    again = sealed(4, key=b"guessed")
    assert log.check(again, marks(again), keys=KEYS) == [Fault(1, FaultKind.NOT_VERIFIED, 4)]


def test_an_entry_that_is_dated_back_is_found():
    early = content(7)._replace(actor="x", happened_at="2025-11-09 04:00:00")
    known = log.digest(7, early, SOUND[-1].hash)
    longer = [*SOUND, log.Entry(7, early, SOUND[-1].hash, known)]
    assert log.check(longer, marks(longer)) == [Fault(7, FaultKind.BACKDATED)]


def test_a_log_goes_on_from_where_an_earlier_one_ended():
    later = chain(2, 7, SOUND[-1].hash)
    ended = (6, SOUND[-1].hash)
    assert log.check(later, marks(later), after=ended) == []
    assert log.check(later, [*MARKS, *marks(later)], after=ended) == []
    assert log.check(later, marks(later), {6: SOUND[-1].hash}, after=ended) == []
    assert log.check(later, marks(later), after=(6, "other")) == [Fault(7, FaultKind.UNLINKED)]
    assert log.check(later[1:], marks(later), after=ended) == [Fault(7, FaultKind.REMOVED, 7)]


def changed_by(number, origin=0):
    """An entry of the register: a change of an import, or of a person."""
    moment = f"2025-11-10 04:00:0{number}"
    return log.RegisterContent(
        "ntue.enrollment", number, 1, "changed", 2, moment, "row", "{}", "", "x", origin
    )


MADE_NOW: dict[str, str] = {}
"""Commitments of entries as they are made now, to no text."""


def register(origins, start=1, previous=log.BEGINNING, commitments=MADE_NOW, key=b""):
    entries = []
    for number, origin in enumerate(origins, start):
        said = changed_by(number, origin)
        known = log.digest(number, said, previous, key, commitments)
        entries.append(log.Entry(number, said, previous, known, commitments))
        previous = known
    return entries


@pytest.mark.parametrize(("number", "origin"), [(1, 8), (1, 0), (2, 7)])
def test_which_import_made_a_change_cannot_be_altered_taken_away_or_added(number, origin):
    sound = register([7, 0])
    assert log.check(sound, marks(sound)) == []
    forged = list(sound)
    forged[number - 1] = sound[number - 1]._replace(content=changed_by(number, origin))
    assert log.check(forged, marks(sound)) == [Fault(number, FaultKind.ALTERED)]


def test_entries_from_before_imports_were_in_the_hash_are_as_sound_as_they_were():
    for key in (b"", KEY):
        older = register([7, 0], commitments=None, key=key)
        whole = [*older, *register([0, 8], 3, older[-1].hash, key=key)]
        assert older[0].hash.startswith("ntue2")
        assert whole[-1].hash.startswith("ntue3")
        assert log.check(whole, marks(whole), keys={log.key_name(key): key} if key else {}) == []


def test_an_entry_made_the_older_way_after_a_newer_one_is_found():
    newer = register([7])
    whole = [*newer, *register([8], 2, newer[-1].hash, commitments=None)]
    assert log.check(whole, marks(whole)) == [Fault(2, FaultKind.UNSEALED)]
