"""OpenID Connect as a client speaks it: what is sent, and whether an answer may be believed.

Pure: no Odoo, no network, no clock. ``tokens`` checks what a provider signed, ``provider`` reads
what it says of itself and makes the addresses and forms that it is asked with, ``reasons`` says
why something is refused.
"""
