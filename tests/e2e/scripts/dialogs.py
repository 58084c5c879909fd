"""Run in Odoo's shell: the models of this product that are a dialog with a form, as JSON."""

import json

views = env["ir.ui.view"].search([("type", "=", "form")])  # noqa: F821
models = sorted(set(views.mapped("model")) & set(env.registry))  # noqa: F821
print("\n" + json.dumps([m for m in models if m.startswith("ntue.") and env[m].is_transient()]))  # noqa: F821
