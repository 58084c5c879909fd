from . import controllers, models, wizard
from .uninstall import leave_nothing
