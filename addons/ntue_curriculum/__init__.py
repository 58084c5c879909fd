from . import controllers, models, wizard
from .models.platform.uninstall import remove_register_guard
