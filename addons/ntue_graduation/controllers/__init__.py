from . import guide, portal, slip
