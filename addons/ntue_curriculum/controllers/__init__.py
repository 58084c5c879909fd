from . import account, calls, papers, platform, portal, profile
