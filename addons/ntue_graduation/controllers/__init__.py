from . import portal, deferral, notice, profile, roster
