"""Files of the school into rows and problems. Pure: nothing here imports odoo.

``sources`` finds the files, ``tables`` turns bytes into cells, ``columns`` reads one
cell, ``specs`` declares every file, ``rows`` turns cells into typed rows, ``check``
and the rules compare the files with each other and with what exists already.
``problems`` is what all of them report in.
"""
