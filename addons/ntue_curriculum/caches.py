"""What Odoo's ``ormcache`` keeps of records, forgotten when these change."""

from odoo.api import Environment


def forget_cached(env: Environment) -> None:
    """Have everything that is cached worked out anew: now, and once the change is committed.

    Called after the change: what is asked next in this transaction sees it. Until the commit a
    request beside it in this process sees what was before, and caches it again; so it is forgotten
    once more then. Odoo tells the other processes after that, and forgets what a transaction that
    fails has cached.
    """
    clear = env.registry.clear_cache
    clear()
    env.cr.postcommit.add(clear)
