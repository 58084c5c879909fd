from . import reason
from . import roster
