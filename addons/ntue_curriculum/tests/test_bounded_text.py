"""Rules in the model: every text of Odoo's own models that students and our staff may write."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.guarded.bounded import MOST
from . import school as school_of
from .common import SchoolCase
from .hostile import HUGE, TEXTS, looks_sound

BROKEN = ("\0", "a\0b", "\ud800", "a\ud83d")
CLOSED = ("ACCESSERROR", "MISSINGERROR", "USERERROR", "KEYERROR", "REPLACED")
"""What comes before any text is looked at, or instead of it."""

NAMES = ("mail.message", "mail.activity", "ir.attachment", "ir.filters", "discuss.channel")
"""Models whose texts of one line other people read, or find files by."""


@tagged("post_install", "-at_install")
class TestBoundedText(SchoolCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明", taken=())
        cls.account = school_of.account_of(cls.student)
        cls.place = cls.student._correspondence()

    def people(self):
        return (self.account, self.assistant, self.registrar, self.operator)

    def writable(self, mode):
        """``(user, model, fields)`` of Odoo's models that somebody may write, found by asking."""
        for user in self.people():
            for name in sorted(self.env.registry):
                model = self.env[name].with_user(user).sudo(False)
                if name.startswith("ntue.") or model._abstract or not model.has_access(mode):
                    continue
                texts = [
                    field.name
                    for field in model._fields.values()
                    if field.type in MOST
                    and (field.store or field.inverse)
                    and model._has_field_access(field, "write")
                ]
                if texts:
                    yield user, name, texts
            if mode == "write":  # of the own account, where no access right is asked
                own = [name for name in user.SELF_WRITEABLE_FIELDS if name in user._fields]
                yield user, "res.users", [n for n in own if user._fields[n].type in MOST]

    def said(self, user, model, method, *args, **kwargs):
        """The sentence of the refusal; what came instead of one, in capitals."""
        with self.undone():
            try:
                number = self.rpc(user, model, method, *args, **kwargs)
                return self.kept(model, number if method == "create" else args[0], args[-1])
            except ValidationError as error:
                return str(error)
            except Exception as error:
                return f"{type(error).__name__.upper()}: {error}"

    def kept(self, model, ids, vals):
        """What became of a text that was taken: a message's sender is the caller's own."""
        record, (name,) = self.env[model].browse(ids), vals
        same = record.exists()[name] == vals[name]
        return "TAKEN" if same else "REPLACED"

    @mute_logger("odoo.sql_db")
    def test_every_text_is_refused_by_its_length_before_anything_else(self):
        wrong, seen = [], set()
        for mode in ("create", "write"):
            for user, model, texts in self.writable(mode):
                there = self.env[model].with_user(user)
                records = user if model == "res.users" else there.search([], limit=1)
                if mode == "write" and not records:
                    records = self.env[model].browse(1)
                ids = [records.ids] if mode == "write" else []
                seen.add(model)
                for name in texts:
                    for value, word in ((HUGE, "characters"), ("a\0b", "cannot be kept")):
                        said = self.said(user, model, mode, *ids, {name: value}) or ""
                        if word not in said and not self.is_closed(said):
                            wrong.append((user.login, mode, model, name, said[:90]))
        self.assertEqual(wrong, [])
        self.assertLess({*NAMES, "res.users", "mail.compose.message"}, seen)

    @staticmethod
    def is_closed(said):
        """Refused before any text was looked at: the record is none, or nobody's to write."""
        return said.startswith(CLOSED)

    def calls(self, user):
        """Methods that take a text to write, past create and write."""
        own = user.partner_id.ids
        place = (self.place._name, self.place.ids)
        yield "message_post", "body", place, {"message_type": "comment"}
        yield "message_post", "subject", place, {"body": "x"}
        yield "message_notify", "body", ("mail.thread", []), {"partner_ids": own}
        yield "message_notify", "subject", ("mail.thread", []), {"partner_ids": own, "body": "x"}
        for name in ("summary", "note"):
            yield "activity_schedule", name, ("res.partner", own), {}
        yield "write", "signature", ("res.users", user.ids), None

    def test_every_method_that_takes_a_text_refuses_it_by_its_length(self):
        wrong = []
        for user in (self.assistant, self.registrar):
            for method, name, (model, ids), more in self.calls(user):
                for value in (HUGE, *BROKEN):
                    if more is None:
                        said = self.said(user, model, method, ids, {name: value})
                    else:
                        said = self.said(user, model, method, ids, **{**more, name: value})
                    if not any(word in (said or "") for word in ("characters", "cannot be kept")):
                        wrong.append((user.login, method, name, repr(value)[:20], said))
            for names in ([[HUGE, "x"]], [["a\0b", "x"]]):
                post = self.place_call("message_post")
                said = self.said(user, *post, body="x", attachments=names)
                if not any(word in (said or "") for word in ("characters", "cannot be kept")):
                    wrong.append((user.login, "attachments", said))
        self.assertEqual(wrong, [])

    def place_call(self, method):
        return self.place._name, method, self.place.ids

    def test_what_others_read_in_one_line_has_nothing_unseen_in_it(self):
        wrong = []
        post = self.place_call("message_post")
        for value in TEXTS:
            for title, read in (
                ("subject", lambda value: self.posted(post, value)),
                ("file", self.filed),
                ("filter", self.filtered),
            ):
                with self.undone():
                    try:
                        kept = read(value)
                    except UserError:
                        continue
                if not looks_sound((kept or "").replace("\r", "").replace("\t", ""), 1000):
                    wrong.append((title, repr(value)[:40], kept[:40]))
        self.assertEqual(wrong, [])

    def posted(self, post, value):
        number = self.rpc(self.assistant, *post, body="x", subject=value)
        return self.env["mail.message"].browse(number).subject

    def filed(self, value):
        number = self.rpc(self.assistant, "ir.attachment", "create", {"name": value, "raw": "x"})
        return self.env["ir.attachment"].browse(number).name

    def filtered(self, value):
        vals = {"name": value, "model_id": "res.partner", "user_ids": self.assistant.ids}
        number = self.rpc(self.assistant, "ir.filters", "create", vals)
        return self.env["ir.filters"].browse(number).name

    def test_the_system_and_administrators_are_not_bound(self):
        chief = school_of.user(
            self.env, "settings@staff.example.com", f"{school_of.STAFF},base.group_system"
        )
        text = "x" * (MOST["text"] + 1)
        for env in (self.env, self.env(user=chief.id)):
            made = env["ir.config_parameter"].create({"key": f"x{env.uid}", "value": text})
            self.assertEqual(made.value, text)
