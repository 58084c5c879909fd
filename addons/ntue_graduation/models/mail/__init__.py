# In the order in which they build on each other, not of the alphabet.
from . import (
    correspondence,
    mail_mail,
    mail_text,
    reminder,
)
