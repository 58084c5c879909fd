from . import papers, portal, profile
