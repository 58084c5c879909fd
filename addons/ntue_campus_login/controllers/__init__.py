from . import forgotten, reset
