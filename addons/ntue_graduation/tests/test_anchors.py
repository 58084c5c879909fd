"""Heads of the logs that are signed: when, with what, and what they tell of the logs later."""

import os
from base64 import b64decode, b64encode
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from odoo.addons.ntue_curriculum import anchor_key, log_anchor, trusted_time
from odoo.addons.ntue_curriculum.models.chain.chained_anchor import STAMP_ADDRESS
from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import html2plaintext, mute_logger

from ..cli.ntue_check_log import check_anchors, sign_restored
from .common import EVENT
from .stamps import REFUSED, Authority
from .test_rewritten_log import REGISTER, LogCase

LOGGER = "odoo.addons.ntue_curriculum.models.chain.chained_anchor"


# Made here, where no test has stopped the clock: certificates have days.
AUTHORITY, ANOTHER = Authority(), Authority()
OF_THE_WEB = Authority(x509.oid.ExtendedKeyUsageOID.SERVER_AUTH)


class AnchorCase(LogCase):
    """A server that has a key and a file for its anchors."""

    @classmethod
    def setUpClass(cls):
        folder = Path(cls.enterClassContext(TemporaryDirectory()))
        cls.key_file, cls.file = folder / "key.pem", folder / "anchors"
        private = Ed25519PrivateKey.generate()
        cls.key_file.write_bytes(
            private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        )
        places = {
            anchor_key.KEY_VARIABLE: str(cls.key_file),
            anchor_key.FILE_VARIABLE: str(cls.file),
        }
        cls.enterClassContext(patch.dict(os.environ, places))
        super().setUpClass()

    def setUp(self):
        super().setUp()
        self.file.unlink(missing_ok=True)
        self.windows = self.env["ntue.graduation.window"]
        # What a test enters is never committed.
        chained = self.env.registry["ntue.chained.anchor"]
        self.patch(chained, "_committed_heads", lambda chain: chain._heads_in(chain.env.cr))

    def anchors(self):
        return self.env["ntue.chained"]._kept_anchors()

    def faults(self, **given):
        told = self.env["ntue.chained"]._check_anchors(**given)
        return [text for text, is_fault in told if is_fault]

    def cut(self, *numbers):
        """Both logs end with these entries, marks and all."""
        for chain, last in zip(self.chains(), numbers, strict=True):
            for table in (f"{chain._table}_mark", chain._table):
                self.sql(f"DELETE FROM {table} WHERE number > %s", last)  # noqa: S608

    def ends(self):
        return [chain._last(self.env.cr)[0] for chain in self.chains()]


@tagged("post_install", "-at_install")
class TestAnchors(AnchorCase):
    def test_the_close_of_a_window_is_signed_once_and_again_when_it_was_extended(self):
        self.filled()
        purpose = f"window {self.window.id} closed"
        with freeze_time("2025-11-21 15:59:00"):  # 23:59 in Taipei
            self.windows._anchor_closed()
            self.assertNotIn(purpose, str(self.anchors()))
        with freeze_time("2025-11-21 16:01:00"):
            self.windows._anchor_closed()
            self.windows._anchor_closed()
        (anchor,) = self.anchors()
        self.assertIn(f"{purpose} 2025-11-21", anchor.purposes)
        self.assertEqual(anchor.at, "2025-11-21T16:01:00Z")
        self.assertEqual(set(anchor.heads), {chain._table for chain in self.chains()})
        self.window.write({"date_close": "2025-11-23", "change_reason": "The service was down"})
        with freeze_time("2025-11-24 01:00:00"):
            self.windows._anchor_closed()
        self.assertEqual(self.anchors()[-1].purposes, (f"{purpose} 2025-11-23",))
        self.assertEqual(self.faults(), [])
        self.assertEqual(self.file.stat().st_mode & 0o777, 0o600)

    def test_the_daily_head_is_signed_and_leaves_by_mail(self):
        self.filled()
        self.env["ir.config_parameter"].set_param("ntue_curriculum.head_email", "h@example.com")
        before = self.env["mail.mail"].search([])
        self.env[REGISTER]._send_heads()
        self.env[REGISTER]._send_heads()
        (anchor,) = self.anchors()
        mails = self.env["mail.mail"].search([]) - before
        kept = log_anchor.read_anchors("\n".join(map(html2plaintext, mails.mapped("body_html"))))
        self.assertEqual(kept, [anchor])
        self.assertEqual(self.faults(anchors=kept), [])

    def test_without_a_key_or_a_file_nothing_is_anchored_and_nothing_fails(self):
        self.filled()
        for name in (anchor_key.KEY_VARIABLE, anchor_key.FILE_VARIABLE):
            with patch.dict(os.environ, {name: ""}):
                self.env[REGISTER]._send_heads()
        for name, place in (
            (anchor_key.KEY_VARIABLE, "/nowhere/key"),
            (anchor_key.FILE_VARIABLE, "/nowhere/anchors"),
        ):
            with (
                patch.dict(os.environ, {name: place}),
                mute_logger(LOGGER, anchor_key._logger.name),
            ):
                self.env[REGISTER]._send_heads()
        self.assertEqual(self.anchors(), [])

    def test_a_log_that_was_rewritten_truncated_or_restored_is_told(self):
        self.way.first_passed()
        chains = self.env["ntue.chained"]
        chains._anchor(["day 1"])
        early = self.ends()
        self.way.record.sudo()._log("override", ("a",), self.way.record._position(), "Later")
        self.env["ir.config_parameter"].set_param("ntue_curriculum.office_name", "Office")
        chains._anchor(["day 2"])
        late = self.ends()
        self.assertEqual(self.faults(), [])
        said = {}
        with self.undone():
            self.cut(*early)
            said["restored"] = self.faults()
        with self.undone():
            self.cut(early[0], late[1])
            said["cut"] = self.faults()
        with self.undone():
            self.sql(
                f"UPDATE {self.env[EVENT]._table} SET entry_hash = 'x' WHERE number = %s",  # noqa: S608
                late[0],
            )
            said["rewritten"] = self.faults()
        self.assertEqual([len(texts) for texts in said.values()], [1, 1, 1], said)
        self.assertIn("backup", said["restored"][0])
        self.assertIn("was cut", said["cut"][0])
        self.assertIn("was rewritten", said["rewritten"][0])
        self.assertEqual(self.faults(), [])

    def test_the_daily_mail_says_what_the_anchors_tell(self):
        self.filled()
        self.env["ir.config_parameter"].set_param("ntue_curriculum.head_email", "h@example.com")
        self.env["ntue.chained"]._anchor(["day 1"])
        events, register = self.ends()
        self.cut(events - 1, register)
        before = self.env["mail.mail"].search([])
        with mute_logger(LOGGER):
            self.env[REGISTER]._send_heads()
        (mail,) = self.env["mail.mail"].search([]) - before
        self.assertIn(f"entry {events}", html2plaintext(mail.body_html))
        self.assertEqual(len(self.faults()), 1)

    def test_a_restore_on_purpose_is_signed_with_its_reason_and_told_ever_after(self):
        self.filled()
        chains, said = self.env["ntue.chained"], []
        chains._anchor(["day 1"])
        self.cut(*(number - 1 for number in self.ends()))
        self.assertEqual(len(self.faults()), 1)
        sign_restored(self.env, "a disk\nwas lost", said.append)
        self.assertEqual(self.faults(), [])
        told = [text for text, _is_fault in chains._check_anchors()]
        self.assertIn("a disk was lost", " ".join(told))
        self.cut(*(number - 1 for number in self.ends()))
        self.assertEqual(len(self.faults()), 1)
        with (
            patch.dict(os.environ, {anchor_key.KEY_VARIABLE: ""}),
            self.assertRaises(UserError),
        ):
            sign_restored(self.env, "nobody signs this", said.append)

    def test_the_command_fails_on_a_fault_and_on_a_file_that_was_emptied(self):
        self.filled()
        known, said = anchor_key.keys().known, []
        self.assertFalse(check_anchors(self.env, ([], known, ()), said.append))
        self.env["ntue.chained"]._anchor(["day 1"])
        anchors = self.anchors()
        self.assertTrue(check_anchors(self.env, (anchors, known, ()), said.append), said)
        forged = [replace(anchors[0], at="2020-01-01T00:00:00Z")]
        self.assertFalse(check_anchors(self.env, (forged, known, ()), said.append))

    def test_nobody_signs_or_reads_the_anchors_by_a_remote_call(self):
        made = []
        for name in dir(type(self.env["ntue.chained.anchor"])):
            if "anchor" in name and not name.startswith("_"):
                made.append(name)
        self.assertEqual(made, [])


@tagged("post_install", "-at_install")
class TestTimeStamps(AnchorCase):
    def anchor(self, answer=None, authority=AUTHORITY):
        """The anchor that is made while the authority gives ``answer``."""
        if not self.way.record:
            self.filled()
        self.env["ir.config_parameter"].set_param(STAMP_ADDRESS, "https://tsa.example.com/")
        self.file.unlink(missing_ok=True)

        def post(_address, asked):
            return authority.answer(asked) if answer is None else answer

        with patch.object(trusted_time, "_post", post):
            return self.env["ntue.chained"]._anchor(["day 1"])

    def test_an_authority_stamps_the_signature_and_nothing_else_is_taken_for_its_stamp(self):
        anchor = self.anchor()
        (kept,) = self.anchors()
        self.assertEqual(kept, anchor)
        root = AUTHORITY.root
        moment = trusted_time.verify(b64decode(anchor.timestamp), b64decode(anchor.signature))
        self.assertEqual(moment, Authority.moment)
        self.assertEqual(self.faults(authorities=[root]), [])
        self.assertEqual(len(self.faults(authorities=[ANOTHER.root])), 1)
        stamp = b64decode(anchor.timestamp)
        for spoilt in (
            b"",
            stamp[:-9],
            stamp.replace(b"20251122", b"20251121"),
            stamp.replace(stamp[-20:], bytes(20)),
        ):
            other = replace(anchor, timestamp=b64encode(spoilt).decode() or "AA==")
            self.assertEqual(len(self.faults(anchors=[other])), 1, spoilt)
        moved = replace(anchor, signature=b64encode(b"of another anchor").decode())
        stamped = dict(self.env["ntue.chained"]._check_stamps([moved], ()))
        self.assertIn(True, stamped.values())

    def test_an_answer_that_is_no_stamp_leaves_the_anchor_without_one(self):
        for given in (
            {"answer": b"<html>"},
            {"answer": REFUSED},
            {"authority": OF_THE_WEB},
            {"answer": b64decode(self.anchor().timestamp)},  # of another request
        ):
            with mute_logger(LOGGER):
                anchor = self.anchor(**given)
            self.assertEqual((anchor.timestamp, self.faults()), ("", []), given)

    def test_the_address_of_an_authority_is_one_of_the_web(self):
        for address in ("file:///etc/passwd", "tsa.example.com", "https://me:pw@tsa.example.com"):
            with self.subTest(address), self.undone(), self.assertRaises(ValidationError):
                self.env["ir.config_parameter"].set_param(STAMP_ADDRESS, address)
