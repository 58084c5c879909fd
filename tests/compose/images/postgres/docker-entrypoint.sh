#!/usr/bin/env bash
# Written from the documentation of the image postgres, for tests; see the README beside.
set -Eeo pipefail

from_file() {
    local file="${1}_FILE"
    if [ "${!1:-}" ] && [ "${!file:-}" ]; then
        echo "both $1 and $file are set" >&2
        exit 1
    fi
    if [ "${!file:-}" ]; then
        export "$1"="$(< "${!file}")"
    fi
    unset "$file"
}

run_once() {
    local script
    for script in /docker-entrypoint-initdb.d/*; do
        case "$script" in
            *.sh) if [ -x "$script" ]; then "$script"; else . "$script"; fi ;;
            *.sql) psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --no-password \
                --dbname "$POSTGRES_DB" -f "$script" ;;
        esac
    done
}

if [ "${1:0:1}" = "-" ]; then
    set -- postgres "$@"
fi

if [ "$1" = postgres ]; then
    mkdir -p "$PGDATA" /var/run/postgresql
    chmod 700 "$PGDATA"
    chmod 3775 /var/run/postgresql || true
    if [ "$(id -u)" = 0 ]; then
        find "$PGDATA" /var/run/postgresql \! -user postgres -exec chown postgres '{}' +
        exec gosu postgres "$BASH_SOURCE" "$@"
    fi
    if [ ! -s "$PGDATA/PG_VERSION" ]; then
        from_file POSTGRES_PASSWORD
        from_file POSTGRES_USER
        from_file POSTGRES_DB
        from_file POSTGRES_INITDB_ARGS
        : "${POSTGRES_USER:=postgres}"
        : "${POSTGRES_DB:=$POSTGRES_USER}"
        : "${POSTGRES_PASSWORD:?Database is uninitialized and superuser password is not specified}"
        export POSTGRES_USER POSTGRES_DB
        eval "initdb --username=\"\$POSTGRES_USER\" --pwfile=<(printf '%s\n' \"\$POSTGRES_PASSWORD\") $POSTGRES_INITDB_ARGS"
        printf '\nhost all all all scram-sha-256\n' >> "$PGDATA/pg_hba.conf"
        export PGPASSWORD="$POSTGRES_PASSWORD"
        PGUSER="$POSTGRES_USER" pg_ctl -D "$PGDATA" -w start \
            -o "$(printf '%q ' "${@:2}") -c listen_addresses='' -p 5432"
        if [ "$POSTGRES_DB" != postgres ]; then
            psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
                --set db="$POSTGRES_DB" <<< 'CREATE DATABASE :"db";'
        fi
        run_once
        pg_ctl -D "$PGDATA" -m fast -w stop
        unset PGPASSWORD
        echo "PostgreSQL init process complete; ready for start up."
    fi
fi
exec "$@"
