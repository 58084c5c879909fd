{
    "name": "Campus sign-in",
    "summary": "Students sign in by student number, or by the school's single sign-on",
    "version": "19.0.1.0.0",
    "category": "Education",
    "author": "NTUE graduation desk contributors",
    "website": "https://www.ntue.edu.tw",
    "license": "LGPL-3",
    "depends": ["ntue_curriculum", "auth_oauth", "auth_passkey", "auth_totp_mail"],
    "external_dependencies": {"python": ["joserfc", "requests"]},
    "data": [
        "security/ir.model.access.csv",
        "views/sso_provider.xml",
        "views/sso_pages.xml",
        "views/settings_sso.xml",
        "data/sso_provider.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "ntue_campus_login/static/src/scss/**/*",
            "ntue_campus_login/static/src/interactions/**/*",
        ],
    },
    "post_init_hook": "close_implicit_flow",
    "uninstall_hook": "remove_portal",
    "application": False,
    "installable": True,
}
