#!/bin/sh
# Run by the PostgreSQL image on an empty volume. Odoo's role is no superuser, makes no role and
# no database, and owns the one database that it is for; Odoo finds that made already.
set -eu
psql --set ON_ERROR_STOP=1 --set "role=$NTUE_DB_USER" --set "password=$NTUE_DB_PASSWORD" \
    --set "name=$NTUE_DATABASE" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE :"role" LOGIN PASSWORD :'password' NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE DATABASE :"name" OWNER :"role" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C';
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
