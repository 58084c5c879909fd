from . import reason, roster, scan, completion, mail_preview, window_copy
