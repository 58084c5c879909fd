from . import reason, roster, scan, completion, take_back, window_copy
