from . import check, notice, portal, profile
