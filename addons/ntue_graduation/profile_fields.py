"""The fields of a student's profile that an application keeps, under the same names."""

WATCHED = ("english_name", "alias_name", "email", "mobile")
