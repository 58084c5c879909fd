from . import portal, notice, profile, review
