from . import controllers, models, wizard
from .models import event_guard


def remove_log_guard(env):
    """Uninstalling: the tables go with the models, their guard with this."""
    event_guard.remove(env.cr)
