from . import controllers, models, wizard
from .models.uninstall_words import forget_first_passwords
