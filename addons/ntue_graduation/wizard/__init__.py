from . import reason, window_copy
