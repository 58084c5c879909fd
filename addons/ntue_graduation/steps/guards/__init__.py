from . import audit, calendar, profile, review, submission
