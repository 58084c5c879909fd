from . import imported, import_file, feed_call, import_record
