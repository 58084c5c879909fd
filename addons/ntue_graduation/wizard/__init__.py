from . import reason, scan, completion, window_copy
