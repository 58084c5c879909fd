from . import controllers, models, wizard
from .models import decision_guard


def remove_change_guard(env):
    """Uninstalling: the table goes with its model, its guard with this."""
    decision_guard.remove(env.cr)
