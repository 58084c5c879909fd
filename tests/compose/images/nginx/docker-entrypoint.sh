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
    (cd /etc/nginx/templates && find . -name '*.template') | while read -r template; do
        filled="/etc/nginx/conf.d/${template%.template}"
        mkdir -p "$(dirname "$filled")"
        envsubst "$defined" < "/etc/nginx/templates/$template" > "$filled"
    done
fi
exec "$@"
