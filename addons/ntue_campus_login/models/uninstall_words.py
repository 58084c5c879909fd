"""What uninstalling does to passwords: a first one is good for choosing another, and no more."""


def forget_first_passwords(env):
    """Take first passwords away; their owners ask for a new one by mail, as everybody may.

    Without this addon they would be good for everything, and for good.
    """
    env.cr.execute("UPDATE res_users SET password = NULL WHERE ntue_must_change")
    env.registry.clear_cache()
