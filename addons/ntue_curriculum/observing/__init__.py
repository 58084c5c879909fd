"""What those who run the server see of it from outside: figures, readiness and a log for programs.

Nothing here says who somebody is: routes instead of addresses, counts instead of records, and of
what was written to the log the words that are in the code.
"""
