{
    "name": "Campus sign-in",
    "summary": "Students sign in by student number, or by the school's single sign-on",
    "version": "19.0.1.0.0",
    "category": "Education",
    "author": "NTUE graduation desk contributors",
    "website": "https://www.ntue.edu.tw",
    "license": "LGPL-3",
    "depends": ["ntue_curriculum"],
    "external_dependencies": {"python": ["cryptography"]},
    "data": [
        "security/ir.model.access.csv",
        "security/account_rules.xml",
        "data/cron_accounts.xml",
        "views/password_pages.xml",
        "views/password_mails.xml",
        "views/account_views.xml",
        "views/settings_words.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "ntue_campus_login/static/src/scss/**/*",
            "ntue_campus_login/static/src/interactions/**/*",
        ],
    },
    "uninstall_hook": "forget_first_passwords",
    "application": False,
    "installable": True,
}
