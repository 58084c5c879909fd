#!/bin/sh
# What Odoo writes (attachments, sessions, exports) is readable by Odoo alone. Counts of requests are
# added up over the processes of one container: two have processes of the same number.
set -eu
PROMETHEUS_MULTIPROC_DIR="$(mktemp -d)"
export PROMETHEUS_MULTIPROC_DIR
umask 077
exec /entrypoint.sh "$@"
