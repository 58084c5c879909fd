from . import portal, deferral, guide, notice, profile, roster, slip
