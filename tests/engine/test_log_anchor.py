"""What signed heads tell of logs, each case made from logs that agree with them."""

from dataclasses import replace

import log_anchor
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from log_anchor import Finding, Stored

KEY = Ed25519PrivateKey.generate()
KNOWN = {log_anchor.name_of(KEY.public_key()): KEY.public_key()}
EVENTS, REGISTER = "ntue_graduation_event", "ntue_register_entry"


def pem(key, encryption=None):
    how = encryption or NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how).decode()


def anchors(*heads, key=KEY, purposes=("day",)):
    """An anchor of each: numbers of the last entries of both logs."""
    made = []
    for events, register in heads:
        numbers = {EVENTS: f"{events}/e{events}", REGISTER: f"{register}/r{register}"}
        before = made[-1] if made else None
        made.append(log_anchor.sign(log_anchor.after(before, "at", "db", purposes, numbers), key))
    return made


def logs(events, register, begins_after=0):
    """Both logs as they were written."""
    return {
        EVENTS: Stored({n: f"e{n}" for n in range(1, events + 1)}, events, begins_after),
        REGISTER: Stored({n: f"r{n}" for n in range(1, register + 1)}, register),
    }


def told(made, stored, known=None, database="db"):
    known = KNOWN if known is None else known
    return [(one.finding, one.table) for one in log_anchor.check(made, known, database, stored)]


def rewritten(stored, table, number):
    log = stored[table]
    return {**stored, table: replace(log, hashes={**log.hashes, number: "another"})}


MADE = anchors((3, 5), (7, 6), (9, 6))


def test_logs_that_went_on_agree_with_their_anchors():
    assert told(MADE, logs(12, 8)) == []


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        (logs(3, 5), [(Finding.RESTORED, "")]),
        (logs(5, 5), [(Finding.RESTORED, "")]),
        (logs(8, 6), [(Finding.RESTORED, "")]),
        (logs(5, 6), [(Finding.TRUNCATED, EVENTS)]),
        (logs(0, 6), [(Finding.TRUNCATED, EVENTS)]),
        (rewritten(logs(12, 8), EVENTS, 7), [(Finding.REWRITTEN, EVENTS)]),
        (rewritten(logs(12, 8), REGISTER, 6), [(Finding.REWRITTEN, REGISTER)]),
        ({EVENTS: logs(12, 8)[EVENTS]}, [(Finding.TRUNCATED, REGISTER)]),
    ],
)
def test_a_log_that_was_rewritten_cut_or_restored_is_told(stored, expected):
    assert told(MADE, stored) == expected


def test_the_last_anchor_that_agrees_is_named():
    (one,) = log_anchor.check(MADE, KNOWN, "db", rewritten(logs(12, 8), EVENTS, 7))
    assert (one.anchor.number, one.number, one.agreed) == (2, 7, MADE[0])


def test_an_anchor_that_was_altered_left_out_or_made_without_the_key_is_told():
    altered = replace(MADE[1], heads={**MADE[1].heads, EVENTS: "7/forged"})
    assert (Finding.FORGED, "") in told([MADE[0], altered, MADE[2]], logs(12, 8))
    assert told([MADE[0], MADE[2]], logs(12, 8)) == [(Finding.LEFT_OUT, "")]
    assert told(MADE[1:], logs(12, 8)) == [(Finding.LEFT_OUT, "")]
    other = Ed25519PrivateKey.generate()
    assert told(anchors((3, 5), key=other), logs(12, 8)) == [(Finding.UNKNOWN_KEY, "")]
    borrowed = replace(anchors((3, 5), key=other)[0], key=next(iter(KNOWN)))
    assert told([borrowed], logs(12, 8)) == [(Finding.FORGED, "")]


def test_anchors_of_another_database_are_not_compared():
    assert told(MADE, logs(0, 0), database="another") == []


def test_a_restore_that_was_signed_is_told_and_no_fault_and_what_came_after_counts():
    after = log_anchor.after(
        MADE[-1], "at", "db", (f"{log_anchor.RESTORED}a disk was lost",), {EVENTS: "3/e3"}
    )
    made = [*MADE, log_anchor.sign(after, KEY)]
    assert told(made, logs(4, 5)) == [(Finding.SET_ASIDE, "")]
    assert told(made, logs(2, 5)) == [(Finding.SET_ASIDE, ""), (Finding.TRUNCATED, EVENTS)]


def test_what_an_uninstalled_log_had_is_not_asked_for():
    assert told(MADE, logs(12, 8, begins_after=10)) == []


def test_anchors_are_read_from_their_file_from_mails_and_past_spoilt_lines():
    lines = "\n".join(f"> {one.line()} <br>" for one in MADE)
    spoilt = MADE[0].line().replace('"number":1', '"number":"x"').replace("3/e3", "x/e3")
    assert log_anchor.read_anchors(f"{lines}\n{spoilt}\n{lines}") == MADE
    stamped = replace(MADE[1], timestamp="AAAA")
    assert log_anchor.read_anchors(f"{lines}\n{stamped.line()}")[1] == stamped


def test_the_first_private_key_signs_and_every_other_one_is_known():
    old, new = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    public = old.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    keys = log_anchor.read_keys(f"{pem(new)}\n{public.decode()}")
    assert log_anchor.name_of(keys.signing.public_key()) == log_anchor.name_of(new.public_key())
    made = [*anchors((3, 5), key=old)]
    assert told(made, logs(3, 5), keys.known) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no key",
        pem(generate_private_key(65537, 2048)),
        pem(KEY, BestAvailableEncryption(b"a password")),
        pem(KEY).replace("M", "%"),
    ],
)
def test_a_file_without_a_key_that_can_be_used_is_said_to_be_one(text):
    with pytest.raises(log_anchor.AnchorKeyError):
        log_anchor.read_keys(text)
