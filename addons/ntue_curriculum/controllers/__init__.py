from . import account, portal, profile
