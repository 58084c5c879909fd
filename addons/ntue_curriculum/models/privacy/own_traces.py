"""What Odoo keeps of one account or one contact alone: keys, devices, filters, texts."""

OF_ACCOUNT = {
    "auth.passkey.key": "create_uid",
    "auth_totp.rate.limit.log": "user_id",
    "ir.filters": "create_uid",
    "res.device.log": "user_id",
    "res.users.log": "create_uid",
}
"""Besides what Odoo deletes with an account: by model the field that says whose it is."""

STAYS = frozenset({"complete_name", "name", "signup_type"})
"""Texts of a contact that an erasure of the ways to reach somebody leaves."""

TYPED = ("binary", "char", "html", "text")


def own_fields(registry):
    """(model, field) of rows that are one account's own: those that go with it, and ours."""
    found = {pair for pair in OF_ACCOUNT.items() if pair[0] in registry}
    for name, model in registry.items():
        if model._abstract or model._transient or name.startswith("ntue."):
            continue
        found |= {
            (name, field.name)
            for field in model._fields.values()
            if field.comodel_name == "res.users" and field.store
            if getattr(field, "ondelete", None) == "cascade" and field.type == "many2one"
        }
    return sorted(found)


def delete_own_rows(accounts):
    """Delete what Odoo keeps of these accounts alone, with the rights of their environment."""
    for name, field in own_fields(accounts.env.registry):
        accounts.env[name].search([(field, "in", accounts.ids)]).unlink()


def texts_of(contact):
    """Names of every text and file that somebody may have written on a contact, but its name."""
    return [
        name
        for name, field in sorted(contact._fields.items())
        if field.type in TYPED
        and field.store
        and not field.related
        and not field.required
        and not (field.compute and field.readonly)
        and name not in STAYS
    ]
