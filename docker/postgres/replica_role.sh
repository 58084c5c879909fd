#!/bin/sh
# Makes the role that the replica reads by, and the slot that keeps for it what it has not read.
set -eu
psql --set ON_ERROR_STOP=1 --set "password=$NTUE_REPLICA_PASSWORD" --quiet \
    --host db --username postgres --dbname postgres <<'SQL'
SELECT 'CREATE ROLE ntue_replica LOGIN REPLICATION'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ntue_replica') \gexec
ALTER ROLE ntue_replica PASSWORD :'password';
SELECT pg_create_physical_replication_slot('ntue_replica')
 WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = 'ntue_replica');
SQL
