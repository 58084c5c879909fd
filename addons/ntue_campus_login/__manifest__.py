{
    "name": "Campus sign-in",
    "summary": "Students sign in by student number, or by the school's single sign-on",
    "version": "19.0.1.0.0",
    "category": "Education",
    "author": "NTUE graduation desk contributors",
    "website": "https://www.ntue.edu.tw",
    "license": "LGPL-3",
    "depends": ["ntue_curriculum"],
    "data": [
        "security/frame/ir.model.access.csv",
        "security/frame_rules.xml",
        "data/portal_apps.xml",
        "views/portal_app_views.xml",
        "views/settings_frame.xml",
        "views/frame.xml",
        "views/security_page.xml",
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
