from . import controllers, models, wizard
from .models.log.uninstall import remove_log_guard
