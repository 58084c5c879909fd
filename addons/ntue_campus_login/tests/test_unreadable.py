"""What nobody reads: hashes, secrets, marks and links, by every way that a call has to a field."""

from odoo.addons.ntue_curriculum.tests import records
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.access import own_models
from odoo.addons.ntue_curriculum.tests.common import SchoolCase, crossing
from odoo.exceptions import AccessError
from odoo.fields import NO_ACCESS
from odoo.tests import tagged

ADDON = "ntue_campus_login"


def hidden_fields(env):
    """Every stored field of the addon that is nobody's, by model; a new one is in it by itself."""
    found = {}
    for name in sorted({*own_models(env, ADDON), "res.users"}):
        for field in env[name]._fields.values():
            if field.groups == NO_ACCESS and field.store and field.name != "id":
                found.setdefault(name, []).append(field.name)
    return found


def ways_to(name):
    """Title and call of each way in which a client asks for one field of a model."""
    any_record = [("id", ">", 0)]
    return {
        "read": ("search_read", [any_record, [name]]),
        "search": ("search", [[(name, "!=", False)]]),
        "guess": ("search_count", [[(name, "=like", "a%")]]),
        "order": ("search", [any_record], {"order": name}),
        "group": ("formatted_read_group", [any_record, [name], ["__count"]]),
        "web": ("web_search_read", [any_record, {name: {}}]),
    }


def paths_to(env, target):
    """(model, field) of each many2one of the addon, or of a student's, that leads to ``target``."""
    for model in (*own_models(env, ADDON), "ntue.student", "res.partner"):
        for field in env[model]._fields.values():
            if field.type in ("many2one", "one2many") and field.comodel_name == target:
                yield model, field.name


@tagged("post_install", "-at_install")
class TestUnreadable(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.roles = {
            "student": school_of.account_of(cls.student),
            "assistant": cls.assistant,
            "registrar": cls.registrar,
            "registrar of the day division": cls.registrar_day,
            "administrator": cls.env.ref("base.user_admin"),
        }

    def answered(self, user, model, method, args, kwargs=None):
        """Whether the call is answered at all."""
        try:
            found = self.rpc(user, model, method, *args, **(kwargs or {}))
        except (AccessError, ValueError):
            return False
        return bool(found) or method in ("search", "search_count")

    def test_there_is_something_to_hide(self):
        found = hidden_fields(self.env)
        self.assertIn("ntue_former_passwords", found["res.users"])
        self.assertIn("digest", found["ntue.national.id"])
        self.assertIn("digest", found["ntue.password.link"])
        self.assertIn("key", found["ntue.sign.in.limit"])

    @crossing
    def test_no_role_reads_searches_orders_or_groups_by_what_is_nobodys(self):
        seen = []
        for model, names in hidden_fields(self.env).items():
            for name in names:
                for way, (method, args, *more) in ways_to(name).items():
                    seen += [
                        (role, model, name, way)
                        for role, user in self.roles.items()
                        if self.answered(user, model, method, args, *more)
                    ]
        self.assertEqual(seen, [])

    @crossing
    def test_no_role_reaches_it_by_a_path_over_another_record(self):
        seen = []
        for target, names in hidden_fields(self.env).items():
            for model, link in paths_to(self.env, target):
                for name in names:
                    domain = [(f"{link}.{name}", "!=", False)]
                    seen += [
                        (role, model, f"{link}.{name}")
                        for role, user in self.roles.items()
                        if self.answered(user, model, "search_count", [domain])
                    ]
        self.assertEqual(seen, [])

    def test_no_export_holds_it(self):
        admin = self.roles["administrator"]
        for model, names in hidden_fields(self.env).items():
            records_of = self.env[model].sudo().search([], limit=1)
            if not records_of:
                continue
            for name in names:
                with self.subTest(model=model, name=name):
                    self.refused(admin, model, "export_data", records_of.ids, [name])
