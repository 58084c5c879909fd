from . import assistants, log, profile, review, submission, supplement, telling
