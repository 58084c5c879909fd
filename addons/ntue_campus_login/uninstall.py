"""What goes with the addon beside its own tables."""

SETTINGS = "ntue_campus_login."


def forget_settings(env):
    """Settings that were written on the page for settings, which Odoo leaves behind."""
    settings = env["ir.config_parameter"].search([("key", "=like", f"{SETTINGS}%")])
    settings.unlink()
