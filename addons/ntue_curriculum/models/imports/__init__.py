from . import imported, import_file, import_record
