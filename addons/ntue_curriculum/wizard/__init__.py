from . import import_wizard, revise
