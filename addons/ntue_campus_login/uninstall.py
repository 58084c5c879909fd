"""What goes with the addon beside its own tables."""

SETTINGS = "ntue_campus_login."


def leave_nothing(env):
    """Forget the settings, which Odoo leaves behind, and first passwords.

    A first password is good for choosing another alone; without this addon it would be good for
    everything, and for good. Their owners ask for a new one by mail, as everybody may.
    """
    env["ir.config_parameter"].search([("key", "=like", f"{SETTINGS}%")]).unlink()
    env.cr.execute("UPDATE res_users SET password = NULL WHERE ntue_must_change")
    env.registry.clear_cache()
