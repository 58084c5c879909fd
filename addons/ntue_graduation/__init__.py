from . import controllers, models, wizard
from .models.uninstall import remove_log_guard
