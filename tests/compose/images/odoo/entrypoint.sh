#!/bin/bash
# Written from the documentation of the image odoo, for tests; see the README beside.
set -e

for name in HOST PORT USER PASSWORD; do
    file="${name}_FILE"
    if [ -v "$file" ]; then
        printf -v "$name" '%s' "$(< "${!file}")"
    fi
done

: "${HOST:=db}" "${PORT:=5432}" "${USER:=odoo}" "${PASSWORD:=odoo}"

arguments=()
of_the_database() {
    local value="$2" written
    written="$(sed -nE "s/^\s*$1\s*=\s*\"?([^\"]*)\"?\s*$/\1/p" "$ODOO_RC" | tail -n 1)"
    arguments+=("--$1" "${written:-$value}")
}
of_the_database db_host "$HOST"
of_the_database db_port "$PORT"
of_the_database db_user "$USER"
of_the_database db_password "$PASSWORD"

case "$1" in
    -- | odoo)
        shift
        if [ "$1" = scaffold ]; then
            exec odoo "$@"
        fi
        /wait-for-psql.sh "${arguments[@]}"
        exec odoo "$@" "${arguments[@]}"
        ;;
    -*)
        /wait-for-psql.sh "${arguments[@]}"
        exec odoo "$@" "${arguments[@]}"
        ;;
    *)
        exec "$@"
        ;;
esac
