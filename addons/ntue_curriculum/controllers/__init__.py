from . import account, platform, portal, profile
