# In the order in which they build on each other, not of the alphabet.
from . import (
    mail_thread,
    correspondence,
    failed_mail,
    student_mail,
    mail_message,
    mail_template,
    mail_mail,
)
