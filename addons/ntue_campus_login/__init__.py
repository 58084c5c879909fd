from . import controllers, models, wizard


def close_implicit_flow(env):
    """After installing: what ``auth_oauth`` brings along enabled stays off when we have gone."""
    providers = env["auth.oauth.provider"]
    providers.search([("enabled", "=", True), ("ntue_oidc", "=", False)]).enabled = False


def remove_portal(env):
    """Uninstalling: without us nobody speaks OpenID Connect to the portal."""
    env["auth.oauth.provider"].search([("ntue_oidc", "=", True)]).unlink()
