from . import portal
from . import deferral
from . import roster
