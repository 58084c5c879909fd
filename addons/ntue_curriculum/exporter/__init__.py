"""Records into the files that the importer reads (``importer``), so that they are read again.

``reach`` says whose records a user takes out, ``school`` and ``students`` turn records into rows
of the declared files, ``writing`` turns rows into CSV and XLSX.
"""
