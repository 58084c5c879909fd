from . import imported, import_file, feed_call, mapping, import_record
