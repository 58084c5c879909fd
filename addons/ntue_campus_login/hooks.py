"""What installing and uninstalling do beside the addon's own tables."""

SETTINGS = "ntue_campus_login."


def close_implicit_flow(env):
    """After installing: what ``auth_oauth`` brings along enabled stays off when we have gone."""
    providers = env["auth.oauth.provider"]
    providers.search([("enabled", "=", True), ("ntue_oidc", "=", False)]).enabled = False


def leave_nothing(env):
    """Forget the portal, the settings, which Odoo leaves behind, and first passwords.

    Without this addon nobody speaks OpenID Connect to the portal. A first password is good for
    choosing another alone, and would be good for everything, and for good: its owner asks for a
    new one by mail, as everybody may.
    """
    env["auth.oauth.provider"].search([("ntue_oidc", "=", True)]).unlink()
    env["ir.config_parameter"].search([("key", "=like", f"{SETTINGS}%")]).unlink()
    env.cr.execute("UPDATE res_users SET password = NULL WHERE ntue_must_change")
    env.registry.clear_cache()
