from . import account, papers, platform, portal, profile
