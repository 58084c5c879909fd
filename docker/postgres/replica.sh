#!/bin/sh
# Runs PostgreSQL as a replica of `db`; on an empty volume, or after a copy that was broken off, it
# copies the database first. One that was promoted is complete and never copied over.
set -eu
complete="$PGDATA/ntue_replica_is_complete"
if [ ! -e "$complete" ]; then
    find "$PGDATA" -mindepth 1 -delete
    pg_basebackup --pgdata="$PGDATA" --wal-method=stream --checkpoint=fast --write-recovery-conf \
        --slot=ntue_replica --dbname="host=db user=ntue_replica password=$NTUE_REPLICA_PASSWORD"
    chmod 700 "$PGDATA"
    touch "$complete"
fi
exec "$@"
