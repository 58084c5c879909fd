from . import account, calls, papers, passport, platform, portal, privacy, profile
