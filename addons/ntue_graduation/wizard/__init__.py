from . import reason, roster, window_copy
