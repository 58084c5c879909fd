from . import account_wizard, national_id_dialog
