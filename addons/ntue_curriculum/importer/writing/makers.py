"""Whether new records may be sent by COPY: only where nobody else has a say in making them.

COPY passes the models by. It is taken where all that they would do is known and done by whoever
sends the rows. A further addon may do more: by a ``create`` of its own, by a constraint, by fields
that have a default or follow from others. Then the models make all records, which takes longer.
"""

MAKERS = (
    "odoo.orm.models",
    "odoo.addons.base.",
    "odoo.addons.mail.",
    "odoo.addons.ntue_curriculum.",
)
"""Modules whose ``create`` is known: another one's may do more than fill in columns."""

OURS = ("base", "mail", "ntue_curriculum", "ntue_graduation", "ntue_campus_login")
"""Addons whose fields and constraints are known."""


def made_by_known(records):
    """Whether nobody but ``MAKERS`` has a say in creating these."""
    makers = (vars(cls)["create"] for cls in type(records).mro() if "create" in vars(cls))
    return all(create.__module__.startswith(MAKERS) for create in makers)


def decided_by(records, names):
    """Names of the stored fields that depend on fields ``names`` of a new record.

    Its own, and those of others that have it among theirs; nobody else refers to it yet.
    """
    return {
        field.name if field.model_name == records._name else str(field)
        for field in _depending_on(records, names)
    }


def are_columns_only(records, names):
    """Whether a new record is its columns ``names``, and what our own addons make of it.

    A test says that of those nothing is left out.
    """
    return (
        made_by_known(records)
        and all(map(_is_ours, _depending_on(records, names)))
        and all(map(_is_ours, _filled_in(records, names)))
        and all(_is_our_check(check) for check in records._constraint_methods)
    )


def _depending_on(records, names):
    """The stored fields that depend on fields ``names`` of a new record."""
    for name in names:
        tree = records.env.registry.get_field_trigger_tree(records._fields[name])
        branches = [tree.root]
        for through, branch in tree.items():
            if through.type in ("one2many", "many2many"):
                branches += [part.root for part in branch.depth_first()]
        yield from (field for root in branches for field in root if field.store)


def _filled_in(records, names):
    """The stored fields besides ``names`` that a new record may have something in."""
    return (
        field
        for field in records._fields.values()
        if field.store and field.name not in names
        if field.default or field.compute or field.required
    )


def _is_ours(field):
    # What another addon adds to a field of ours names both.
    return {*field._modules} <= {*OURS}


def _is_our_check(check):
    place = check.__module__.split(".")
    return place[:2] != ["odoo", "addons"] or place[2] in OURS
