"""Whether anybody changes a whole, by way of its parts, that is not theirs to change.

A whole is a framework or an application; its parts are found by introspection, so that the next
model is in the crossing by itself. Of every whole a part is tried to be moved to every other one:
by a write, by a copy, as a new part that names the foreign whole (in its values or by a default
of the context), and by the commands of the other one's own fields. What is expected is a rule: no
part is moved, and only a whole changes that the role may write before and after, and that is open
to changes.
"""

import psycopg2
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL, mute_logger

from .access import ROLES, own_models
from .chosen import QUIET
from .common import unexplained

X2MANY = ("one2many", "many2many")


class MovedParts:
    """A mixin over ``AccessTable``; a case says what its wholes and their parts are."""

    WHOLE, KEY = "", ""
    """The model of the whole, and the field by which a part names it."""

    TRYING: tuple = ()
    """Roles that try every way; the others may change no part at all, and try a write."""

    def wholes(self):
        """Title to record of every whole between which parts are moved."""
        raise NotImplementedError

    def parts_of(self, whole):
        """Title to record of the parts of ``whole`` that are tried, of every model at least one."""
        raise NotImplementedError

    def is_part(self, model):
        """Whether records of the model are parts of such a whole."""
        raise NotImplementedError

    def is_open(self, whole):  # noqa: ARG002  # a hook
        """Whether a whole may be changed by who may write it; a hook."""
        return True

    def broken(self, numbers):  # noqa: ARG002  # a hook
        """Sentences for those of the wholes ``numbers`` that are none any more; a hook."""
        return []

    def fresh(self, model):
        """Values with which a part of the model is in no other one's way; a hook."""
        return {"code": "MOVED"} if "code" in model._fields else {}

    # Introspection

    def part_models(self):
        names = sorted(own_models(self.env))
        kept = [name for name in names if not self.env[name]._transient and self.env[name]._auto]
        return [name for name in kept if self.is_part(self.env[name])]

    def _links(self, model):
        """The stored fields by which a record of the model is somewhere: in a whole or a part."""
        places = {self.WHOLE, *self.part_models()}
        return [
            field
            for field in model._fields.values()
            if field.type == "many2one" and field.store and field.comodel_name in places
        ]

    def _whole_of(self, record):
        return record if record._name == self.WHOLE else record.sudo()[self.KEY]

    # The crossing

    @mute_logger(*QUIET)
    def moved(self):
        """Sentences for every way by which a role changed what it may not; there should be none."""
        people = self.users()
        self.named = {whole.id: title for title, whole in self.wholes().items()}
        self.before = self._as_they_are()
        may = {role: self._changeable(people[role]) for role in ROLES}
        everything = self._everything()
        return [
            f"{role}: {title}: {way} {where}: {fault}"
            for title, part in everything.items()
            for whole in [self._whole_of(part)]
            for way, where, call, context in self._ways(part, everything)
            for role in (ROLES if way == "write" else self.TRYING)
            for fault in self._faults(part, whole, people[role], may[role], call, context)
        ]

    def _everything(self):
        """Title to record of all wholes and parts that are moved."""
        wholes = self.wholes()
        parts = {
            f"{name} of {title}": part
            for title, whole in wholes.items()
            for name, part in self.parts_of(whole).items()
        }
        return {**wholes, **parts}

    def _ways(self, part, targets):
        """(way, where, call, context) of every way to bring ``part`` to another place.

        Whatever is tried is taken back: what the part is and could be is read once.
        """
        places = [
            (field, target, title)
            for field in self._links(part)
            for title, target in targets.items()
            if target._name == field.comodel_name and target != part
        ]
        if places:
            new, change = {**part.copy_data()[0], **self.fresh(part)}, self._change(part)
        for place in places:
            yield from self._by_itself(part, new, *place)
            yield from self._by_the_other(part, new, change, *place)

    def _by_itself(self, part, new, field, target, title):
        model, fresh = part._name, self.fresh(part)
        named = {field.name: target.id}
        if self.KEY in part._fields:
            named.setdefault(self.KEY, self._whole_of(target).id)
        alone = {field.name: target.id}
        left_out = {name: value for name, value in new.items() if name not in named}
        defaults = {f"default_{name}": value for name, value in named.items()}
        for vals in (alone, named) if alone != named else (alone,):
            where = f"{sorted(vals)} of {title}"
            yield "write", where, (model, "write", part.ids, vals), {}
            yield "write anew", where, (model, "write", part.ids, {**vals, **fresh}), {}
            yield "copy", where, (model, "copy", part.ids, {**fresh, **vals}), {}
            yield "create", where, (model, "create", {**new, **vals}), {}
        yield "create by default", title, (model, "create", left_out), defaults

    def _by_the_other(self, part, new, change, field, target, title):
        commands = {
            "link": Command.link(part.id),
            "set": Command.set(part.ids),
            "update": Command.update(part.id, dict(change)),
            "unlink": Command.unlink(part.id),
            "delete": Command.delete(part.id),
            "create": Command.create(dict(new)),
        }
        for name, other in target._fields.items():
            if other.type not in X2MANY or other.comodel_name != part._name:
                continue
            if other.type == "one2many" and other.inverse_name != field.name:
                continue
            for way, command in commands.items():
                call = (target._name, "write", target.ids, {name: [command]})
                yield way, f"{name} of {title}", call, {}

    def _change(self, part):
        """A value of a part that is another one than now, of the first field that people write."""
        for name, field in part._fields.items():
            if field.store and not field.compute and not field.readonly and name != "sequence":
                if field.type in ("float", "integer"):
                    return {name: part[name] + 1}
                if field.type == "char" and name != "code":
                    return {name: "Changed"}
        return {}

    # What is found

    def _changeable(self, user):
        """Numbers of the wholes that the user may change now."""
        return {
            whole.id
            for whole in self.wholes().values()
            if self.is_open(whole) and whole.with_user(user).has_access("write")
        }

    def _faults(self, part, whole, user, may, call, context):
        with self.undone(), unexplained():
            try:
                self.rpc(user, *call, context=context)
            except (UserError, psycopg2.IntegrityError):
                return []
            self.env.invalidate_all()
            after = self._as_they_are()
            changed = [
                number
                for number in sorted(self.before.keys() | after.keys())
                if self.before.get(number) != after.get(number)
            ]
            faults = [self._fault(user, may, number, after) for number in changed]
            if part.exists() and self._whole_of(part) != whole:
                faults.append("it is moved")
            return [*filter(None, faults), *self.broken(changed)]

    def _fault(self, user, may, number, after):
        """What is wrong about the change of one whole, if anything."""
        whole = self.env[self.WHOLE].browse(number)
        title = self.named.get(number, "a new one")
        if number in self.before and number not in may:
            return f"{title} is changed"
        if number in after and not (
            whole.exists() and self.is_open(whole) and whole.with_user(user).has_access("write")
        ):
            return f"{title} is handed away"
        return None

    def _as_they_are(self):
        """Number of a whole to a value that changes with it and with each of its parts."""
        self.env.flush_all()
        tables = [(self.WHOLE, "id"), *((name, self.KEY) for name in self.part_models())]
        found = {}
        for name, key in tables:
            self.env.cr.execute(
                SQL(
                    "SELECT %(key)s, MD5(STRING_AGG(t::text, '|' ORDER BY id)) FROM %(table)s t"
                    " WHERE %(key)s IS NOT NULL GROUP BY %(key)s",
                    key=SQL.identifier(key),
                    table=SQL.identifier(self.env[name]._table),
                )
            )
            for number, value in self.env.cr.fetchall():
                found.setdefault(number, {})[name] = value
        return found
