from . import reason, roster, scan, completion, window_copy
