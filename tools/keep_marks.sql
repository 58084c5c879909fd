-- Gives the marks of the logs to a role of their own, so that the application's role may read
-- and add them and nothing else. Run once by a superuser of PostgreSQL in the database of the
-- school, after the addons are installed; again after an addon with a log has been added:
--     psql -v ON_ERROR_STOP=1 -d NAME -f tools/keep_marks.sql
DO $$
DECLARE
    log record;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ntue_keeper') THEN
        CREATE ROLE ntue_keeper NOLOGIN;
    END IF;
    CREATE SCHEMA IF NOT EXISTS ntue_kept AUTHORIZATION ntue_keeper;
    FOR log IN
        SELECT entries.relname AS name, owner.rolname AS application
          FROM pg_class entries
          JOIN pg_roles owner ON owner.oid = entries.relowner
          JOIN pg_class marks ON marks.relname = entries.relname || '_mark'
                             AND marks.relnamespace = entries.relnamespace
         WHERE entries.relkind = 'r' AND entries.relnamespace = 'public'::regnamespace
           AND entries.relname IN ('ntue_graduation_event', 'ntue_register_entry')
    LOOP
        IF (SELECT rolsuper FROM pg_roles WHERE rolname = log.application) THEN
            RAISE EXCEPTION 'The role % of the application is a superuser: nothing can be kept '
                'from it. Take that right from it first.', log.application;
        END IF;
        EXECUTE format('ALTER TABLE public.%I SET SCHEMA ntue_kept', log.name || '_mark');
        EXECUTE format('ALTER TABLE ntue_kept.%I OWNER TO ntue_keeper', log.name || '_mark');
        EXECUTE format('REVOKE ALL ON ntue_kept.%I FROM PUBLIC', log.name || '_mark');
        EXECUTE format('GRANT USAGE ON SCHEMA ntue_kept TO %I', log.application);
        EXECUTE format(
            'GRANT SELECT, INSERT ON ntue_kept.%I TO %I', log.name || '_mark', log.application
        );
        EXECUTE format(
            'CREATE OR REPLACE FUNCTION public.%I() RETURNS trigger LANGUAGE plpgsql AS $f$ '
            'BEGIN INSERT INTO ntue_kept.%I (number, entry_hash) '
            'VALUES (NEW.number, NEW.entry_hash); RETURN NULL; END $f$',
            log.name || '_keep', log.name || '_mark'
        );
        EXECUTE format('ALTER FUNCTION public.%I() OWNER TO ntue_keeper', log.name || '_keep');
        EXECUTE format('ALTER FUNCTION public.%I() OWNER TO ntue_keeper', log.name || '_refuse');
    END LOOP;
END $$;
