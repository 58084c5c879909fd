from . import applications
