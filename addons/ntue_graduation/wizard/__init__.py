from . import reason, roster, scan, completion, mail_preview, take_back, window_copy, window_extend
