#!/bin/sh
# Written from the documentation of the image nginx, for tests; see the README beside.
set -e
if [ "$1" = nginx ]; then
    if [ -n "${NGINX_ENTRYPOINT_LOCAL_RESOLVERS:-}" ]; then
        # The first alone: podman lists the machine's own beside it, which knows no container.
        NGINX_LOCAL_RESOLVERS="$(awk '$1 == "nameserver" { print $2; exit }' /etc/resolv.conf)"
        export NGINX_LOCAL_RESOLVERS
    fi
    defined="$(env | sed -nE 's/^([A-Za-z_][A-Za-z0-9_]*)=.*/${\1}/p' | tr '\n' ' ')"
    for template in /etc/nginx/templates/*.template; do
        [ -e "$template" ] || continue
        envsubst "$defined" < "$template" > "/etc/nginx/conf.d/$(basename "$template" .template)"
    done
fi
exec "$@"
