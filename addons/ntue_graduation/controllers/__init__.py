from . import portal
from . import deferral
