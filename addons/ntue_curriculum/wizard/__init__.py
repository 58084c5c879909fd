from . import (
    import_wizard,
    export_wizard,
    revise,
    publish,
    copy_next_year,
    compare,
    what_if,
    student_erasure,
    log_erasure,
    retention_plan,
)
