-- Least privilege for a store in PostgreSQL 14 or newer: who owns, who writes, who reads.
--
--   psql --dbname=registry --single-transaction --file=deployments/postgresql-roles.sql
--
-- Run it once, as an administrator, in the store's database, before the first `registry migrate` or
-- after it. Later migrations bring the rights of their tables with them: what is read and added to
-- by the default privileges below, what may be changed or removed by the migration itself, as
-- default privileges know no table's name. It can be run any number of times. Then give people
-- and services a login that is a member of one role:
--
--   CREATE ROLE alice LOGIN PASSWORD '...' IN ROLE registry_writer;
--   CREATE ROLE serving LOGIN PASSWORD '...' IN ROLE registry_reader;
--   CREATE ROLE deploy LOGIN PASSWORD '...' IN ROLE registry_owner;
--   ALTER ROLE deploy IN DATABASE registry SET role = 'registry_owner';  -- what it makes is the role's
--
-- registry_owner   owns the tables: `registry migrate`, `move-store`, `rebuild`, restoring a backup
-- registry_writer  every other verb: adds rows, changes what stands where; nothing that is history
-- registry_reader  `resolve`, `show` and the other reads: what serving needs

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['registry_owner', 'registry_writer', 'registry_reader'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', name);
        END IF;
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), name);
    END LOOP;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO registry_owner;
GRANT USAGE ON SCHEMA public TO registry_writer, registry_reader;

-- A store that was made by somebody else becomes the owner's.
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tableowner <> 'registry_owner'
    LOOP
        EXECUTE format('ALTER TABLE public.%I OWNER TO registry_owner', found.tablename);
    END LOOP;
    FOR found IN SELECT proname FROM pg_proc JOIN pg_roles ON pg_roles.oid = proowner
        WHERE pronamespace = 'public'::regnamespace AND proname LIKE '%\_refused'
        AND rolname <> 'registry_owner'
    LOOP
        EXECUTE format('ALTER FUNCTION public.%I() OWNER TO registry_owner', found.proname);
    END LOOP;
END $$;

-- What is there, and what later migrations will make, can be read, and added to.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, registry_writer, registry_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO registry_writer, registry_reader;
GRANT INSERT ON ALL TABLES IN SCHEMA public TO registry_writer;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO registry_writer;
ALTER DEFAULT PRIVILEGES FOR ROLE registry_owner IN SCHEMA public
    GRANT SELECT ON TABLES TO registry_writer, registry_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE registry_owner IN SCHEMA public
    GRANT INSERT ON TABLES TO registry_writer;
ALTER DEFAULT PRIVILEGES FOR ROLE registry_owner IN SCHEMA public
    GRANT USAGE ON SEQUENCES TO registry_writer;

-- The few rows that say how things stand now may change; what happened may not.
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN SELECT * FROM (VALUES
        ('alembic_version', 'REVOKE INSERT ON %s FROM registry_writer'),
        ('moved', 'REVOKE INSERT ON %s FROM registry_writer'),
        ('model', 'GRANT UPDATE (owner, description, purpose, team, related, links, document, '
            'tagged_at) ON %s TO registry_writer'),
        ('run', 'GRANT UPDATE (status, ended_at, failure, "commit", recipe, recipe_hash, '
            'outputs_hash, environment_id, environment_files, model_path, model_format, '
            'signature, duration_s, cpu_s, peak_memory_bytes, hardware, direct_urls, kept_by, '
            'exit_code, log_tail, plots) ON %s TO registry_writer'),
        ('stage_assignment', 'GRANT UPDATE (stage, single), DELETE ON %s TO registry_writer'),
        ('alias', 'GRANT UPDATE (version_id), DELETE ON %s TO registry_writer'),
        ('version_profile', 'GRANT UPDATE (description, owner, purpose, team, related, links, '
            'document) ON %s TO registry_writer'),
        ('version_grade', 'GRANT UPDATE (grade, reasons, pushed_to) ON %s TO registry_writer'),
        ('model_schema', 'GRANT UPDATE (schema), DELETE ON %s TO registry_writer'),
        ('model_tag', 'GRANT DELETE ON %s TO registry_writer'),
        ('tag', 'GRANT DELETE ON %s TO registry_writer'),
        ('dataset_profile', 'GRANT UPDATE (description, owner, sensitivity, source, '
            'retain_until) ON %s TO registry_writer'),
        ('sweep', 'GRANT UPDATE (ended_at) ON %s TO registry_writer'),
        ('trial', 'GRANT UPDATE (run_id, parameters) ON %s TO registry_writer'),
        ('deployment', 'GRANT UPDATE (until, ended_by) ON %s TO registry_writer'),
        ('account', 'GRANT UPDATE (closed_at) ON %s TO registry_writer'),
        ('access_right', 'GRANT DELETE ON %s TO registry_writer'),
        ('token', 'GRANT UPDATE (revoked_at) ON %s TO registry_writer'),
        ('approval_request', 'GRANT UPDATE (outcome, closed_at, closed_by, because) ON %s TO '
            'registry_writer'),
        ('subscription', 'GRANT UPDATE (position, delivered, delivered_at, ended_at), DELETE ON %s TO '
            'registry_writer'),
        ('delivery', 'GRANT UPDATE (queued_at, attempts, next_at, why, taken_by, taken_until, '
            'dead_at), DELETE ON %s TO registry_writer'),
        ('hold', 'GRANT UPDATE (reason, at, by), DELETE ON %s TO registry_writer'),
        ('dropped_bytes', 'GRANT DELETE ON %s TO registry_writer'),
        ('outbox', 'GRANT DELETE ON %s TO registry_writer')
    ) AS rights (name, statement)
    LOOP
        IF to_regclass('public.' || found.name) IS NOT NULL THEN
            EXECUTE format(found.statement, 'public.' || found.name);
        END IF;
    END LOOP;
END $$;
