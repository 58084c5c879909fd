from . import portal, notice, profile
