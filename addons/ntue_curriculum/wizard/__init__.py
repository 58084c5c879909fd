from . import revise
