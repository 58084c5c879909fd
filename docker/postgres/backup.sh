#!/bin/sh
# What backups are made and restored with. In the service `backup`:
#   all            the database, then the files (a file that came meanwhile is in both or in neither)
#   database       full on the first day and every Sunday, else what changed
#   files          the files beside the database, those alone that came since
#   list           what there is to restore
#   expire         only takes away what is older than NTUE_BACKUP_DAYS, where there is no room for more
#   check          whether both can be read, and the database's log still arrives
#   snapshot MOMENT   which of the files' snapshots `restore` puts beside the database of that moment
# In the service `restore`, while db does not run:
#   latest | "2026-11-29 14:05:00+08"   the database as it was then, and the files that go with it
# Called by PostgreSQL itself: `pgbackrest-push FILE` and `pgbackrest-get FILE PLACE`.
set -eu

: "${NTUE_BACKUP_KEY:?is not set, see docs/operations/backup.md}"
days="${NTUE_BACKUP_DAYS:-30}"
folder=/var/lib/ntue-backups
export PGBACKREST_CONFIG=/etc/ntue/pgbackrest.conf PGBACKREST_STANZA=ntue
export PGBACKREST_REPO1_CIPHER_PASS="$NTUE_BACKUP_KEY" PGBACKREST_REPO1_RETENTION_FULL="$days"
export RESTIC_REPOSITORY="$folder/files" RESTIC_PASSWORD="$NTUE_BACKUP_KEY"
export RESTIC_CACHE_DIR=/tmp/restic

# Files of the database are PostgreSQL's own user's, in the volume and in the backup.
keeper() {
    if [ "$(id -u)" = 0 ]; then
        gosu postgres pgbackrest "$@"
    else
        pgbackrest "$@"
    fi
}

# Waits for its turn: each run is a container of its own, and sees nothing of another's locks.
alone() {
    mkdir -p "$folder/database"
    chown postgres:postgres "$folder" "$folder/database"
    chmod 700 "$folder" "$folder/database"
    exec 9> "$folder/$1.lock"
    flock --timeout "${2:-3600}" 9 || {
        echo "Another run is at the $1 of the backup still." >&2
        exit 1
    }
}

database() {
    alone database
    kind=diff
    [ "$(date +%u)" = 7 ] && kind=full
    # Where there is one already this says so and changes nothing.
    keeper stanza-create
    keeper --type="$kind" backup
    echo "The database is in the backup."
}

# Has its turn at the files, with a place to put them.
at_files() {
    alone files "${1:-}"
    # Of a machine that died in the middle; what is in use is not old.
    [ ! -e "$RESTIC_REPOSITORY/config" ] || restic unlock --quiet
}

files() {
    at_files "${1:-}"
    [ -e "$RESTIC_REPOSITORY/config" ] || restic init --quiet
    if [ ! -d /var/lib/odoo/filestore ]; then
        echo "There are no files: nothing is put into the backup in place of those that are there." >&2
        exit 1
    fi
    restic backup --quiet --host ntue --exclude sessions /var/lib/odoo
    echo "The files are in the backup."
}

# By itself, since nothing else may be done to the backup meanwhile: once a day.
forget() {
    at_files
    restic forget --quiet --host ntue --keep-within "${days}d" --prune "$@"
}

# First what needs no room itself.
expire() {
    alone database
    keeper expire
    forget --max-repack-size 0
    echo "What is older than $days days is not in the backup any more."
}

# What the database of that moment names was there when the next snapshot began; an earlier one lacks
# what came since, a much later one what was deleted since. `latest` where there is none.
snapshot_for() {
    if [ "$1" = latest ]; then
        echo latest
        return
    fi
    moment="$(date --date="$1" +%s)"
    listed="$(TZ=UTC restic snapshots --no-lock --host ntue --compact)"
    while read -r number day hour _rest; do
        case "$day" in [0-9]*-*-*) ;; *) continue ;; esac
        if [ "$(date --utc --date="$day $hour" +%s)" -gt "$moment" ]; then
            echo "$number"
            return
        fi
    done <<LISTED
$listed
LISTED
    echo latest
}

restore() {
    # Before anything is put in place: a moment that cannot be read ends it here.
    snapshot="$(snapshot_for "$1")"
    if [ -e "$PGDATA/postmaster.pid" ]; then
        echo "The database runs, or was killed: let it start and stop in order first" \
            "(docker compose start db && docker compose stop db)." >&2
        echo "Where it does not start any more, remove $PGDATA/postmaster.pid." >&2
        exit 1
    fi
    install --directory --owner=postgres --group=postgres --mode=700 "$PGDATA"
    get="$0 pgbackrest-get %f \"%p\""
    if [ "$1" = latest ]; then
        keeper --delta --recovery-option="restore_command=$get" restore
    else
        keeper --delta --recovery-option="restore_command=$get" --type=time --target="$1" \
            --target-action=promote restore
    fi
    restic restore "$snapshot" --no-lock --quiet --host ntue --target /
    echo "Restored. Start the database: it goes on to the moment that was asked for."
}

case "${1:-}" in
    pgbackrest-push) exec pgbackrest archive-push "$2" ;;
    pgbackrest-get) exec pgbackrest archive-get "$2" "$3" ;;
    all)
        database
        files
        forget
        ;;
    database) database ;;
    # Every few minutes: whoever is at them longer than that is not waited for.
    files) files 300 ;;
    expire) expire ;;
    list)
        keeper info
        restic snapshots --no-lock --host ntue
        ;;
    check)
        keeper check
        at_files
        restic check --quiet
        echo "The backup can be read."
        ;;
    snapshot) snapshot_for "${2:?says the moment: latest, or as in 2026-11-29 14:05:00+08}" ;;
    restore) restore "${2:?says the moment: latest, or as in 2026-11-29 14:05:00+08}" ;;
    *)
        echo "all, database, files, expire, list, check, or snapshot or restore and a moment" >&2
        exit 2
        ;;
esac
