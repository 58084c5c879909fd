"""``odoo ntue_feed_key -d DB``: a key by which the student system sends its files every night."""

# Odoo loads this file as odoo.cli.…, where relative imports lead nowhere.
# pylint: disable=odoo-addons-relative-import

from datetime import timedelta

from odoo.cli.command import Command


class NtueFeedKey(Command):
    """Make a key for the student system's nightly files, or take all of them away."""

    name = "ntue_feed_key"

    def run(self, cmdargs):
        # Only now: the addon may not be imported before Odoo is configured.
        from odoo.addons.ntue_curriculum import feed
        from odoo.addons.ntue_curriculum.cli import _database

        parser = self.parser
        _database.add_arguments(parser)
        parser.add_argument("--days", type=int, default=feed.DAYS, help="days that the key is good")
        parser.add_argument(
            "--revoke", action="store_true", help="take all keys away, and make none"
        )
        parsed, rest = parser.parse_known_args(cmdargs)
        if not 1 <= parsed.days <= 3660:
            parser.error("--days is a number of days, 1 to 3660.")
        with _database.command(parser, parsed, rest) as env:
            if parsed.revoke:
                number = revoke_keys(env)
                _database.say(f"{number} keys are not good any more.")
            else:
                _database.say(new_key(env, parsed.days))
            env.cr.commit()


def feed_account(env):
    """The account of the student system; made when there is none."""
    from odoo.addons.ntue_curriculum import feed

    users = env["res.users"].with_context(active_test=False, no_reset_password=True)
    account = users.search([("login", "=", feed.LOGIN)])
    if account:
        return account
    groups = [(6, 0, env.ref(feed.GROUP).ids)]
    return users.create({"name": "Student system", "login": feed.LOGIN, "group_ids": groups})


def new_key(env, days):
    """A new key of the account, good for so many days at the address for files alone."""
    from odoo import fields
    from odoo.addons.ntue_curriculum import feed

    account = feed_account(env)
    account.active = True
    until = fields.Datetime.now() + timedelta(days=days)
    # In the account's name, with rights that may set any number of days.
    keys = env(user=account.id, su=True)["res.users.apikeys"]
    return keys._generate(feed.SCOPE, f"Files, {days} days", until)


def revoke_keys(env):
    """Delete all keys of the account; how many there were."""
    from odoo.addons.ntue_curriculum import feed

    keys = env["res.users.apikeys"].search([("scope", "=", feed.SCOPE)])
    number = len(keys)
    keys._remove()
    return number
