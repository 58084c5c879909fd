#!/bin/bash
# --db_host HOST --db_port PORT --db_user USER --db_password PASSWORD: half a minute for an answer.
set -e
export PGPASSWORD="$8"
for _try in $(seq 30); do
    if psql --host "$2" --port "$4" --username "$6" --dbname postgres --command "SELECT 1" > /dev/null 2> /tmp/psql; then
        exit 0
    fi
    sleep 1
done
echo "Database connection failure: $(cat /tmp/psql)" >&2
exit 1
