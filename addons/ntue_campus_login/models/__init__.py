from . import password_state
from . import password_guard
from . import password_link
from . import must_change
from . import settings_words
