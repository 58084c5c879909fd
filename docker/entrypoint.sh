#!/bin/sh
# What Odoo writes (attachments, sessions, exports) is readable by Odoo alone.
set -eu
umask 077
exec /entrypoint.sh "$@"
