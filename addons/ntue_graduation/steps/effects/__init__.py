from . import log, profile, review, submission, supplement, tasks, telling
