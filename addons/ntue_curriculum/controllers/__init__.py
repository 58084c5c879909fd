from . import account, papers, passport, platform, portal, privacy, profile
