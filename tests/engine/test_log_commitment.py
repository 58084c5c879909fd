"""Texts that are taken out of a log: the chain is as it was, and nothing else passes for that."""

import importlib.util
import sys
from pathlib import Path

import pytest

ADDON = Path(__file__).resolve().parents[2] / "addons" / "ntue_curriculum"


def load(name):
    """A module by its path: its package needs Odoo, it does not."""
    spec = importlib.util.spec_from_file_location(f"ntue_{name}_of_texts", ADDON / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


log, texts = load("log_chain"), load("log_commitment")
FaultKind, Fault = log.FaultKind, log.Fault

NAMES = ("reason", "actor")
SALTS = {name: f"{number:02x}" * texts.SALT_BYTES for number, name in enumerate(NAMES, 1)}


def content(number, reason="", actor="Lin (lin)"):
    reason = reason or f"reason {number}"
    return log.Content(7, "decide", 2, "2025-11-10 04:00:00", "a", "b", reason, "", actor)


def entry(number, previous, said=None, salts=SALTS, committed=None, known=""):
    """An entry as the adapter reads it; ``said`` and ``salts`` as they are stored now."""
    said = said or content(number)
    committed = committed or texts.commitments(content(number)._asdict(), SALTS)
    known = known or log.digest(number, content(number), previous, b"", committed)
    is_opened = texts.is_opened(said._asdict(), salts, committed)
    return log.Entry(number, said, previous, known, committed, is_opened)


def chain(**of_second):
    first = entry(1, "")
    second = entry(2, first.hash, **of_second)
    return [first, second, entry(3, second.hash)]


def check(entries):
    return log.check(entries, [(row.number, row.hash) for row in chain()])


def test_a_log_as_it_was_written_is_sound():
    assert check(chain()) == []
    assert all(row.hash.startswith("ntue3:") for row in chain())


@pytest.mark.parametrize("gone", [("reason",), ("actor",), NAMES])
def test_a_log_is_sound_without_the_texts_that_went_with_their_salts(gone):
    said = content(2)._replace(**dict.fromkeys(gone, ""))
    salts = {name: salt for name, salt in SALTS.items() if name not in gone}
    assert check(chain(said=said, salts=salts)) == []


def test_a_text_that_is_gone_while_its_salt_is_there_was_altered():
    assert check(chain(said=content(2)._replace(reason=""))) == [Fault(2, FaultKind.ALTERED)]


def test_a_text_that_another_one_took_the_place_of_is_found_with_and_without_a_salt():
    other = content(2, "something else")
    salts = {"actor": SALTS["actor"]}
    for values in ({"said": other}, {"said": other, "salts": salts}):
        assert check(chain(**values)) == [Fault(2, FaultKind.ALTERED)], values


def test_a_text_with_a_commitment_and_a_salt_of_its_own_is_found_by_the_hash():
    other = content(2, "something else")
    committed = texts.commitments(other._asdict(), SALTS)
    known = chain()[1].hash
    found = check(chain(said=other, committed=committed, known=known))
    assert found == [Fault(2, FaultKind.ALTERED)]


def test_without_its_salt_a_commitment_says_nothing_of_a_text_that_is_guessed():
    known = texts.commitment("reason", "divorce", SALTS["reason"])
    guessed = {texts.commitment("reason", "divorce", other * 32) for other in ("00", "ff", "03")}
    assert known not in guessed
    assert texts.commitment("actor", "divorce", SALTS["reason"]) != known


def test_a_salt_that_is_none_is_a_fault_and_no_traceback():
    salts = {**SALTS, "reason": "no number"}
    assert check(chain(salts=salts)) == [Fault(2, FaultKind.ALTERED)]
    assert texts.read("{") == {}
    assert texts.read('["reason"]') == {}
    assert texts.read(None) == {}


def test_entries_of_before_are_sound_and_come_before_those_with_commitments():
    old = log.Entry(1, content(1), "", log.digest(1, content(1), ""))
    new = entry(2, old.hash)
    marks = [(1, old.hash), (2, new.hash)]
    assert old.hash.startswith("ntue2:")
    assert log.check([old, new], marks) == []
    late = log.Entry(3, content(3), new.hash, log.digest(3, content(3), new.hash))
    found = log.check([old, new, late], [*marks, (3, late.hash)])
    assert found == [Fault(3, FaultKind.UNSEALED)]


def test_of_an_entry_of_before_what_is_left_is_vouched_for_by_the_hash_of_the_rest():
    known = log.digest(1, content(1), "")
    left = content(1)._replace(reason="")
    rest = texts.rest(1, "", known, left)
    for said, expected in (
        (left, []),
        (left._replace(position_to="c"), [Fault(1, FaultKind.ALTERED)]),
        (content(1, "something else"), [Fault(1, FaultKind.ALTERED)]),
    ):
        found = texts.rest(1, "", known, said)
        erased = log.Entry(1, said, "", known, rest=(rest, found))
        assert log.check([erased], [(1, known)]) == expected, said
    assert log.check([log.Entry(1, left, "", known)], [(1, known)]) == [Fault(1, FaultKind.ALTERED)]


def test_what_the_register_says_of_an_erasure_is_read_back_as_it_was_said():
    said = {12: "reason, actor", 7: "label"}
    assert texts.of_figure(texts.as_figure(said)) == said
    assert texts.of_figure(None) == {}
    assert texts.of_figure("12: reason; spoilt; x: y") == {12: "reason"}
