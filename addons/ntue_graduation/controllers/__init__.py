from . import portal, notice
