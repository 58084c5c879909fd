{
    "name": "Campus sign-in",
    "summary": "Students sign in by student number, or by the school's single sign-on",
    "version": "19.0.1.0.0",
    "category": "Education",
    "author": "NTUE graduation desk contributors",
    "website": "https://www.ntue.edu.tw",
    "license": "LGPL-3",
    "depends": ["ntue_curriculum"],
    "external_dependencies": {"python": ["captcha", "altcha"]},
    "data": [
        "security/ir.model.access.csv",
        "security/sign_in_rules.xml",
        "views/captcha.xml",
        "views/sign_in.xml",
        "views/portal_sign_ins.xml",
        "views/sign_in_event_views.xml",
        "views/settings_door.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "ntue_campus_login/static/src/scss/**/*",
            "ntue_campus_login/static/src/interactions/**/*",
        ],
    },
    "application": False,
    "installable": True,
}
