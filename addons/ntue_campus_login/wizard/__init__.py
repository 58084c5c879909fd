from . import account_wizard
