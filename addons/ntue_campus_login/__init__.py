from . import controllers, models, wizard
from .uninstall import forget_settings
