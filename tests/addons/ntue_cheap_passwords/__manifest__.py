{
    "name": "Cheap passwords for tests",
    "summary": "Hashes passwords in one round, so that tests sign in at once; never for a school.",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "NTUE graduation desk contributors",
    "website": "https://www.ntue.edu.tw",
    "depends": ["base"],
    "installable": False,
}
