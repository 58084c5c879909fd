from . import portal, profile
