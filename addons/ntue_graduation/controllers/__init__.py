from . import portal, check, deferral, guide, notice, profile, roster, slip
