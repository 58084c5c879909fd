from . import imported, import_file, feed_call, mapping, progress, import_job, import_record
