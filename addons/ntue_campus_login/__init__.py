from . import controllers, models, wizard
from .hooks import close_implicit_flow, leave_nothing
