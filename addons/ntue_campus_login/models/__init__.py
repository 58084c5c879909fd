from . import password_state
from . import password_guard
from . import password_link
from . import must_change
from . import account_batch
from . import account_batch_line
from . import settings_words
