from . import portal, check, deferral, guide, notice, profile, review, roster, slip
