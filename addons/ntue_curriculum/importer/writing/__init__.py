"""Writing what was read: all or nothing."""
