"""Run in Odoo's shell: make style sheets and scripts of all pages, as Odoo's own tests do first."""

env["ir.qweb"]._pregenerate_assets_bundles()  # noqa: F821
env.cr.commit()  # noqa: F821
