SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE FUNCTION public.artifact_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of artifact'; END $$;
CREATE FUNCTION public.artifact_insert_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (SELECT status FROM run WHERE id = NEW.run_id) <> 'running' THEN RAISE EXCEPTION 'immutable: the artifact list of a run that has ended'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.artifact_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of artifact'; END $$;
CREATE FUNCTION public.artifact_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of artifact'; END $$;
CREATE FUNCTION public.comparison_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of comparison'; END $$;
CREATE FUNCTION public.comparison_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of comparison'; END $$;
CREATE FUNCTION public.comparison_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of comparison'; END $$;
CREATE FUNCTION public.confirmation_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of confirmation'; END $$;
CREATE FUNCTION public.confirmation_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of confirmation'; END $$;
CREATE FUNCTION public.confirmation_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of confirmation'; END $$;
CREATE FUNCTION public.dataset_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of dataset'; END $$;
CREATE FUNCTION public.dataset_shape_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of dataset_shape'; END $$;
CREATE FUNCTION public.dataset_shape_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of dataset_shape'; END $$;
CREATE FUNCTION public.dataset_shape_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of dataset_shape'; END $$;
CREATE FUNCTION public.dataset_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of dataset'; END $$;
CREATE FUNCTION public.dataset_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of dataset'; END $$;
CREATE FUNCTION public.dataset_use_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of dataset_use'; END $$;
CREATE FUNCTION public.dataset_use_insert_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (SELECT status FROM run WHERE id = NEW.run_id) <> 'running' THEN RAISE EXCEPTION 'immutable: the dataset_use list of a run that has ended'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.dataset_use_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of dataset_use'; END $$;
CREATE FUNCTION public.dataset_use_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of dataset_use'; END $$;
CREATE FUNCTION public.dataset_version_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of dataset_version'; END $$;
CREATE FUNCTION public.dataset_version_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of dataset_version'; END $$;
CREATE FUNCTION public.dataset_version_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of dataset_version'; END $$;
CREATE FUNCTION public.deployment_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a deployment'; END $$;
CREATE FUNCTION public.deployment_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a deployment'; END $$;
CREATE FUNCTION public.deployment_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF OLD.until IS NOT NULL OR NEW.until IS NULL OR NEW.ended_by IS NULL OR CAST(OLD."id" AS TEXT) <> CAST(NEW."id" AS TEXT) OR CAST(OLD."uuid" AS TEXT) <> CAST(NEW."uuid" AS TEXT) OR CAST(OLD."model_id" AS TEXT) <> CAST(NEW."model_id" AS TEXT) OR CAST(OLD."version_id" AS TEXT) <> CAST(NEW."version_id" AS TEXT) OR CAST(OLD."environment" AS TEXT) <> CAST(NEW."environment" AS TEXT) OR CAST(OLD."place" AS TEXT) <> CAST(NEW."place" AS TEXT) OR CAST(OLD."reason" AS TEXT) <> CAST(NEW."reason" AS TEXT) OR CAST(OLD."since" AS TEXT) <> CAST(NEW."since" AS TEXT) OR CAST(OLD."by" AS TEXT) <> CAST(NEW."by" AS TEXT) THEN RAISE EXCEPTION 'immutable: a deployment'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.environment_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of environment'; END $$;
CREATE FUNCTION public.environment_package_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of environment_package'; END $$;
CREATE FUNCTION public.environment_package_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of environment_package'; END $$;
CREATE FUNCTION public.environment_package_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of environment_package'; END $$;
CREATE FUNCTION public.environment_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of environment'; END $$;
CREATE FUNCTION public.environment_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of environment'; END $$;
CREATE FUNCTION public.event_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of event'; END $$;
CREATE FUNCTION public.event_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of event'; END $$;
CREATE FUNCTION public.event_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of event'; END $$;
CREATE FUNCTION public.experiment_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of experiment'; END $$;
CREATE FUNCTION public.experiment_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of experiment'; END $$;
CREATE FUNCTION public.experiment_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of experiment'; END $$;
CREATE FUNCTION public.feature_importance_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of feature_importance'; END $$;
CREATE FUNCTION public.feature_importance_insert_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (SELECT status FROM run WHERE id = NEW.run_id) <> 'running' THEN RAISE EXCEPTION 'immutable: the feature_importance list of a run that has ended'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.feature_importance_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of feature_importance'; END $$;
CREATE FUNCTION public.feature_importance_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of feature_importance'; END $$;
CREATE FUNCTION public.lineage_edge_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of lineage_edge'; END $$;
CREATE FUNCTION public.lineage_edge_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of lineage_edge'; END $$;
CREATE FUNCTION public.lineage_edge_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of lineage_edge'; END $$;
CREATE FUNCTION public.metric_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of metric'; END $$;
CREATE FUNCTION public.metric_insert_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (SELECT status FROM run WHERE id = NEW.run_id) <> 'running' THEN RAISE EXCEPTION 'immutable: the metric list of a run that has ended'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.metric_point_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of metric_point'; END $$;
CREATE FUNCTION public.metric_point_insert_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (SELECT status FROM run WHERE id = NEW.run_id) <> 'running' THEN RAISE EXCEPTION 'immutable: the metric_point list of a run that has ended'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.metric_point_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of metric_point'; END $$;
CREATE FUNCTION public.metric_point_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of metric_point'; END $$;
CREATE FUNCTION public.metric_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of metric'; END $$;
CREATE FUNCTION public.metric_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of metric'; END $$;
CREATE FUNCTION public.model_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a model'; END $$;
CREATE FUNCTION public.model_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a model'; END $$;
CREATE FUNCTION public.model_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF OLD.id <> NEW.id OR OLD.name <> NEW.name OR OLD.created_at <> NEW.created_at THEN RAISE EXCEPTION 'immutable: the name of a model'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.note_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of note'; END $$;
CREATE FUNCTION public.note_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of note'; END $$;
CREATE FUNCTION public.note_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of note'; END $$;
CREATE FUNCTION public.parameter_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of parameter'; END $$;
CREATE FUNCTION public.parameter_insert_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (SELECT status FROM run WHERE id = NEW.run_id) <> 'running' THEN RAISE EXCEPTION 'immutable: the parameter list of a run that has ended'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.parameter_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of parameter'; END $$;
CREATE FUNCTION public.parameter_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of parameter'; END $$;
CREATE FUNCTION public.promotion_attempt_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of promotion_attempt'; END $$;
CREATE FUNCTION public.promotion_attempt_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of promotion_attempt'; END $$;
CREATE FUNCTION public.promotion_attempt_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of promotion_attempt'; END $$;
CREATE FUNCTION public.reproduction_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of reproduction'; END $$;
CREATE FUNCTION public.reproduction_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of reproduction'; END $$;
CREATE FUNCTION public.reproduction_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of reproduction'; END $$;
CREATE FUNCTION public.request_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of request'; END $$;
CREATE FUNCTION public.request_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of request'; END $$;
CREATE FUNCTION public.request_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of request'; END $$;
CREATE FUNCTION public.run_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a run'; END $$;
CREATE FUNCTION public.run_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a run'; END $$;
CREATE FUNCTION public.run_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF OLD.status <> 'running' THEN RAISE EXCEPTION 'immutable: a run that has ended'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.sweep_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a sweep'; END $$;
CREATE FUNCTION public.sweep_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a sweep'; END $$;
CREATE FUNCTION public.sweep_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF NEW.ended_at IS NULL OR CAST(OLD."id" AS TEXT) <> CAST(NEW."id" AS TEXT) OR CAST(OLD."uuid" AS TEXT) <> CAST(NEW."uuid" AS TEXT) OR CAST(OLD."model_id" AS TEXT) <> CAST(NEW."model_id" AS TEXT) OR CAST(OLD."experiment_id" AS TEXT) <> CAST(NEW."experiment_id" AS TEXT) OR CAST(OLD."plan" AS TEXT) <> CAST(NEW."plan" AS TEXT) OR CAST(OLD."started_at" AS TEXT) <> CAST(NEW."started_at" AS TEXT) OR CAST(OLD."started_by" AS TEXT) <> CAST(NEW."started_by" AS TEXT) THEN RAISE EXCEPTION 'immutable: a sweep'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.tombstone_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of tombstone'; END $$;
CREATE FUNCTION public.tombstone_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of tombstone'; END $$;
CREATE FUNCTION public.tombstone_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of tombstone'; END $$;
CREATE FUNCTION public.trial_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a trial'; END $$;
CREATE FUNCTION public.trial_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a trial'; END $$;
CREATE FUNCTION public.trial_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (NEW.run_id <= OLD.run_id AND EXISTS (SELECT 1 FROM run WHERE id = OLD.run_id)) OR CAST(OLD."sweep_id" AS TEXT) <> CAST(NEW."sweep_id" AS TEXT) OR CAST(OLD."number" AS TEXT) <> CAST(NEW."number" AS TEXT) THEN RAISE EXCEPTION 'immutable: a trial'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.version_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of version'; END $$;
CREATE FUNCTION public.version_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of version'; END $$;
CREATE FUNCTION public.version_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of version'; END $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.alias (
    model_id integer NOT NULL,
    name text NOT NULL,
    version_id integer NOT NULL
);
CREATE TABLE public.artifact (
    run_id integer NOT NULL,
    path text NOT NULL,
    md5 text NOT NULL,
    sha256 text NOT NULL,
    size_bytes bigint NOT NULL,
    home text NOT NULL,
    stage text,
    own boolean NOT NULL,
    source text
);
CREATE TABLE public.comparison (
    id integer NOT NULL,
    run_id integer NOT NULL,
    incumbent_id integer NOT NULL,
    holdout text NOT NULL,
    holdout_sha256 text NOT NULL,
    metric text NOT NULL,
    higher_is_better boolean NOT NULL,
    bootstrap json NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL
);
CREATE SEQUENCE public.comparison_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.comparison_id_seq OWNED BY public.comparison.id;
CREATE TABLE public.confirmation (
    version_id integer NOT NULL,
    run_id integer NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL
);
CREATE TABLE public.dataset (
    id integer NOT NULL,
    name text NOT NULL
);
CREATE SEQUENCE public.dataset_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dataset_id_seq OWNED BY public.dataset.id;
CREATE TABLE public.dataset_profile (
    dataset_id integer NOT NULL,
    description text NOT NULL,
    owner text NOT NULL,
    sensitivity text NOT NULL,
    source text NOT NULL,
    retain_until date
);
CREATE TABLE public.dataset_shape (
    dataset_version_id integer NOT NULL,
    run_id integer NOT NULL,
    format text NOT NULL,
    rows bigint,
    columns json NOT NULL,
    note text NOT NULL,
    source text NOT NULL
);
CREATE TABLE public.dataset_use (
    run_id integer NOT NULL,
    dataset_version_id integer NOT NULL,
    stage text NOT NULL
);
CREATE TABLE public.dataset_version (
    id integer NOT NULL,
    dataset_id integer NOT NULL,
    md5 text NOT NULL,
    size_bytes bigint NOT NULL,
    files integer NOT NULL
);
CREATE SEQUENCE public.dataset_version_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dataset_version_id_seq OWNED BY public.dataset_version.id;
CREATE TABLE public.deployment (
    id integer NOT NULL,
    uuid text NOT NULL,
    model_id integer NOT NULL,
    version_id integer NOT NULL,
    environment text NOT NULL,
    place text NOT NULL,
    reason text NOT NULL,
    since timestamp with time zone NOT NULL,
    by text NOT NULL,
    until timestamp with time zone,
    ended_by text
);
CREATE SEQUENCE public.deployment_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.deployment_id_seq OWNED BY public.deployment.id;
CREATE TABLE public.environment (
    id integer NOT NULL,
    digest text NOT NULL,
    python text NOT NULL,
    platform text NOT NULL
);
CREATE SEQUENCE public.environment_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.environment_id_seq OWNED BY public.environment.id;
CREATE TABLE public.environment_package (
    environment_id integer NOT NULL,
    name text NOT NULL,
    version text NOT NULL
);
CREATE TABLE public.event (
    sequence integer NOT NULL,
    at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    kind text NOT NULL,
    model_id integer,
    version_id integer,
    run_id integer,
    reason text NOT NULL,
    before json NOT NULL,
    after json NOT NULL,
    entered text,
    vacated text
);
CREATE SEQUENCE public.event_sequence_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.event_sequence_seq OWNED BY public.event.sequence;
CREATE TABLE public.experiment (
    id integer NOT NULL,
    name text NOT NULL
);
CREATE SEQUENCE public.experiment_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.experiment_id_seq OWNED BY public.experiment.id;
CREATE TABLE public.feature_importance (
    run_id integer NOT NULL,
    feature text NOT NULL,
    value double precision NOT NULL
);
CREATE TABLE public.hold (
    version_id integer NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL
);
CREATE TABLE public.lineage_edge (
    source_kind text NOT NULL,
    source_id text NOT NULL,
    target_kind text NOT NULL,
    target_id text NOT NULL,
    by text NOT NULL
);
CREATE TABLE public.metric (
    run_id integer NOT NULL,
    key text NOT NULL,
    value double precision NOT NULL
);
CREATE TABLE public.metric_point (
    run_id integer NOT NULL,
    key text NOT NULL,
    step integer NOT NULL,
    value double precision NOT NULL
);
CREATE TABLE public.model (
    id integer NOT NULL,
    name text NOT NULL,
    owner text NOT NULL,
    description text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    tagged_at timestamp with time zone,
    purpose text DEFAULT ''::text NOT NULL,
    team text DEFAULT ''::text NOT NULL,
    related json DEFAULT '[]'::json NOT NULL,
    links json DEFAULT '[]'::json NOT NULL,
    document json DEFAULT '{}'::json NOT NULL
);
CREATE SEQUENCE public.model_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.model_id_seq OWNED BY public.model.id;
CREATE TABLE public.model_schema (
    model_id integer NOT NULL,
    schema json NOT NULL
);
CREATE TABLE public.model_tag (
    model_id integer NOT NULL,
    key text NOT NULL,
    value text NOT NULL
);
CREATE TABLE public.moved (
    url text NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL
);
CREATE TABLE public.note (
    id integer NOT NULL,
    model_id integer NOT NULL,
    version_id integer,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL
);
CREATE SEQUENCE public.note_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.note_id_seq OWNED BY public.note.id;
CREATE TABLE public.outbox (
    sequence integer NOT NULL,
    repository text NOT NULL,
    tag json NOT NULL
);
CREATE SEQUENCE public.outbox_sequence_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.outbox_sequence_seq OWNED BY public.outbox.sequence;
CREATE TABLE public.parameter (
    run_id integer NOT NULL,
    key text NOT NULL,
    value json NOT NULL,
    number double precision,
    text text
);
CREATE TABLE public.promotion_attempt (
    id integer NOT NULL,
    version_id integer NOT NULL,
    source text NOT NULL,
    target text NOT NULL,
    environment text NOT NULL,
    incumbent_id integer,
    promoted boolean NOT NULL,
    judged_by json NOT NULL,
    gates json NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL,
    reason text NOT NULL
);
CREATE SEQUENCE public.promotion_attempt_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.promotion_attempt_id_seq OWNED BY public.promotion_attempt.id;
CREATE TABLE public.repository (
    name text NOT NULL,
    identity text NOT NULL
);
CREATE TABLE public.reproduction (
    id integer NOT NULL,
    version_id integer NOT NULL,
    verdict text NOT NULL,
    first_different_stage text,
    differences json NOT NULL,
    outputs integer NOT NULL,
    duration_s double precision NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL
);
CREATE SEQUENCE public.reproduction_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.reproduction_id_seq OWNED BY public.reproduction.id;
CREATE TABLE public.request (
    key text NOT NULL,
    verb text NOT NULL,
    body_sha256 text NOT NULL,
    answer text NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL
);
CREATE TABLE public.run (
    id integer NOT NULL,
    uuid text NOT NULL,
    model_id integer NOT NULL,
    experiment_id integer NOT NULL,
    status text NOT NULL,
    project text NOT NULL,
    repository text NOT NULL,
    base_commit text,
    uncommitted json NOT NULL,
    flow_run text,
    started_at timestamp with time zone NOT NULL,
    started_by text NOT NULL,
    ended_at timestamp with time zone,
    failure text,
    commit text,
    recipe json,
    recipe_hash text,
    outputs_hash text,
    environment_id integer,
    environment_files json,
    model_path text,
    model_format text,
    signature json,
    duration_s double precision,
    cpu_s double precision,
    peak_memory_bytes bigint,
    hardware json,
    direct_urls json,
    kept_by json,
    exit_code integer,
    log_tail text,
    plots json
);
CREATE SEQUENCE public.run_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.run_id_seq OWNED BY public.run.id;
CREATE TABLE public.stage_assignment (
    version_id integer NOT NULL,
    environment text NOT NULL,
    model_id integer NOT NULL,
    stage text NOT NULL,
    single boolean NOT NULL
);
CREATE TABLE public.sweep (
    id integer NOT NULL,
    uuid text NOT NULL,
    model_id integer NOT NULL,
    experiment_id integer NOT NULL,
    plan json NOT NULL,
    started_at timestamp with time zone NOT NULL,
    started_by text NOT NULL,
    ended_at timestamp with time zone
);
CREATE SEQUENCE public.sweep_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.sweep_id_seq OWNED BY public.sweep.id;
CREATE TABLE public.tag (
    version_id integer NOT NULL,
    key text NOT NULL,
    value text NOT NULL
);
CREATE TABLE public.tombstone (
    version_id integer NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL
);
CREATE TABLE public.trial (
    sweep_id integer NOT NULL,
    number integer NOT NULL,
    parameters json NOT NULL,
    run_id integer NOT NULL
);
CREATE TABLE public.version (
    id integer NOT NULL,
    uuid text NOT NULL,
    model_id integer NOT NULL,
    number integer NOT NULL,
    major integer NOT NULL,
    minor integer NOT NULL,
    patch integer NOT NULL,
    bump text NOT NULL,
    bump_reasons json NOT NULL,
    based_on_id integer,
    same_recipe_id integer,
    run_id integer NOT NULL,
    project text NOT NULL,
    repository text NOT NULL,
    commit text,
    recipe_hash text NOT NULL,
    outputs_hash text NOT NULL,
    model_path text NOT NULL,
    model_format text NOT NULL,
    sha256 text NOT NULL,
    md5 text NOT NULL,
    size_bytes bigint NOT NULL,
    grade text NOT NULL,
    grade_reasons json NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by text NOT NULL
);
CREATE TABLE public.version_grade (
    version_id integer NOT NULL,
    grade text NOT NULL,
    reasons json CONSTRAINT version_grade_reasons_not_null1 NOT NULL,
    pushed_to text
);
CREATE SEQUENCE public.version_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.version_id_seq OWNED BY public.version.id;
CREATE TABLE public.version_profile (
    version_id integer CONSTRAINT description_version_id_not_null NOT NULL,
    description text CONSTRAINT description_text_not_null NOT NULL,
    owner text DEFAULT ''::text NOT NULL,
    purpose text DEFAULT ''::text NOT NULL,
    team text DEFAULT ''::text NOT NULL,
    related json DEFAULT '[]'::json NOT NULL,
    links json DEFAULT '[]'::json NOT NULL,
    document json DEFAULT '{}'::json NOT NULL
);
ALTER TABLE ONLY public.comparison ALTER COLUMN id SET DEFAULT nextval('public.comparison_id_seq'::regclass);
ALTER TABLE ONLY public.dataset ALTER COLUMN id SET DEFAULT nextval('public.dataset_id_seq'::regclass);
ALTER TABLE ONLY public.dataset_version ALTER COLUMN id SET DEFAULT nextval('public.dataset_version_id_seq'::regclass);
ALTER TABLE ONLY public.deployment ALTER COLUMN id SET DEFAULT nextval('public.deployment_id_seq'::regclass);
ALTER TABLE ONLY public.environment ALTER COLUMN id SET DEFAULT nextval('public.environment_id_seq'::regclass);
ALTER TABLE ONLY public.event ALTER COLUMN sequence SET DEFAULT nextval('public.event_sequence_seq'::regclass);
ALTER TABLE ONLY public.experiment ALTER COLUMN id SET DEFAULT nextval('public.experiment_id_seq'::regclass);
ALTER TABLE ONLY public.model ALTER COLUMN id SET DEFAULT nextval('public.model_id_seq'::regclass);
ALTER TABLE ONLY public.note ALTER COLUMN id SET DEFAULT nextval('public.note_id_seq'::regclass);
ALTER TABLE ONLY public.outbox ALTER COLUMN sequence SET DEFAULT nextval('public.outbox_sequence_seq'::regclass);
ALTER TABLE ONLY public.promotion_attempt ALTER COLUMN id SET DEFAULT nextval('public.promotion_attempt_id_seq'::regclass);
ALTER TABLE ONLY public.reproduction ALTER COLUMN id SET DEFAULT nextval('public.reproduction_id_seq'::regclass);
ALTER TABLE ONLY public.run ALTER COLUMN id SET DEFAULT nextval('public.run_id_seq'::regclass);
ALTER TABLE ONLY public.sweep ALTER COLUMN id SET DEFAULT nextval('public.sweep_id_seq'::regclass);
ALTER TABLE ONLY public.version ALTER COLUMN id SET DEFAULT nextval('public.version_id_seq'::regclass);
INSERT INTO public.alembic_version VALUES ('0004');
INSERT INTO public.alias VALUES (1, 'champion', 2);
INSERT INTO public.alias VALUES (2, 'champion', 4);
INSERT INTO public.alias VALUES (2, 'challenger', 5);
INSERT INTO public.artifact VALUES (1, 'curves/loss.tsv', '5c5b4fe7eea668f8fd9d5a266bfcfe22', '54e7650d9097170342bbf7c81f97ce28faaa71b27cff839a80972f1d641a6432', 22, 'git', 'train', true, NULL);
INSERT INTO public.artifact VALUES (1, 'data/new.csv', '00299f0a188e622761a48a6890c96289', 'b286018292607d63463a630177f765380d039c92a1c28db76efb0bbbf985cfac', 2290, 'remote', 'raw@new', true, NULL);
INSERT INTO public.artifact VALUES (1, 'data/old.csv', 'e018195129362c1d657e163cd019ace2', '69ed1466a8c66f2a63ea47de2c400e5dcfdce1c8176d9cdf8d625b1d94f5f7b3', 2295, 'remote', 'raw@old', true, NULL);
INSERT INTO public.artifact VALUES (1, 'metrics.json', '613936a39b86c50ec1e29b9e64455544', '29e245e74b4ab843aaf8313b72262f8d690e4c5a6f0600bde0b4efdaa269defe', 41, 'git', 'evaluate', true, NULL);
INSERT INTO public.artifact VALUES (1, 'model/model.json', '43c1d61d32d08530b3edc9ed6b5c4d33', 'fe4e9b4a15acfd1f3f4d49a2829b10fdd0af43c4fbcfdd35de044f1f52d81935', 42, 'remote', 'train', true, NULL);
INSERT INTO public.artifact VALUES (1, 'model/signature.json', '2c46d64caa9bb38e14cbd2dde9f7d417', 'db989d01dd7b050e33059d4ba3f796e85b3f04c9b216411a15a0c235392586b8', 93, 'git', 'train', true, NULL);
INSERT INTO public.artifact VALUES (2, 'curves/loss.tsv', '5c5b4fe7eea668f8fd9d5a266bfcfe22', '54e7650d9097170342bbf7c81f97ce28faaa71b27cff839a80972f1d641a6432', 22, 'git', 'train', true, NULL);
INSERT INTO public.artifact VALUES (2, 'data/new.csv', '00299f0a188e622761a48a6890c96289', 'b286018292607d63463a630177f765380d039c92a1c28db76efb0bbbf985cfac', 2290, 'remote', 'raw@new', true, NULL);
INSERT INTO public.artifact VALUES (2, 'data/old.csv', 'e018195129362c1d657e163cd019ace2', '69ed1466a8c66f2a63ea47de2c400e5dcfdce1c8176d9cdf8d625b1d94f5f7b3', 2295, 'remote', 'raw@old', true, NULL);
INSERT INTO public.artifact VALUES (2, 'metrics.json', '5278008b459359374322d4a27155ee7d', 'f71fab3b759231ba16f4b8a332d8f83c61f4751f3df0cc828ef0b1c35b9ecd6b', 41, 'git', 'evaluate', true, NULL);
INSERT INTO public.artifact VALUES (2, 'model/model.json', '3b75b8ccd8e34fd49487dfe2a4fe1677', 'b9f6617bf21326d7b1d4ffca3b2d6ab852adeaef3ecd74714ab81eb5c8b5a004', 42, 'remote', 'train', true, NULL);
INSERT INTO public.artifact VALUES (2, 'model/signature.json', '2c46d64caa9bb38e14cbd2dde9f7d417', 'db989d01dd7b050e33059d4ba3f796e85b3f04c9b216411a15a0c235392586b8', 93, 'git', 'train', true, NULL);
INSERT INTO public.artifact VALUES (3, 'curves/loss.tsv', '5c5b4fe7eea668f8fd9d5a266bfcfe22', '54e7650d9097170342bbf7c81f97ce28faaa71b27cff839a80972f1d641a6432', 22, 'git', 'train', true, NULL);
INSERT INTO public.artifact VALUES (3, 'data/new.csv', '00299f0a188e622761a48a6890c96289', 'b286018292607d63463a630177f765380d039c92a1c28db76efb0bbbf985cfac', 2290, 'remote', 'raw@new', true, NULL);
INSERT INTO public.artifact VALUES (3, 'data/old.csv', 'e018195129362c1d657e163cd019ace2', '69ed1466a8c66f2a63ea47de2c400e5dcfdce1c8176d9cdf8d625b1d94f5f7b3', 2295, 'remote', 'raw@old', true, NULL);
INSERT INTO public.artifact VALUES (3, 'metrics.json', '5278008b459359374322d4a27155ee7d', 'f71fab3b759231ba16f4b8a332d8f83c61f4751f3df0cc828ef0b1c35b9ecd6b', 41, 'git', 'evaluate', true, NULL);
INSERT INTO public.artifact VALUES (3, 'model/model.json', '3b75b8ccd8e34fd49487dfe2a4fe1677', 'b9f6617bf21326d7b1d4ffca3b2d6ab852adeaef3ecd74714ab81eb5c8b5a004', 42, 'remote', 'train', true, NULL);
INSERT INTO public.artifact VALUES (3, 'model/signature.json', '2c46d64caa9bb38e14cbd2dde9f7d417', 'db989d01dd7b050e33059d4ba3f796e85b3f04c9b216411a15a0c235392586b8', 93, 'git', 'train', true, NULL);
INSERT INTO public.artifact VALUES (4, 'curves/loss.tsv', '5c5b4fe7eea668f8fd9d5a266bfcfe22', '54e7650d9097170342bbf7c81f97ce28faaa71b27cff839a80972f1d641a6432', 22, 'git', 'train', true, NULL);
INSERT INTO public.artifact VALUES (4, 'data/new.csv', '00299f0a188e622761a48a6890c96289', 'b286018292607d63463a630177f765380d039c92a1c28db76efb0bbbf985cfac', 2290, 'remote', 'raw@new', true, NULL);
INSERT INTO public.artifact VALUES (4, 'data/old.csv', 'e018195129362c1d657e163cd019ace2', '69ed1466a8c66f2a63ea47de2c400e5dcfdce1c8176d9cdf8d625b1d94f5f7b3', 2295, 'remote', 'raw@old', true, NULL);
INSERT INTO public.artifact VALUES (4, 'metrics.json', 'b2bb6e2908e2ac3a674b4b611d89ac00', 'c914f993b2e65e3446c4c2d1677cebcf56e14709b9c6f77a9b7a2356ca51e65d', 40, 'git', 'evaluate', true, NULL);
INSERT INTO public.artifact VALUES (4, 'model/model.json', 'a8018723c1dc388eb0d6603f54e75934', '5b602f24a67cf12da0431dad441c16049601945205086f36d97f31928a064911', 43, 'remote', 'train', true, NULL);
INSERT INTO public.artifact VALUES (4, 'model/signature.json', '2c46d64caa9bb38e14cbd2dde9f7d417', 'db989d01dd7b050e33059d4ba3f796e85b3f04c9b216411a15a0c235392586b8', 93, 'git', 'train', true, NULL);
INSERT INTO public.artifact VALUES (5, 'model.bin', '8a72de2cdf595608905699e2d725a9c0', 'cd36b49d7b2a8b5e4e13663cb54c5e1338c17b7d3af1c506fb3842bd08291822', 7, 'remote', 'train', true, NULL);
INSERT INTO public.artifact VALUES (6, 'model.bin', 'a7558513f2cb497034e995ce9813430d', '97e2521720cb4b3821c7ed9df7dbca7a63e04b42ba05ffe3e15dc992f227ae36', 7, 'remote', 'train', true, NULL);
INSERT INTO public.artifact VALUES (7, 'model.bin', '31b9bbb7094fe62ab2ae88960e6d6939', 'a63f0dfe98cc2a03a21873a3ab0d209eae44045e3810b79a104d42783e2ca194', 7, 'remote', 'train', true, NULL);
INSERT INTO public.artifact VALUES (8, 'model.bin', '28aa933e52ad610eace8712fd5577612', '47b98be17c1c80f2a85cd3013c745ec8379b9b591b103c675169996da479f7dd', 7, 'remote', 'train', true, NULL);
INSERT INTO public.artifact VALUES (11, 'model.bin', '0f46aff8749162b946564f1138f1a287', 'de5a3afe07939bad0bf980634b5d1d00658f2c278c3abd8af395998b322ee770', 16, 'remote', 'train', true, NULL);
INSERT INTO public.artifact VALUES (12, 'model.bin', '28aa933e52ad610eace8712fd5577612', '47b98be17c1c80f2a85cd3013c745ec8379b9b591b103c675169996da479f7dd', 7, 'remote', 'train', true, NULL);
INSERT INTO public.artifact VALUES (13, 'edger.bin', '99181bf19a5620a7e679c9b61380a897', '381adba472d686d3e056b6bb4a7e78117e87ed7d4386799c4d3533734641e670', 7, 'remote', NULL, true, NULL);
INSERT INTO public.artifact VALUES (14, 'edger.bin', '5ea558395e0bd60bf7a0fe90782d2fd2', '043738d0d525537e6321b9509e244ceb99cccec77a93e5ac93b0960baefb0a8a', 7, 'remote', NULL, true, NULL);
INSERT INTO public.artifact VALUES (15, 'edger.bin', '96b0d145956f9afd17eea05645520906', '708d1bfb98560065deec58b98a0d0f0f018aab786b9c18f0cd742ac96eb854b0', 7, 'remote', NULL, true, NULL);
INSERT INTO public.comparison VALUES (1, 2, 1, 'data/new.csv', 'e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327', 'rmse', false, '{"candidate": 0.2949120358849226, "incumbent": 0.40599727668903557, "difference": -0.11108524080411297, "low": -0.16605318310256426, "high": -0.045120836366928235, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}', '2026-11-23 02:41:49.773772+00', 'ada');
INSERT INTO public.comparison VALUES (2, 4, 2, 'data/new.csv', 'e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327', 'rmse', false, '{"candidate": 1.4334335666921902, "incumbent": 0.2949120358849226, "difference": 1.1385215308072676, "low": 0.8985840711636498, "high": 1.3313315698205292, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}', '2026-11-23 02:41:59.76553+00', 'ada');
INSERT INTO public.comparison VALUES (3, 8, 4, 'data.csv', '0000000000000000000000000000000000000000000000000000000000000000', 'auc', true, '{"candidate": 0.8, "incumbent": 0.7, "difference": 0.02, "low": 0.01, "high": 0.03, "confidence": 0.95, "resamples": 1000, "seed": 0, "rows": 10}', '2026-11-23 02:42:10.704395+00', 'ada');
INSERT INTO public.confirmation VALUES (2, 3, '2026-11-23 02:41:53.892489+00', 'ada');
INSERT INTO public.confirmation VALUES (7, 12, '2026-11-23 02:42:11.159031+00', 'ada');
INSERT INTO public.dataset VALUES (1, 'data/old.csv');
INSERT INTO public.dataset VALUES (2, 'data/new.csv');
INSERT INTO public.dataset_profile VALUES (2, '', 'ada', '', '', NULL);
INSERT INTO public.dataset_shape VALUES (1, 1, 'csv', 60, '[{"name": "x", "type": "number"}, {"name": "y", "type": "number"}]', '', '');
INSERT INTO public.dataset_shape VALUES (2, 1, 'csv', 60, '[{"name": "x", "type": "number"}, {"name": "y", "type": "number"}]', '', '');
INSERT INTO public.dataset_use VALUES (1, 1, 'train');
INSERT INTO public.dataset_use VALUES (1, 2, 'evaluate');
INSERT INTO public.dataset_use VALUES (2, 1, 'train');
INSERT INTO public.dataset_use VALUES (2, 2, 'evaluate');
INSERT INTO public.dataset_use VALUES (3, 1, 'train');
INSERT INTO public.dataset_use VALUES (3, 2, 'evaluate');
INSERT INTO public.dataset_use VALUES (4, 1, 'train');
INSERT INTO public.dataset_use VALUES (4, 2, 'evaluate');
INSERT INTO public.dataset_version VALUES (1, 1, 'e018195129362c1d657e163cd019ace2', 2295, 1);
INSERT INTO public.dataset_version VALUES (2, 2, '00299f0a188e622761a48a6890c96289', 2290, 1);
INSERT INTO public.deployment VALUES (2, '4c86f56c-db3d-4b22-8376-61b237f101ee', 1, 2, 'eu', 'API', '', '2026-11-23 02:42:15.73785+00', 'ada', NULL, NULL);
INSERT INTO public.deployment VALUES (1, '9f3fe9c7-45c3-4846-ab70-bfd9d533df28', 1, 1, 'eu', 'API', '', '2026-11-23 02:42:15.667827+00', 'ada', '2026-11-23 02:42:15.790972+00', 'ada');
INSERT INTO public.environment VALUES (1, '024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586', '3.11.7', 'linux-x86_64');
INSERT INTO public.environment VALUES (2, '95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af', '3.11', 'linux');
INSERT INTO public.environment VALUES (3, 'e5fdc7146b5dc4c9b68c145e75ae016b54eaa73f37d0eeefe459bf2e05f9a134', 'unknown', 'unknown');
INSERT INTO public.environment_package VALUES (1, 'dvc', '3.67.1');
INSERT INTO public.environment_package VALUES (1, 'numpy', '2.3.5');
INSERT INTO public.environment_package VALUES (1, 'registry-tasks', '0.1.0');
INSERT INTO public.environment_package VALUES (2, 'numpy', '2.0');
INSERT INTO public.event VALUES (1, '2026-11-23 02:41:40.728501+00', 'ada', 'model.created', 1, NULL, NULL, '', 'null', '{"name": "mower"}', NULL, NULL);
INSERT INTO public.event VALUES (2, '2026-11-23 02:41:40.728501+00', 'ada', 'run.started', 1, NULL, 1, '', 'null', '{"origin": {"project": "project", "repository": "9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8", "base_commit": "e5bb8190cb6bbe3d86077d560b8437e36af0f26d", "uncommitted": []}, "parameters": {}}', NULL, NULL);
INSERT INTO public.event VALUES (3, '2026-11-23 02:41:43.149492+00', 'ada', 'run.finished', 1, NULL, 1, '', 'null', '{"commit": "cb43c1a1aafc5d34fcd35e4d78cf6b52b49a87f3", "recipe": "4d5a8cf55829280c3ad964be6c568ab25488082003bcefde66afca1b76d4ce86"}', NULL, NULL);
INSERT INTO public.event VALUES (4, '2026-11-23 02:41:43.428039+00', 'ada', 'version.registered', 1, 1, 1, '', 'null', '{"number": 1, "semantic_version": "v1.0.0", "stage": "experiment", "commit": "cb43c1a1aafc5d34fcd35e4d78cf6b52b49a87f3", "sha256": "fe4e9b4a15acfd1f3f4d49a2829b10fdd0af43c4fbcfdd35de044f1f52d81935", "tags": {"crew": "north"}, "description": "the first one"}', NULL, NULL);
INSERT INTO public.event VALUES (5, '2026-11-23 02:41:43.649465+00', 'ada', 'version.promoted', 1, 1, NULL, '', '{"stage": "experiment", "environment": "default"}', '{"stage": "staging", "environment": "default"}', 'staging/default', 'experiment/default');
INSERT INTO public.event VALUES (6, '2026-11-23 02:41:43.867437+00', 'ada', 'version.promoted', 1, 1, NULL, '', '{"stage": "staging", "environment": "default"}', '{"stage": "production", "environment": "default"}', 'production/default', 'staging/default');
INSERT INTO public.event VALUES (7, '2026-11-23 02:41:43.867437+00', 'ada', 'alias.moved', 1, 1, NULL, 'follows production', '{"alias": "champion", "version": null}', '{"alias": "champion", "version": 1}', '@champion', NULL);
INSERT INTO public.event VALUES (8, '2026-11-23 02:41:44.454402+00', 'ada', 'run.started', 1, NULL, 2, '', 'null', '{"origin": {"project": "project", "repository": "9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8", "base_commit": "20a67a02c9d667e4aaed42a155bbe75f4f4f784d", "uncommitted": []}, "parameters": {}}', NULL, NULL);
INSERT INTO public.event VALUES (9, '2026-11-23 02:41:48.195489+00', 'ada', 'run.finished', 1, NULL, 2, '', 'null', '{"commit": "9bb14b7b582d16777d10cae0efebe23fed7a286d", "recipe": "d746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577"}', NULL, NULL);
INSERT INTO public.event VALUES (10, '2026-11-23 02:41:48.496618+00', 'ada', 'version.registered', 1, 2, 2, '', 'null', '{"number": 2, "semantic_version": "v1.1.0", "stage": "experiment", "commit": "9bb14b7b582d16777d10cae0efebe23fed7a286d", "sha256": "b9f6617bf21326d7b1d4ffca3b2d6ab852adeaef3ecd74714ab81eb5c8b5a004", "tags": {"crew": "north", "season": "spring"}, "description": ""}', NULL, NULL);
INSERT INTO public.event VALUES (11, '2026-11-23 02:41:49.793367+00', 'ada', 'run.compared', 1, NULL, 2, '', 'null', '{"run": "979d80be-46ff-4e46-aad8-df06e0688ac1", "incumbent": "mower@1", "incumbent_uuid": "9fa7c46e-05b1-429f-befd-906fdde976ba", "holdout": "data/new.csv", "holdout_sha256": "e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327", "metric": "rmse", "higher_is_better": false, "bootstrap": {"candidate": 0.2949120358849226, "incumbent": 0.40599727668903557, "difference": -0.11108524080411297, "low": -0.16605318310256426, "high": -0.045120836366928235, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}, "at": "2026-11-23T02:41:49.773772Z", "by": "ada"}', NULL, NULL);
INSERT INTO public.event VALUES (12, '2026-11-23 02:41:50.031422+00', 'ada', 'version.promoted', 1, 2, NULL, '', '{"stage": "experiment", "environment": "default"}', '{"stage": "staging", "environment": "default"}', 'staging/default', 'experiment/default');
INSERT INTO public.event VALUES (13, '2026-11-23 02:41:50.379084+00', 'ada', 'version.displaced', 1, 1, NULL, 'displaced by mower@2', '{"stage": "production", "environment": "default"}', '{"stage": "experiment", "environment": "default"}', 'experiment/default', 'production/default');
INSERT INTO public.event VALUES (14, '2026-11-23 02:41:50.379084+00', 'ada', 'version.promoted', 1, 2, NULL, '', '{"stage": "staging", "environment": "default"}', '{"stage": "production", "environment": "default"}', 'production/default', 'staging/default');
INSERT INTO public.event VALUES (15, '2026-11-23 02:41:50.379084+00', 'ada', 'alias.moved', 1, 2, NULL, 'follows production', '{"alias": "champion", "version": 1}', '{"alias": "champion", "version": 2}', '@champion', NULL);
INSERT INTO public.event VALUES (16, '2026-11-23 02:41:50.714824+00', 'ada', 'run.started', 1, NULL, 3, '', 'null', '{"origin": {"project": "project", "repository": "9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8", "base_commit": "20a67a02c9d667e4aaed42a155bbe75f4f4f784d", "uncommitted": []}, "parameters": {}}', NULL, NULL);
INSERT INTO public.event VALUES (17, '2026-11-23 02:41:53.67421+00', 'ada', 'run.finished', 1, NULL, 3, '', 'null', '{"commit": "d8f78aaee9ccefbbba5970028e49e73c32aa44da", "recipe": "d746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577"}', NULL, NULL);
INSERT INTO public.event VALUES (18, '2026-11-23 02:41:53.892489+00', 'ada', 'version.confirmed', 1, 2, 3, '', 'null', '{"confirmed_at": "2026-11-23T02:41:53.892489+00:00"}', NULL, NULL);
INSERT INTO public.event VALUES (19, '2026-11-23 02:41:54.172725+00', 'ada', 'run.started', 1, NULL, 4, '', 'null', '{"origin": {"project": "project", "repository": "9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8", "base_commit": "20a67a02c9d667e4aaed42a155bbe75f4f4f784d", "uncommitted": []}, "parameters": {"mower.slope": -3.0}}', NULL, NULL);
INSERT INTO public.event VALUES (20, '2026-11-23 02:41:57.582949+00', 'ada', 'run.finished', 1, NULL, 4, '', 'null', '{"commit": "cde21891d64cf872fd7f155c1bdc44a67489028e", "recipe": "76922c2cf8c3edd92150db0e96db7908290d1a9e8bfd2e1428b2aee6dffc522d"}', NULL, NULL);
INSERT INTO public.event VALUES (21, '2026-11-23 02:41:58.279348+00', 'ada', 'version.registered', 1, 3, 4, '', 'null', '{"number": 3, "semantic_version": "v1.2.0", "stage": "experiment", "commit": "cde21891d64cf872fd7f155c1bdc44a67489028e", "sha256": "5b602f24a67cf12da0431dad441c16049601945205086f36d97f31928a064911", "tags": {}, "description": ""}', NULL, NULL);
INSERT INTO public.event VALUES (22, '2026-11-23 02:41:59.831129+00', 'ada', 'run.compared', 1, NULL, 4, '', 'null', '{"run": "5050940c-a78d-4da2-b21b-0e44d3a91e7b", "incumbent": "mower@2", "incumbent_uuid": "9e0c5afc-4a68-4120-9a48-40b6ea03e481", "holdout": "data/new.csv", "holdout_sha256": "e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327", "metric": "rmse", "higher_is_better": false, "bootstrap": {"candidate": 1.4334335666921902, "incumbent": 0.2949120358849226, "difference": 1.1385215308072676, "low": 0.8985840711636498, "high": 1.3313315698205292, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}, "at": "2026-11-23T02:41:59.765530Z", "by": "ada"}', NULL, NULL);
INSERT INTO public.event VALUES (23, '2026-11-23 02:41:59.952575+00', 'ada', 'version.promoted', 1, 3, NULL, '', '{"stage": "experiment", "environment": "default"}', '{"stage": "staging", "environment": "default"}', 'staging/default', 'experiment/default');
INSERT INTO public.event VALUES (24, '2026-11-23 02:42:00.103407+00', 'ada', 'version.refused', 1, 3, NULL, 'hope', '{"stage": "staging", "environment": "default"}', '{"stage": "staging", "environment": "default", "refused": "production", "gates": [{"gate": "better-than-production", "outcome": "failed", "measured": "-1.33133 to -0.89858", "bound": "lower end of the improvement > 0", "reason": "rmse 1.43343 against 0.29491 of mower@2 on data/new.csv: improvement -1.33133 to -0.89858 (95 %, 100 resamples of 60 rows)"}]}', NULL, NULL);
INSERT INTO public.event VALUES (25, '2026-11-23 02:42:05.811199+00', 'ada', 'version.reproduced', 1, 2, NULL, '', 'null', '{"verdict": "identical", "first_different_stage": null, "differences": [], "outputs": 6, "duration_s": 4.856984099998954}', NULL, NULL);
INSERT INTO public.event VALUES (26, '2026-11-23 02:42:05.811199+00', 'ada', 'version.regraded', 1, 2, NULL, '', '{"grade": "C", "reasons": ["its commit was seen on no Git remote; push the branch, then run `registry sync`", "no rebuild has given the same bytes; run `registry reproduce`"]}', '{"grade": "B", "reasons": ["its commit was seen on no Git remote; push the branch, then run `registry sync`"], "pushed_to": null}', NULL, NULL);
INSERT INTO public.event VALUES (27, '2026-11-23 02:42:06.213786+00', 'ada', 'version.described', 1, 2, NULL, '', '{"description": ""}', '{"description": "a first text"}', NULL, NULL);
INSERT INTO public.event VALUES (28, '2026-11-23 02:42:06.40397+00', 'ada', 'version.described', 1, 2, NULL, '', '{"description": "a first text"}', '{"description": "zwei M\u00e4her, \u4e8c"}', NULL, NULL);
INSERT INTO public.event VALUES (29, '2026-11-23 02:42:06.692458+00', 'ada', 'model.created', 2, NULL, NULL, '', 'null', '{"name": "trimmer"}', NULL, NULL);
INSERT INTO public.event VALUES (67, '2026-11-23 02:42:15.435338+00', 'ada', 'version.noted', 1, 2, NULL, '', 'null', '{"text": "looks good"}', NULL, NULL);
INSERT INTO public.event VALUES (68, '2026-11-23 02:42:15.554781+00', 'ada', 'model.described', 1, NULL, NULL, '', '{"purpose": "", "team": ""}', '{"purpose": "to mow", "team": "north"}', NULL, NULL);
INSERT INTO public.event VALUES (30, '2026-11-23 02:42:07.199367+00', 'ada', 'version.registered', 2, 4, 5, '', 'null', '{"number": 1, "semantic_version": "v1.0.0", "stage": "experiment", "commit": "337283d59908f7e8cab69c5b784d5f16559a4d5d", "sha256": "cd36b49d7b2a8b5e4e13663cb54c5e1338c17b7d3af1c506fb3842bd08291822", "tags": {}, "description": ""}', NULL, NULL);
INSERT INTO public.event VALUES (31, '2026-11-23 02:42:07.81935+00', 'ada', 'version.registered', 2, 5, 6, '', 'null', '{"number": 2, "semantic_version": "v1.1.0", "stage": "experiment", "commit": "6a59f0c93ea4b0d287e63b6030e3d9e8e6427b9c", "sha256": "97e2521720cb4b3821c7ed9df7dbca7a63e04b42ba05ffe3e15dc992f227ae36", "tags": {}, "description": ""}', NULL, NULL);
INSERT INTO public.event VALUES (32, '2026-11-23 02:42:08.379368+00', 'ada', 'version.registered', 2, 6, 7, '', 'null', '{"number": 3, "semantic_version": "v1.2.0", "stage": "experiment", "commit": "93e1af21eb1a73bbac0c0aae176af3a092836bd7", "sha256": "a63f0dfe98cc2a03a21873a3ab0d209eae44045e3810b79a104d42783e2ca194", "tags": {}, "description": ""}', NULL, NULL);
INSERT INTO public.event VALUES (33, '2026-11-23 02:42:08.79412+00', 'ada', 'version.registered', 2, 7, 8, '', 'null', '{"number": 4, "semantic_version": "v1.3.0", "stage": "experiment", "commit": "ebdefd6de3c7db557df06b3b4b0329259c2deda5", "sha256": "47b98be17c1c80f2a85cd3013c745ec8379b9b591b103c675169996da479f7dd", "tags": {}, "description": ""}', NULL, NULL);
INSERT INTO public.event VALUES (34, '2026-11-23 02:42:09.175838+00', 'ada', 'version.promoted', 2, 4, NULL, '', '{"stage": "experiment", "environment": "default"}', '{"stage": "staging", "environment": "default"}', 'staging/default', 'experiment/default');
INSERT INTO public.event VALUES (35, '2026-11-23 02:42:09.317457+00', 'ada', 'version.promoted', 2, 4, NULL, '', '{"stage": "staging", "environment": "default"}', '{"stage": "production", "environment": "default"}', 'production/default', 'staging/default');
INSERT INTO public.event VALUES (36, '2026-11-23 02:42:09.317457+00', 'ada', 'alias.moved', 2, 4, NULL, 'follows production', '{"alias": "champion", "version": null}', '{"alias": "champion", "version": 1}', '@champion', NULL);
INSERT INTO public.event VALUES (37, '2026-11-23 02:42:09.467857+00', 'ada', 'version.promoted', 2, 5, NULL, '', '{"stage": "experiment", "environment": "default"}', '{"stage": "staging", "environment": "default"}', 'staging/default', 'experiment/default');
INSERT INTO public.event VALUES (38, '2026-11-23 02:42:09.666482+00', 'ada', 'version.displaced', 2, 4, NULL, 'displaced by trimmer@2', '{"stage": "production", "environment": "default"}', '{"stage": "experiment", "environment": "default"}', 'experiment/default', 'production/default');
INSERT INTO public.event VALUES (39, '2026-11-23 02:42:09.666482+00', 'ada', 'version.promoted', 2, 5, NULL, '', '{"stage": "staging", "environment": "default"}', '{"stage": "production", "environment": "default"}', 'production/default', 'staging/default');
INSERT INTO public.event VALUES (40, '2026-11-23 02:42:09.666482+00', 'ada', 'alias.moved', 2, 5, NULL, 'follows production', '{"alias": "champion", "version": 1}', '{"alias": "champion", "version": 2}', '@champion', NULL);
INSERT INTO public.event VALUES (41, '2026-11-23 02:42:09.887056+00', 'ada', 'version.displaced', 2, 5, NULL, 'rolled back to trimmer@1', '{"stage": "production", "environment": "default"}', '{"stage": "experiment", "environment": "default"}', 'experiment/default', 'production/default');
INSERT INTO public.event VALUES (42, '2026-11-23 02:42:09.887056+00', 'ada', 'version.rolled_back', 2, 4, NULL, 'two was loud', '{"stage": "experiment", "environment": "default"}', '{"stage": "production", "environment": "default"}', 'production/default', 'experiment/default');
INSERT INTO public.event VALUES (43, '2026-11-23 02:42:09.887056+00', 'ada', 'alias.moved', 2, 4, NULL, 'follows production', '{"alias": "champion", "version": 2}', '{"alias": "champion", "version": 1}', '@champion', NULL);
INSERT INTO public.event VALUES (44, '2026-11-23 02:42:10.043723+00', 'ada', 'version.promoted', 2, 5, NULL, '', '{"stage": "experiment", "environment": "eu"}', '{"stage": "staging", "environment": "eu"}', 'staging/eu', 'experiment/eu');
INSERT INTO public.event VALUES (45, '2026-11-23 02:42:10.165039+00', 'ada', 'version.archived', 2, 6, NULL, 'old', '{"stage": "experiment", "environment": "default"}', '{"stage": "archived", "environment": "default"}', 'archived/default', 'experiment/default');
INSERT INTO public.event VALUES (46, '2026-11-23 02:42:10.266731+00', 'ada', 'version.restored', 2, 6, NULL, 'not so old', '{"stage": "archived", "environment": "default"}', '{"stage": "experiment", "environment": "default"}', 'experiment/default', 'archived/default');
INSERT INTO public.event VALUES (47, '2026-11-23 02:42:10.341718+00', 'ada', 'version.archived', 2, 6, NULL, '', '{"stage": "experiment", "environment": "default"}', '{"stage": "archived", "environment": "default"}', 'archived/default', 'experiment/default');
INSERT INTO public.event VALUES (48, '2026-11-23 02:42:10.444733+00', 'ada', 'alias.moved', 2, 4, NULL, '', '{"alias": "challenger", "version": null}', '{"alias": "challenger", "version": 1}', '@challenger', NULL);
INSERT INTO public.event VALUES (49, '2026-11-23 02:42:10.508426+00', 'ada', 'alias.moved', 2, 5, NULL, '', '{"alias": "challenger", "version": 1}', '{"alias": "challenger", "version": 2}', '@challenger', NULL);
INSERT INTO public.event VALUES (50, '2026-11-23 02:42:10.578626+00', 'ada', 'alias.moved', 2, 7, NULL, '', '{"alias": "trial", "version": null}', '{"alias": "trial", "version": 4}', '@trial', NULL);
INSERT INTO public.event VALUES (51, '2026-11-23 02:42:10.642074+00', 'ada', 'alias.removed', 2, 7, NULL, 'tried', '{"alias": "trial", "version": 4}', 'null', NULL, '@trial');
INSERT INTO public.event VALUES (52, '2026-11-23 02:42:10.704395+00', 'ada', 'run.compared', 2, NULL, 8, '', 'null', '{"run": "fc1092f1-c39f-476f-a3a4-cd49786c1371", "incumbent": "trimmer@1", "incumbent_uuid": "42948520-fb0e-4243-b67a-c379ef5e64f4", "holdout": "data.csv", "holdout_sha256": "0000000000000000000000000000000000000000000000000000000000000000", "metric": "auc", "higher_is_better": true, "bootstrap": {"candidate": 0.8, "incumbent": 0.7, "difference": 0.02, "low": 0.01, "high": 0.03, "confidence": 0.95, "resamples": 1000, "seed": 0, "rows": 10}, "at": "2026-11-23T02:42:10.704395Z", "by": "ada"}', NULL, NULL);
INSERT INTO public.event VALUES (53, '2026-11-23 02:42:10.749251+00', 'ada', 'version.reproduced', 2, 7, NULL, '', 'null', '{"verdict": "equivalent", "first_different_stage": null, "differences": [], "outputs": 1, "duration_s": 0.30000000000000004}', NULL, NULL);
INSERT INTO public.event VALUES (54, '2026-11-23 02:42:10.794328+00', 'ada', 'run.failed', 2, NULL, 9, '', 'null', '{"failure": "StageFailed: no petrol"}', NULL, NULL);
INSERT INTO public.event VALUES (55, '2026-11-23 02:42:11.159031+00', 'ada', 'version.confirmed', 2, 7, 12, '', 'null', '{"confirmed_at": "2026-11-23T02:42:11.159031+00:00"}', NULL, NULL);
INSERT INTO public.event VALUES (56, '2026-11-23 02:42:11.26467+00', 'ada', 'model.created', 3, NULL, NULL, '', 'null', '{"name": "edger"}', NULL, NULL);
INSERT INTO public.event VALUES (57, '2026-11-23 02:42:11.26467+00', 'ada', 'version.registered', 3, 8, 13, '', 'null', '{"number": 1, "semantic_version": "v1.0.0", "stage": "experiment", "commit": null, "sha256": "381adba472d686d3e056b6bb4a7e78117e87ed7d4386799c4d3533734641e670", "tags": {"from": "a drawer"}, "description": "found"}', NULL, NULL);
INSERT INTO public.event VALUES (58, '2026-11-23 02:42:11.429698+00', 'ada', 'version.registered', 3, 9, 14, '', 'null', '{"number": 2, "semantic_version": "v1.0.1", "stage": "experiment", "commit": null, "sha256": "043738d0d525537e6321b9509e244ceb99cccec77a93e5ac93b0960baefb0a8a", "tags": {"from": "a drawer"}, "description": "found"}', NULL, NULL);
INSERT INTO public.event VALUES (59, '2026-11-23 02:42:11.660936+00', 'ada', 'version.registered', 3, 10, 15, '', 'null', '{"number": 3, "semantic_version": "v1.1.0", "stage": "experiment", "commit": null, "sha256": "708d1bfb98560065deec58b98a0d0f0f018aab786b9c18f0cd742ac96eb854b0", "tags": {}, "description": ""}', NULL, NULL);
INSERT INTO public.event VALUES (60, '2026-11-23 02:42:11.803896+00', 'ada', 'version.deleted', 3, 10, NULL, 'not ours', '{"stages": {"default": "experiment"}, "deleted": false}', '{"stages": {"default": "experiment"}, "deleted": true}', NULL, NULL);
INSERT INTO public.event VALUES (61, '2026-11-23 02:42:11.921782+00', 'ada', 'version.held', 1, 1, NULL, 'asked for', '{"held": false}', '{"held": true}', NULL, NULL);
INSERT INTO public.event VALUES (62, '2026-11-23 02:42:12.007189+00', 'ada', 'version.held', 1, 2, NULL, 'asked for', '{"held": false}', '{"held": true}', NULL, NULL);
INSERT INTO public.event VALUES (63, '2026-11-23 02:42:12.083364+00', 'ada', 'version.released', 1, 1, NULL, 'no more', '{"held": true}', '{"held": false}', NULL, NULL);
INSERT INTO public.event VALUES (64, '2026-11-23 02:42:15.151348+00', 'ada', 'schema.put', 1, NULL, NULL, '', '{"schema": null}', '{"schema": {"type": "object"}, "differing": 0}', NULL, NULL);
INSERT INTO public.event VALUES (65, '2026-11-23 02:42:15.238928+00', 'ada', 'model.noted', 1, NULL, NULL, '', 'null', '{"text": "looks good"}', NULL, NULL);
INSERT INTO public.event VALUES (66, '2026-11-23 02:42:15.351259+00', 'ada', 'model.tagged', 1, NULL, NULL, '', '{"tags": {}}', '{"tags": {"crew": "north"}}', NULL, NULL);
INSERT INTO public.event VALUES (69, '2026-11-23 02:42:15.628462+00', 'ada', 'dataset.described', NULL, NULL, 4, '', '{"dataset": "data/new.csv", "owner": ""}', '{"dataset": "data/new.csv", "owner": "ada"}', NULL, NULL);
INSERT INTO public.event VALUES (70, '2026-11-23 02:42:15.667827+00', 'ada', 'deployment.started', 1, 1, NULL, '', 'null', '{"uuid": "9f3fe9c7-45c3-4846-ab70-bfd9d533df28", "environment": "eu", "place": "API", "until": null}', NULL, NULL);
INSERT INTO public.event VALUES (71, '2026-11-23 02:42:15.73785+00', 'ada', 'deployment.started', 1, 2, NULL, '', 'null', '{"uuid": "4c86f56c-db3d-4b22-8376-61b237f101ee", "environment": "eu", "place": "API", "until": null}', NULL, NULL);
INSERT INTO public.event VALUES (72, '2026-11-23 02:42:15.790972+00', 'ada', 'deployment.ended', 1, 1, NULL, '', '{"uuid": "9f3fe9c7-45c3-4846-ab70-bfd9d533df28", "environment": "eu", "place": "API", "until": null}', '{"uuid": "9f3fe9c7-45c3-4846-ab70-bfd9d533df28", "environment": "eu", "place": "API", "until": "2026-11-23T02:42:15.790972Z"}', NULL, NULL);
INSERT INTO public.event VALUES (73, '2026-11-23 02:42:15.839861+00', 'bob', 'version.archived', 2, 7, NULL, 'from the road', '{"stage": "experiment", "environment": "default"}', '{"stage": "archived", "environment": "default"}', 'archived/default', 'experiment/default');
INSERT INTO public.experiment VALUES (1, 'default');
INSERT INTO public.experiment VALUES (2, 'files');
INSERT INTO public.hold VALUES (2, 'asked for', '2026-11-23 02:42:12.007189+00', 'ada');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/old.csv@e018195129362c1d657e163cd019ace2', 'run', '84ade82a-6e0a-47a7-8108-ed4efceae6eb', 'train');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/new.csv@00299f0a188e622761a48a6890c96289', 'run', '84ade82a-6e0a-47a7-8108-ed4efceae6eb', 'evaluate');
INSERT INTO public.lineage_edge VALUES ('run', '84ade82a-6e0a-47a7-8108-ed4efceae6eb', 'version', 'mower@1', '');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/old.csv@e018195129362c1d657e163cd019ace2', 'run', '979d80be-46ff-4e46-aad8-df06e0688ac1', 'train');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/new.csv@00299f0a188e622761a48a6890c96289', 'run', '979d80be-46ff-4e46-aad8-df06e0688ac1', 'evaluate');
INSERT INTO public.lineage_edge VALUES ('run', '979d80be-46ff-4e46-aad8-df06e0688ac1', 'version', 'mower@2', '');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/old.csv@e018195129362c1d657e163cd019ace2', 'run', 'be602cf7-0809-4b49-a113-0263047f8c2f', 'train');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/new.csv@00299f0a188e622761a48a6890c96289', 'run', 'be602cf7-0809-4b49-a113-0263047f8c2f', 'evaluate');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/old.csv@e018195129362c1d657e163cd019ace2', 'run', '5050940c-a78d-4da2-b21b-0e44d3a91e7b', 'train');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/new.csv@00299f0a188e622761a48a6890c96289', 'run', '5050940c-a78d-4da2-b21b-0e44d3a91e7b', 'evaluate');
INSERT INTO public.lineage_edge VALUES ('run', '5050940c-a78d-4da2-b21b-0e44d3a91e7b', 'version', 'mower@3', '');
INSERT INTO public.lineage_edge VALUES ('run', '0b931792-fa8f-417d-89ec-7124c0e94fca', 'version', 'trimmer@1', '');
INSERT INTO public.lineage_edge VALUES ('run', 'bb4f7cd6-fc56-45ec-a75e-87a53b688005', 'version', 'trimmer@2', '');
INSERT INTO public.lineage_edge VALUES ('run', 'e6d0fb64-ded1-4dde-8834-95dfb9d94041', 'version', 'trimmer@3', '');
INSERT INTO public.lineage_edge VALUES ('run', 'fc1092f1-c39f-476f-a3a4-cd49786c1371', 'version', 'trimmer@4', '');
INSERT INTO public.lineage_edge VALUES ('run', 'b11800de-a202-434a-ae1e-cb40e0563107', 'version', 'edger@1', '');
INSERT INTO public.lineage_edge VALUES ('run', 'f9244ce8-c630-4875-bd11-3e6b0bd7d796', 'version', 'edger@2', '');
INSERT INTO public.lineage_edge VALUES ('run', 'b61d638b-c1f2-41e0-9eba-bc9896f0ccb1', 'version', 'edger@3', '');
INSERT INTO public.metric VALUES (1, 'rmse', 0.40599727668903557);
INSERT INTO public.metric VALUES (1, 'rows', 60);
INSERT INTO public.metric VALUES (2, 'rmse', 0.29491203588492265);
INSERT INTO public.metric VALUES (2, 'rows', 60);
INSERT INTO public.metric VALUES (3, 'rmse', 0.29491203588492265);
INSERT INTO public.metric VALUES (3, 'rows', 60);
INSERT INTO public.metric VALUES (4, 'rmse', 1.4334335666921902);
INSERT INTO public.metric VALUES (4, 'rows', 60);
INSERT INTO public.metric VALUES (5, 'rmse', 0.1);
INSERT INTO public.metric VALUES (6, 'rmse', 0.2);
INSERT INTO public.metric VALUES (7, 'rmse', 0.3);
INSERT INTO public.metric VALUES (8, 'rmse', 0.4);
INSERT INTO public.metric VALUES (11, 'auc', 0.7);
INSERT INTO public.metric VALUES (12, 'auc', 0.7);
INSERT INTO public.metric VALUES (13, 'rmse', 1e-300);
INSERT INTO public.metric VALUES (14, 'rmse', 1e-300);
INSERT INTO public.metric_point VALUES (1, 'loss', 0, 1);
INSERT INTO public.metric_point VALUES (1, 'loss', 1, 0.5);
INSERT INTO public.metric_point VALUES (2, 'loss', 0, 1);
INSERT INTO public.metric_point VALUES (2, 'loss', 1, 0.5);
INSERT INTO public.metric_point VALUES (3, 'loss', 0, 1);
INSERT INTO public.metric_point VALUES (3, 'loss', 1, 0.5);
INSERT INTO public.metric_point VALUES (4, 'loss', 0, 1);
INSERT INTO public.metric_point VALUES (4, 'loss', 1, 0.5);
INSERT INTO public.model VALUES (3, 'edger', 'ada', '', '2026-11-23 02:42:11.26467+00', NULL, '', '', '[]', '[]', '{}');
INSERT INTO public.model VALUES (1, 'mower', 'ada', '', '2026-11-23 02:41:40.728501+00', '2026-11-23 02:41:59+00', 'to mow', 'north', '[]', '[]', '{}');
INSERT INTO public.model VALUES (2, 'trimmer', 'ada', '', '2026-11-23 02:42:06.692458+00', '2026-11-23 02:42:24+00', '', '', '[]', '[]', '{}');
INSERT INTO public.model_schema VALUES (1, '{"type": "object"}');
INSERT INTO public.model_tag VALUES (1, 'crew', 'north');
INSERT INTO public.note VALUES (1, 1, NULL, 'looks good', '2026-11-23 02:42:15.238928+00', 'ada');
INSERT INTO public.note VALUES (2, 1, 2, 'looks good', '2026-11-23 02:42:15.435338+00', 'ada');
INSERT INTO public.outbox VALUES (29, '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '{"name": "trimmer#archived#73", "commit": "ebdefd6de3c7db557df06b3b4b0329259c2deda5", "message": "trimmer@4 enters archived", "author": "bob", "at": "2026-11-23T02:42:24Z"}');
INSERT INTO public.parameter VALUES (1, 'data.seed', '1', 1, NULL);
INSERT INTO public.parameter VALUES (1, 'mower.slope', '1.0', 1, NULL);
INSERT INTO public.parameter VALUES (2, 'data.seed', '1', 1, NULL);
INSERT INTO public.parameter VALUES (2, 'mower.slope', '2.0', 2, NULL);
INSERT INTO public.parameter VALUES (3, 'data.seed', '1', 1, NULL);
INSERT INTO public.parameter VALUES (3, 'mower.slope', '2.0', 2, NULL);
INSERT INTO public.parameter VALUES (4, 'data.seed', '1', 1, NULL);
INSERT INTO public.parameter VALUES (4, 'mower.slope', '-3.0', -3, NULL);
INSERT INTO public.parameter VALUES (5, 'trees', '1', 1, NULL);
INSERT INTO public.parameter VALUES (6, 'trees', '2', 2, NULL);
INSERT INTO public.parameter VALUES (7, 'trees', '3', 3, NULL);
INSERT INTO public.parameter VALUES (8, 'trees', '4', 4, NULL);
INSERT INTO public.parameter VALUES (11, 'trees', '3', 3, NULL);
INSERT INTO public.parameter VALUES (12, 'trees', '4', 4, NULL);
INSERT INTO public.parameter VALUES (13, 'teeth', '7', 7, NULL);
INSERT INTO public.parameter VALUES (13, 'shape', '{"round": true, "ratio": 0.1}', NULL, '{"ratio": 0.1, "round": true}');
INSERT INTO public.parameter VALUES (14, 'teeth', '7', 7, NULL);
INSERT INTO public.parameter VALUES (14, 'shape', '{"round": true, "ratio": 0.1}', NULL, '{"ratio": 0.1, "round": true}');
INSERT INTO public.promotion_attempt VALUES (1, 1, 'experiment', 'staging', 'default', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "e5bb8190cb6bbe3d86077d560b8437e36af0f26d"}', '[{"gate": "metric rmse", "outcome": "passed", "measured": "0.405997", "bound": "<= 10", "reason": "rmse is 0.405997"}]', '2026-11-23 02:41:43.649465+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (2, 1, 'staging', 'production', 'default', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "e5bb8190cb6bbe3d86077d560b8437e36af0f26d"}', '[{"gate": "better-than-production", "outcome": "passed", "measured": "no incumbent", "bound": "lower end of the improvement > 0", "reason": "nobody is in production yet"}]', '2026-11-23 02:41:43.867437+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (3, 2, 'experiment', 'staging', 'default', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "20a67a02c9d667e4aaed42a155bbe75f4f4f784d"}', '[{"gate": "metric rmse", "outcome": "passed", "measured": "0.294912", "bound": "<= 10", "reason": "rmse is 0.294912"}]', '2026-11-23 02:41:50.031422+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (4, 2, 'staging', 'production', 'default', 1, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "20a67a02c9d667e4aaed42a155bbe75f4f4f784d"}', '[{"gate": "better-than-production", "outcome": "passed", "measured": "+0.04512 to +0.16605", "bound": "lower end of the improvement > 0", "reason": "rmse 0.29491 against 0.40600 of mower@1 on data/new.csv: improvement +0.04512 to +0.16605 (95 %, 100 resamples of 60 rows)"}]', '2026-11-23 02:41:50.379084+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (5, 3, 'experiment', 'staging', 'default', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "20a67a02c9d667e4aaed42a155bbe75f4f4f784d"}', '[{"gate": "metric rmse", "outcome": "passed", "measured": "1.43343", "bound": "<= 10", "reason": "rmse is 1.43343"}]', '2026-11-23 02:41:59.952575+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (6, 3, 'staging', 'production', 'default', 2, false, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "20a67a02c9d667e4aaed42a155bbe75f4f4f784d"}', '[{"gate": "better-than-production", "outcome": "failed", "measured": "-1.33133 to -0.89858", "bound": "lower end of the improvement > 0", "reason": "rmse 1.43343 against 0.29491 of mower@2 on data/new.csv: improvement -1.33133 to -0.89858 (95 %, 100 resamples of 60 rows)"}]', '2026-11-23 02:42:00.103407+00', 'ada', 'hope');
INSERT INTO public.promotion_attempt VALUES (7, 4, 'experiment', 'staging', 'default', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "959e6faf05513f531f70e7b6c5778602ddc29c8b"}', '[]', '2026-11-23 02:42:09.175838+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (8, 4, 'staging', 'production', 'default', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "959e6faf05513f531f70e7b6c5778602ddc29c8b"}', '[{"gate": "metric rmse", "outcome": "passed", "measured": "0.1", "bound": "<= 10", "reason": "rmse is 0.1"}]', '2026-11-23 02:42:09.317457+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (9, 5, 'experiment', 'staging', 'default', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "959e6faf05513f531f70e7b6c5778602ddc29c8b"}', '[]', '2026-11-23 02:42:09.467857+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (10, 5, 'staging', 'production', 'default', 4, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "959e6faf05513f531f70e7b6c5778602ddc29c8b"}', '[{"gate": "metric rmse", "outcome": "passed", "measured": "0.2", "bound": "<= 10", "reason": "rmse is 0.2"}]', '2026-11-23 02:42:09.666482+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (11, 5, 'experiment', 'staging', 'eu', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "959e6faf05513f531f70e7b6c5778602ddc29c8b"}', '[]', '2026-11-23 02:42:10.043723+00', 'ada', '');
INSERT INTO public.reproduction VALUES (1, 2, 'identical', NULL, '[]', 6, 4.856984099998954, '2026-11-23 02:42:05.811235+00', 'ada');
INSERT INTO public.reproduction VALUES (2, 7, 'equivalent', NULL, '[]', 1, 0.30000000000000004, '2026-11-23 02:42:10.749251+00', 'ada');
INSERT INTO public.request VALUES ('once', 'RegisterFile', '1ba4f483e94945b3a907602fe328a1c21e19bd29c41ab5e8f6f8410c8fa2cdfc', '{"version":{"uuid":"2e84be05-1ac1-4758-b786-a90b2e8614e9","model":"edger","number":3,"semantic_version":"v1.1.0","stages":{"default":"experiment"},"aliases":[],"run":"b61d638b-c1f2-41e0-9eba-bc9896f0ccb1","commit":null,"model_path":"edger.bin","model_format":"file","sha256":"708d1bfb98560065deec58b98a0d0f0f018aab786b9c18f0cd742ac96eb854b0","md5":"96b0d145956f9afd17eea05645520906","size_bytes":7,"grade":"F","created_at":"2026-11-23T02:42:11.660936Z","created_by":"ada","deleted":false},"created":true,"attempted":[],"bump":"minor","reasons":["parameter: shape","parameter: teeth"]}', '2026-11-23 02:42:11.660936+00', 'ada');
INSERT INTO public.run VALUES (1, '84ade82a-6e0a-47a7-8108-ed4efceae6eb', 1, 1, 'finished', 'project', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', 'e5bb8190cb6bbe3d86077d560b8437e36af0f26d', '[]', NULL, '2026-11-23 02:41:40.728501+00', 'ada', '2026-11-23 02:41:43.149492+00', NULL, 'cb43c1a1aafc5d34fcd35e4d78cf6b52b49a87f3', '{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": 1.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}', '4d5a8cf55829280c3ad964be6c568ab25488082003bcefde66afca1b76d4ce86', 'aa4a286c90c38149df2e171808707c11e62fd4183b82fe4e666c98b0917bf95f', 1, '{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}', 'model/model.json', 'json', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 1.942255253001349, 0.856223, 86429696, '{"cpu": "a processor", "cores": 2, "memory_bytes": 25276518400, "gpus": []}', NULL, NULL, 0, '==> 01-raw@old <==
Stage ''raw@old'' is cached - skipping run, checking out outputs
==> 02-raw@new <==
Stage ''raw@new'' is cached - skipping run, checking out outputs
==> 03-train <==
Running stage ''train'':
> python train.py
trained with slope 1.0
==> 04-evaluate <==
Stage ''evaluate'' didn''t change, skipping
Use `dvc push` to send your updates to remote storage.
', '["curves/loss.tsv"]');
INSERT INTO public.run VALUES (2, '979d80be-46ff-4e46-aad8-df06e0688ac1', 1, 1, 'finished', 'project', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '20a67a02c9d667e4aaed42a155bbe75f4f4f784d', '[]', NULL, '2026-11-23 02:41:44.454402+00', 'ada', '2026-11-23 02:41:48.195489+00', NULL, '9bb14b7b582d16777d10cae0efebe23fed7a286d', '{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": 2.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}', 'd746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577', 'cfc97aa5a237ca13ad8fdb7cb11efa04d4b25bdc5d6ac287777895ebc8eb8376', 1, '{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}', 'model/model.json', 'json', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 3.3505585759994574, 0.9742689999999999, 88838144, '{"cpu": "a processor", "cores": 2, "memory_bytes": 25276518400, "gpus": []}', NULL, NULL, 0, '==> 01-raw@old <==
Stage ''raw@old'' is cached - skipping run, checking out outputs
==> 02-raw@new <==
Stage ''raw@new'' is cached - skipping run, checking out outputs
==> 03-train <==
Running stage ''train'':
> python train.py
trained with slope 2.0
Updating lock file ''dvc.lock''
==> 04-evaluate <==
Running stage ''evaluate'':
> python evaluate.py
Updating lock file ''dvc.lock''
To track the changes with git, run:
	git add dvc.lock
To enable auto staging, run:
	dvc config core.autostage true
Use `dvc push` to send your updates to remote storage.
', '["curves/loss.tsv"]');
INSERT INTO public.run VALUES (3, 'be602cf7-0809-4b49-a113-0263047f8c2f', 1, 1, 'finished', 'project', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '20a67a02c9d667e4aaed42a155bbe75f4f4f784d', '[]', NULL, '2026-11-23 02:41:50.714824+00', 'ada', '2026-11-23 02:41:53.67421+00', NULL, 'd8f78aaee9ccefbbba5970028e49e73c32aa44da', '{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": 2.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}', 'd746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577', 'cfc97aa5a237ca13ad8fdb7cb11efa04d4b25bdc5d6ac287777895ebc8eb8376', 1, '{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}', 'model/model.json', 'json', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 2.5421844920056174, 0.865906, 108564480, '{"cpu": "a processor", "cores": 2, "memory_bytes": 25276518400, "gpus": []}', NULL, NULL, 0, '==> 01-raw@old <==
Stage ''raw@old'' is cached - skipping run, checking out outputs
==> 02-raw@new <==
Stage ''raw@new'' is cached - skipping run, checking out outputs
==> 03-train <==
Running stage ''train'':
> python train.py
trained with slope 2.0
Updating lock file ''dvc.lock''
==> 04-evaluate <==
Stage ''evaluate'' is cached - skipping run, checking out outputs
Updating lock file ''dvc.lock''
To track the changes with git, run:
	git add dvc.lock
To enable auto staging, run:
	dvc config core.autostage true
Use `dvc push` to send your updates to remote storage.
', '["curves/loss.tsv"]');
INSERT INTO public.run VALUES (12, '5ff30031-bf62-4124-ba10-cd6e886bc0ed', 2, 1, 'finished', 'project', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '959e6faf05513f531f70e7b6c5778602ddc29c8b', '[]', NULL, '2026-11-23 02:42:11.072839+00', 'ada', '2026-11-23 02:42:11.12905+00', NULL, 'f04e633f125bb1625960e6c59c496432d1ecbe19', '{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 4}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}', '811b2e4c886396474a11b22f196e19b4d2803611401385b3320101bee3225c08', 'f80acf1b4098b003553838abf4196aa1d3c82ff16f9b91c15d59d2b02b77821d', 2, '{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}', 'model.bin', 'file', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 1, 1, 1, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.run VALUES (14, 'f9244ce8-c630-4875-bd11-3e6b0bd7d796', 3, 2, 'finished', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', NULL, '[]', NULL, '2026-11-23 02:42:11.429698+00', 'ada', '2026-11-23 02:42:11.429698+00', NULL, NULL, '{"code": {}, "commands": {}, "resolved": "", "parameters": {"teeth": 7, "shape": {"round": true, "ratio": 0.1}}, "data": {}, "environment": "e5fdc7146b5dc4c9b68c145e75ae016b54eaa73f37d0eeefe459bf2e05f9a134"}', 'a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808', '79bcd2aeadf86c4c39d7ce4a0630a8b03f7dab188f304a92d7d3b42761ac762b', 3, '{}', 'edger.bin', 'file', 'null', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.run VALUES (15, 'b61d638b-c1f2-41e0-9eba-bc9896f0ccb1', 3, 2, 'finished', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', NULL, '[]', NULL, '2026-11-23 02:42:11.660936+00', 'ada', '2026-11-23 02:42:11.660936+00', NULL, NULL, '{"code": {}, "commands": {}, "resolved": "", "parameters": {}, "data": {}, "environment": "e5fdc7146b5dc4c9b68c145e75ae016b54eaa73f37d0eeefe459bf2e05f9a134"}', 'ae6a3c55415b11586b61024ea23f2f6f14b5ab07239fd2cae77599c861f621b0', '8b5658a690bad6a054cada95b5159f92094f9872cd1b170b4399ac28ab121110', 3, '{}', 'edger.bin', 'file', 'null', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.run VALUES (4, '5050940c-a78d-4da2-b21b-0e44d3a91e7b', 1, 1, 'finished', 'project', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '20a67a02c9d667e4aaed42a155bbe75f4f4f784d', '[]', NULL, '2026-11-23 02:41:54.172725+00', 'ada', '2026-11-23 02:41:57.582949+00', NULL, 'cde21891d64cf872fd7f155c1bdc44a67489028e', '{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": -3.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}', '76922c2cf8c3edd92150db0e96db7908290d1a9e8bfd2e1428b2aee6dffc522d', '899861eea4f77d020f71046ad7e6c993ab3690a7a181332891e48c05eec9df4b', 1, '{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}', 'model/model.json', 'json', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 2.9195776269989437, 0.9685929999999999, 109744128, '{"cpu": "a processor", "cores": 2, "memory_bytes": 25276518400, "gpus": []}', NULL, NULL, 0, '==> 01-raw@old <==
Stage ''raw@old'' is cached - skipping run, checking out outputs
==> 02-raw@new <==
Stage ''raw@new'' is cached - skipping run, checking out outputs
==> 03-train <==
Running stage ''train'':
> python train.py
trained with slope -3.0
Updating lock file ''dvc.lock''
==> 04-evaluate <==
Running stage ''evaluate'':
> python evaluate.py
Updating lock file ''dvc.lock''
To track the changes with git, run:
	git add dvc.lock
To enable auto staging, run:
	dvc config core.autostage true
Use `dvc push` to send your updates to remote storage.
', '["curves/loss.tsv"]');
INSERT INTO public.run VALUES (5, '0b931792-fa8f-417d-89ec-7124c0e94fca', 2, 1, 'finished', 'project', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '20a67a02c9d667e4aaed42a155bbe75f4f4f784d', '[]', NULL, '2026-11-23 02:42:06.692458+00', 'ada', '2026-11-23 02:42:07.063396+00', NULL, '337283d59908f7e8cab69c5b784d5f16559a4d5d', '{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 1}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}', '49ec77b16731963390a5d6541973fe9ca7164dfa66ad779cc4f86bb4c2565e3b', '96d63e6fd5ca358acf48a1a9792d48dd0c2f476fa04af046c16f0164c14d3524', 2, '{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}', 'model.bin', 'file', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 1, 1, 1, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.run VALUES (6, 'bb4f7cd6-fc56-45ec-a75e-87a53b688005', 2, 1, 'finished', 'project', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '20a67a02c9d667e4aaed42a155bbe75f4f4f784d', '[]', NULL, '2026-11-23 02:42:07.561553+00', 'ada', '2026-11-23 02:42:07.725715+00', NULL, '6a59f0c93ea4b0d287e63b6030e3d9e8e6427b9c', '{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 2}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}', 'e59ae983d461a65a27561f698c6cedc572829b8557e53d5ec3cd09769b5e05ed', 'cda78dd8a13c5f35f89f388c4fa2d147b86bac81e1c2c4466683afe5261e3149', 2, '{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}', 'model.bin', 'file', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 1, 1, 1, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.run VALUES (7, 'e6d0fb64-ded1-4dde-8834-95dfb9d94041', 2, 1, 'finished', 'project', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '20a67a02c9d667e4aaed42a155bbe75f4f4f784d', '[]', NULL, '2026-11-23 02:42:08.28313+00', 'ada', '2026-11-23 02:42:08.349737+00', NULL, '93e1af21eb1a73bbac0c0aae176af3a092836bd7', '{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 3}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}', '43cdb6d9614b4cea985ece02e84fba90481036d3afefc1de968227b7438bd174', 'f6cfc11915a3c1b14e363be092c4cb3d50ed8c0ff72999212f128cd184818838', 2, '{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}', 'model.bin', 'file', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 1, 1, 1, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.run VALUES (8, 'fc1092f1-c39f-476f-a3a4-cd49786c1371', 2, 1, 'finished', 'project', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '20a67a02c9d667e4aaed42a155bbe75f4f4f784d', '[]', NULL, '2026-11-23 02:42:08.541111+00', 'ada', '2026-11-23 02:42:08.717089+00', NULL, 'ebdefd6de3c7db557df06b3b4b0329259c2deda5', '{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 4}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}', '811b2e4c886396474a11b22f196e19b4d2803611401385b3320101bee3225c08', 'f80acf1b4098b003553838abf4196aa1d3c82ff16f9b91c15d59d2b02b77821d', 2, '{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}', 'model.bin', 'file', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 1, 1, 1, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.run VALUES (9, '449d8e49-bdef-42cf-8bcb-d47a797f10e3', 2, 1, 'failed', 'project', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '959e6faf05513f531f70e7b6c5778602ddc29c8b', '[]', NULL, '2026-11-23 02:42:10.786766+00', 'ada', '2026-11-23 02:42:10.794328+00', 'StageFailed: no petrol', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.run VALUES (10, '2d3944e3-79af-485c-8bf0-3a6e6daffd6c', 2, 1, 'running', 'project', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '959e6faf05513f531f70e7b6c5778602ddc29c8b', '["train.py"]', NULL, '2026-11-23 02:42:10.895407+00', 'ada', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.run VALUES (11, 'c37dcad0-4473-4080-8343-7274c57c599e', 2, 1, 'finished', 'project', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '959e6faf05513f531f70e7b6c5778602ddc29c8b', '[]', NULL, '2026-11-23 02:42:10.91585+00', 'ada', '2026-11-23 02:42:11.00185+00', NULL, '5afa4e4c9368f3e174a22494eb1bc6f207cb8efb', '{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 3}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}', '43cdb6d9614b4cea985ece02e84fba90481036d3afefc1de968227b7438bd174', 'fca1543bdea33cf9dc28564b610cc839818a55dcaabe522c96e3e97eace7cec4', 2, '{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}', 'model.bin', 'file', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 1, 1, 1, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.run VALUES (13, 'b11800de-a202-434a-ae1e-cb40e0563107', 3, 2, 'finished', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', NULL, '[]', NULL, '2026-11-23 02:42:11.26467+00', 'ada', '2026-11-23 02:42:11.26467+00', NULL, NULL, '{"code": {}, "commands": {}, "resolved": "", "parameters": {"teeth": 7, "shape": {"round": true, "ratio": 0.1}}, "data": {}, "environment": "e5fdc7146b5dc4c9b68c145e75ae016b54eaa73f37d0eeefe459bf2e05f9a134"}', 'a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808', 'c3046d3b18ceb901ad9a8f37771387d6461e76f4efdc583ce5c3e337551fb8cc', 3, '{}', 'edger.bin', 'file', 'null', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.stage_assignment VALUES (1, 'default', 1, 'experiment', false);
INSERT INTO public.stage_assignment VALUES (2, 'default', 1, 'production', true);
INSERT INTO public.stage_assignment VALUES (3, 'default', 1, 'staging', true);
INSERT INTO public.stage_assignment VALUES (5, 'default', 2, 'experiment', false);
INSERT INTO public.stage_assignment VALUES (4, 'default', 2, 'production', true);
INSERT INTO public.stage_assignment VALUES (5, 'eu', 2, 'staging', true);
INSERT INTO public.stage_assignment VALUES (6, 'default', 2, 'archived', false);
INSERT INTO public.stage_assignment VALUES (8, 'default', 3, 'experiment', false);
INSERT INTO public.stage_assignment VALUES (9, 'default', 3, 'experiment', false);
INSERT INTO public.stage_assignment VALUES (10, 'default', 3, 'experiment', false);
INSERT INTO public.stage_assignment VALUES (7, 'default', 2, 'archived', false);
INSERT INTO public.tag VALUES (1, 'crew', 'north');
INSERT INTO public.tag VALUES (2, 'crew', 'north');
INSERT INTO public.tag VALUES (2, 'season', 'spring');
INSERT INTO public.tag VALUES (8, 'from', 'a drawer');
INSERT INTO public.tag VALUES (9, 'from', 'a drawer');
INSERT INTO public.tombstone VALUES (10, 'not ours', '2026-11-23 02:42:11.803896+00', 'ada');
INSERT INTO public.version VALUES (1, '9fa7c46e-05b1-429f-befd-906fdde976ba', 1, 1, 1, 0, 0, 'first', '["the first version"]', NULL, NULL, 1, 'project', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', 'cb43c1a1aafc5d34fcd35e4d78cf6b52b49a87f3', '4d5a8cf55829280c3ad964be6c568ab25488082003bcefde66afca1b76d4ce86', 'aa4a286c90c38149df2e171808707c11e62fd4183b82fe4e666c98b0917bf95f', 'model/model.json', 'json', 'fe4e9b4a15acfd1f3f4d49a2829b10fdd0af43c4fbcfdd35de044f1f52d81935', '43c1d61d32d08530b3edc9ed6b5c4d33', 42, 'C', '["its commit was seen on no Git remote; push the branch, then run `registry sync`", "no rebuild has given the same bytes; run `registry reproduce`"]', '2026-11-23 02:41:43.428039+00', 'ada');
INSERT INTO public.version VALUES (2, '9e0c5afc-4a68-4120-9a48-40b6ea03e481', 1, 2, 1, 1, 0, 'minor', '["parameter: mower.slope"]', 1, NULL, 2, 'project', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '9bb14b7b582d16777d10cae0efebe23fed7a286d', 'd746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577', 'cfc97aa5a237ca13ad8fdb7cb11efa04d4b25bdc5d6ac287777895ebc8eb8376', 'model/model.json', 'json', 'b9f6617bf21326d7b1d4ffca3b2d6ab852adeaef3ecd74714ab81eb5c8b5a004', '3b75b8ccd8e34fd49487dfe2a4fe1677', 42, 'C', '["its commit was seen on no Git remote; push the branch, then run `registry sync`", "no rebuild has given the same bytes; run `registry reproduce`"]', '2026-11-23 02:41:48.496618+00', 'ada');
INSERT INTO public.version VALUES (3, '76499bf1-4f66-4909-957d-cc5d6f15eb79', 1, 3, 1, 2, 0, 'minor', '["parameter: mower.slope"]', 2, NULL, 4, 'project', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', 'cde21891d64cf872fd7f155c1bdc44a67489028e', '76922c2cf8c3edd92150db0e96db7908290d1a9e8bfd2e1428b2aee6dffc522d', '899861eea4f77d020f71046ad7e6c993ab3690a7a181332891e48c05eec9df4b', 'model/model.json', 'json', '5b602f24a67cf12da0431dad441c16049601945205086f36d97f31928a064911', 'a8018723c1dc388eb0d6603f54e75934', 43, 'C', '["its commit was seen on no Git remote; push the branch, then run `registry sync`", "no rebuild has given the same bytes; run `registry reproduce`"]', '2026-11-23 02:41:58.279348+00', 'ada');
INSERT INTO public.version VALUES (4, '42948520-fb0e-4243-b67a-c379ef5e64f4', 2, 1, 1, 0, 0, 'first', '["the first version"]', NULL, NULL, 5, 'project', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '337283d59908f7e8cab69c5b784d5f16559a4d5d', '49ec77b16731963390a5d6541973fe9ca7164dfa66ad779cc4f86bb4c2565e3b', '96d63e6fd5ca358acf48a1a9792d48dd0c2f476fa04af046c16f0164c14d3524', 'model.bin', 'file', 'cd36b49d7b2a8b5e4e13663cb54c5e1338c17b7d3af1c506fb3842bd08291822', '8a72de2cdf595608905699e2d725a9c0', 7, 'C', '["its commit was seen on no Git remote; push the branch, then run `registry sync`", "no rebuild has given the same bytes; run `registry reproduce`"]', '2026-11-23 02:42:07.199367+00', 'ada');
INSERT INTO public.version VALUES (5, 'f51c43ca-feed-4652-86ae-5e6909757c97', 2, 2, 1, 1, 0, 'minor', '["parameter: trees"]', 4, NULL, 6, 'project', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '6a59f0c93ea4b0d287e63b6030e3d9e8e6427b9c', 'e59ae983d461a65a27561f698c6cedc572829b8557e53d5ec3cd09769b5e05ed', 'cda78dd8a13c5f35f89f388c4fa2d147b86bac81e1c2c4466683afe5261e3149', 'model.bin', 'file', '97e2521720cb4b3821c7ed9df7dbca7a63e04b42ba05ffe3e15dc992f227ae36', 'a7558513f2cb497034e995ce9813430d', 7, 'C', '["its commit was seen on no Git remote; push the branch, then run `registry sync`", "no rebuild has given the same bytes; run `registry reproduce`"]', '2026-11-23 02:42:07.81935+00', 'ada');
INSERT INTO public.version VALUES (6, 'bc8bc2b5-f272-449c-8df9-634cf6d01048', 2, 3, 1, 2, 0, 'minor', '["parameter: trees"]', 5, NULL, 7, 'project', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '93e1af21eb1a73bbac0c0aae176af3a092836bd7', '43cdb6d9614b4cea985ece02e84fba90481036d3afefc1de968227b7438bd174', 'f6cfc11915a3c1b14e363be092c4cb3d50ed8c0ff72999212f128cd184818838', 'model.bin', 'file', 'a63f0dfe98cc2a03a21873a3ab0d209eae44045e3810b79a104d42783e2ca194', '31b9bbb7094fe62ab2ae88960e6d6939', 7, 'C', '["its commit was seen on no Git remote; push the branch, then run `registry sync`", "no rebuild has given the same bytes; run `registry reproduce`"]', '2026-11-23 02:42:08.379368+00', 'ada');
INSERT INTO public.version VALUES (7, '67bab020-2e54-49cc-8395-fe3542c7afa4', 2, 4, 1, 3, 0, 'minor', '["parameter: trees"]', 6, NULL, 8, 'project', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', 'ebdefd6de3c7db557df06b3b4b0329259c2deda5', '811b2e4c886396474a11b22f196e19b4d2803611401385b3320101bee3225c08', 'f80acf1b4098b003553838abf4196aa1d3c82ff16f9b91c15d59d2b02b77821d', 'model.bin', 'file', '47b98be17c1c80f2a85cd3013c745ec8379b9b591b103c675169996da479f7dd', '28aa933e52ad610eace8712fd5577612', 7, 'C', '["its commit was seen on no Git remote; push the branch, then run `registry sync`", "no rebuild has given the same bytes; run `registry reproduce`"]', '2026-11-23 02:42:08.79412+00', 'ada');
INSERT INTO public.version VALUES (8, '3bbfe10a-6583-4d59-b76a-b4ba4ea9c564', 3, 1, 1, 0, 0, 'first', '["the first version"]', NULL, NULL, 13, '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', NULL, 'a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808', 'c3046d3b18ceb901ad9a8f37771387d6461e76f4efdc583ce5c3e337551fb8cc', 'edger.bin', 'file', '381adba472d686d3e056b6bb4a7e78117e87ed7d4386799c4d3533734641e670', '99181bf19a5620a7e679c9b61380a897', 7, 'F', '["registered without a Git commit and a DVC pipeline"]', '2026-11-23 02:42:11.26467+00', 'ada');
INSERT INTO public.version VALUES (9, '13cd2459-4eaf-4da2-8ace-7b5a31b3c599', 3, 2, 1, 0, 1, 'patch', '["the same recipe gave other bytes"]', 8, 8, 14, '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', NULL, 'a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808', '79bcd2aeadf86c4c39d7ce4a0630a8b03f7dab188f304a92d7d3b42761ac762b', 'edger.bin', 'file', '043738d0d525537e6321b9509e244ceb99cccec77a93e5ac93b0960baefb0a8a', '5ea558395e0bd60bf7a0fe90782d2fd2', 7, 'F', '["registered without a Git commit and a DVC pipeline"]', '2026-11-23 02:42:11.429698+00', 'ada');
INSERT INTO public.version VALUES (10, '2e84be05-1ac1-4758-b786-a90b2e8614e9', 3, 3, 1, 1, 0, 'minor', '["parameter: shape", "parameter: teeth"]', 9, NULL, 15, '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', '9d5ec7dc75e64ebd55fa47a15ba09eaf6c4151e8', NULL, 'ae6a3c55415b11586b61024ea23f2f6f14b5ab07239fd2cae77599c861f621b0', '8b5658a690bad6a054cada95b5159f92094f9872cd1b170b4399ac28ab121110', 'edger.bin', 'file', '708d1bfb98560065deec58b98a0d0f0f018aab786b9c18f0cd742ac96eb854b0', '96b0d145956f9afd17eea05645520906', 7, 'F', '["registered without a Git commit and a DVC pipeline"]', '2026-11-23 02:42:11.660936+00', 'ada');
INSERT INTO public.version_grade VALUES (2, 'B', '["its commit was seen on no Git remote; push the branch, then run `registry sync`"]', NULL);
INSERT INTO public.version_profile VALUES (1, 'the first one', '', '', '', '[]', '[]', '{}');
INSERT INTO public.version_profile VALUES (2, 'zwei Mäher, 二', '', '', '', '[]', '[]', '{}');
INSERT INTO public.version_profile VALUES (8, 'found', '', '', '', '[]', '[]', '{}');
INSERT INTO public.version_profile VALUES (9, 'found', '', '', '', '[]', '[]', '{}');
SELECT pg_catalog.setval('public.comparison_id_seq', 3, true);
SELECT pg_catalog.setval('public.dataset_id_seq', 2, true);
SELECT pg_catalog.setval('public.dataset_version_id_seq', 2, true);
SELECT pg_catalog.setval('public.deployment_id_seq', 2, true);
SELECT pg_catalog.setval('public.environment_id_seq', 3, true);
SELECT pg_catalog.setval('public.event_sequence_seq', 73, true);
SELECT pg_catalog.setval('public.experiment_id_seq', 2, true);
SELECT pg_catalog.setval('public.model_id_seq', 3, true);
SELECT pg_catalog.setval('public.note_id_seq', 2, true);
SELECT pg_catalog.setval('public.outbox_sequence_seq', 29, true);
SELECT pg_catalog.setval('public.promotion_attempt_id_seq', 11, true);
SELECT pg_catalog.setval('public.reproduction_id_seq', 2, true);
SELECT pg_catalog.setval('public.run_id_seq', 15, true);
SELECT pg_catalog.setval('public.sweep_id_seq', 1, false);
SELECT pg_catalog.setval('public.version_id_seq', 10, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.alias
    ADD CONSTRAINT pk_alias PRIMARY KEY (model_id, name);
ALTER TABLE ONLY public.artifact
    ADD CONSTRAINT pk_artifact PRIMARY KEY (run_id, path);
ALTER TABLE ONLY public.comparison
    ADD CONSTRAINT pk_comparison PRIMARY KEY (id);
ALTER TABLE ONLY public.confirmation
    ADD CONSTRAINT pk_confirmation PRIMARY KEY (version_id, run_id);
ALTER TABLE ONLY public.dataset
    ADD CONSTRAINT pk_dataset PRIMARY KEY (id);
ALTER TABLE ONLY public.dataset_profile
    ADD CONSTRAINT pk_dataset_profile PRIMARY KEY (dataset_id);
ALTER TABLE ONLY public.dataset_shape
    ADD CONSTRAINT pk_dataset_shape PRIMARY KEY (dataset_version_id);
ALTER TABLE ONLY public.dataset_use
    ADD CONSTRAINT pk_dataset_use PRIMARY KEY (run_id, dataset_version_id, stage);
ALTER TABLE ONLY public.dataset_version
    ADD CONSTRAINT pk_dataset_version PRIMARY KEY (id);
ALTER TABLE ONLY public.deployment
    ADD CONSTRAINT pk_deployment PRIMARY KEY (id);
ALTER TABLE ONLY public.version_profile
    ADD CONSTRAINT pk_description PRIMARY KEY (version_id);
ALTER TABLE ONLY public.environment
    ADD CONSTRAINT pk_environment PRIMARY KEY (id);
ALTER TABLE ONLY public.environment_package
    ADD CONSTRAINT pk_environment_package PRIMARY KEY (environment_id, name);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT pk_event PRIMARY KEY (sequence);
ALTER TABLE ONLY public.experiment
    ADD CONSTRAINT pk_experiment PRIMARY KEY (id);
ALTER TABLE ONLY public.feature_importance
    ADD CONSTRAINT pk_feature_importance PRIMARY KEY (run_id, feature);
ALTER TABLE ONLY public.hold
    ADD CONSTRAINT pk_hold PRIMARY KEY (version_id);
ALTER TABLE ONLY public.lineage_edge
    ADD CONSTRAINT pk_lineage_edge PRIMARY KEY (source_kind, source_id, target_kind, target_id, by);
ALTER TABLE ONLY public.metric
    ADD CONSTRAINT pk_metric PRIMARY KEY (run_id, key);
ALTER TABLE ONLY public.metric_point
    ADD CONSTRAINT pk_metric_point PRIMARY KEY (run_id, key, step);
ALTER TABLE ONLY public.model
    ADD CONSTRAINT pk_model PRIMARY KEY (id);
ALTER TABLE ONLY public.model_schema
    ADD CONSTRAINT pk_model_schema PRIMARY KEY (model_id);
ALTER TABLE ONLY public.model_tag
    ADD CONSTRAINT pk_model_tag PRIMARY KEY (model_id, key);
ALTER TABLE ONLY public.moved
    ADD CONSTRAINT pk_moved PRIMARY KEY (url);
ALTER TABLE ONLY public.note
    ADD CONSTRAINT pk_note PRIMARY KEY (id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT pk_outbox PRIMARY KEY (sequence);
ALTER TABLE ONLY public.parameter
    ADD CONSTRAINT pk_parameter PRIMARY KEY (run_id, key);
ALTER TABLE ONLY public.promotion_attempt
    ADD CONSTRAINT pk_promotion_attempt PRIMARY KEY (id);
ALTER TABLE ONLY public.repository
    ADD CONSTRAINT pk_repository PRIMARY KEY (name);
ALTER TABLE ONLY public.reproduction
    ADD CONSTRAINT pk_reproduction PRIMARY KEY (id);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT pk_request PRIMARY KEY (key);
ALTER TABLE ONLY public.run
    ADD CONSTRAINT pk_run PRIMARY KEY (id);
ALTER TABLE ONLY public.stage_assignment
    ADD CONSTRAINT pk_stage_assignment PRIMARY KEY (version_id, environment);
ALTER TABLE ONLY public.sweep
    ADD CONSTRAINT pk_sweep PRIMARY KEY (id);
ALTER TABLE ONLY public.tag
    ADD CONSTRAINT pk_tag PRIMARY KEY (version_id, key);
ALTER TABLE ONLY public.tombstone
    ADD CONSTRAINT pk_tombstone PRIMARY KEY (version_id);
ALTER TABLE ONLY public.trial
    ADD CONSTRAINT pk_trial PRIMARY KEY (sweep_id, number);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT pk_version PRIMARY KEY (id);
ALTER TABLE ONLY public.version_grade
    ADD CONSTRAINT pk_version_grade PRIMARY KEY (version_id);
ALTER TABLE ONLY public.dataset
    ADD CONSTRAINT uq_dataset_name UNIQUE (name);
ALTER TABLE ONLY public.dataset_version
    ADD CONSTRAINT uq_dataset_version_dataset_id_md5 UNIQUE (dataset_id, md5);
ALTER TABLE ONLY public.deployment
    ADD CONSTRAINT uq_deployment_uuid UNIQUE (uuid);
ALTER TABLE ONLY public.environment
    ADD CONSTRAINT uq_environment_digest UNIQUE (digest);
ALTER TABLE ONLY public.experiment
    ADD CONSTRAINT uq_experiment_name UNIQUE (name);
ALTER TABLE ONLY public.model
    ADD CONSTRAINT uq_model_name UNIQUE (name);
ALTER TABLE ONLY public.run
    ADD CONSTRAINT uq_run_uuid UNIQUE (uuid);
ALTER TABLE ONLY public.sweep
    ADD CONSTRAINT uq_sweep_uuid UNIQUE (uuid);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT uq_version_model_id_major_minor_patch UNIQUE (model_id, major, minor, patch);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT uq_version_model_id_number UNIQUE (model_id, number);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT uq_version_model_id_recipe_hash_outputs_hash UNIQUE (model_id, recipe_hash, outputs_hash);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT uq_version_run_id UNIQUE (run_id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT uq_version_uuid UNIQUE (uuid);
CREATE INDEX ix_alias_name ON public.alias USING btree (name);
CREATE INDEX ix_alias_version_id ON public.alias USING btree (version_id);
CREATE INDEX ix_artifact_md5 ON public.artifact USING btree (md5);
CREATE INDEX ix_comparison_run_id_incumbent_id ON public.comparison USING btree (run_id, incumbent_id);
CREATE INDEX ix_dataset_profile_owner ON public.dataset_profile USING btree (owner);
CREATE INDEX ix_dataset_shape_run_id ON public.dataset_shape USING btree (run_id);
CREATE INDEX ix_dataset_use_dataset_version_id_run_id ON public.dataset_use USING btree (dataset_version_id, run_id);
CREATE INDEX ix_dataset_version_dataset_id_id ON public.dataset_version USING btree (dataset_id, id);
CREATE INDEX ix_dataset_version_md5 ON public.dataset_version USING btree (md5);
CREATE INDEX ix_deployment_model_id_until ON public.deployment USING btree (model_id, until);
CREATE INDEX ix_deployment_version_id ON public.deployment USING btree (version_id);
CREATE INDEX ix_environment_package_name_version ON public.environment_package USING btree (name, version);
CREATE INDEX ix_environment_python ON public.environment USING btree (python);
CREATE INDEX ix_event_entered ON public.event USING btree (model_id, entered, sequence) WHERE (entered IS NOT NULL);
CREATE INDEX ix_event_model_id_at_sequence ON public.event USING btree (model_id, at, sequence);
CREATE INDEX ix_event_model_id_kind_sequence ON public.event USING btree (model_id, kind, sequence);
CREATE INDEX ix_event_model_id_sequence ON public.event USING btree (model_id, sequence);
CREATE INDEX ix_event_run_id ON public.event USING btree (run_id);
CREATE INDEX ix_event_vacated ON public.event USING btree (model_id, vacated, sequence) WHERE (vacated IS NOT NULL);
CREATE INDEX ix_event_version_id_sequence ON public.event USING btree (version_id, sequence);
CREATE INDEX ix_lineage_edge_target_kind_target_id ON public.lineage_edge USING btree (target_kind, target_id);
CREATE INDEX ix_metric_key_value_run_id ON public.metric USING btree (key, value, run_id);
CREATE INDEX ix_model_tag_key_value_model_id ON public.model_tag USING btree (key, value, model_id);
CREATE INDEX ix_note_model_id_id ON public.note USING btree (model_id, id);
CREATE INDEX ix_note_version_id_id ON public.note USING btree (version_id, id);
CREATE INDEX ix_parameter_key_number_run_id ON public.parameter USING btree (key, number, run_id);
CREATE INDEX ix_parameter_key_text_run_id ON public.parameter USING btree (key, text, run_id);
CREATE INDEX ix_promotion_attempt_version_id ON public.promotion_attempt USING btree (version_id);
CREATE INDEX ix_reproduction_version_id ON public.reproduction USING btree (version_id);
CREATE INDEX ix_run_environment_id ON public.run USING btree (environment_id);
CREATE INDEX ix_run_experiment_id_id ON public.run USING btree (experiment_id, id);
CREATE INDEX ix_run_model_id_id ON public.run USING btree (model_id, id);
CREATE INDEX ix_run_model_id_started_at ON public.run USING btree (model_id, started_at);
CREATE INDEX ix_run_running ON public.run USING btree (status);
CREATE INDEX ix_run_started_at ON public.run USING btree (started_at);
CREATE INDEX ix_stage_assignment_stage_environment_version_id ON public.stage_assignment USING btree (stage, environment, version_id);
CREATE INDEX ix_sweep_model_id_id ON public.sweep USING btree (model_id, id);
CREATE INDEX ix_tag_key_value_version_id ON public.tag USING btree (key, value, version_id);
CREATE INDEX ix_version_commit ON public.version USING btree (commit);
CREATE INDEX ix_version_created_at ON public.version USING btree (created_at);
CREATE INDEX ix_version_profile_owner ON public.version_profile USING btree (owner);
CREATE INDEX ix_version_profile_team ON public.version_profile USING btree (team);
CREATE INDEX ix_version_sha256 ON public.version USING btree (sha256);
CREATE UNIQUE INDEX uq_stage_assignment_slot ON public.stage_assignment USING btree (model_id, environment, stage) WHERE single;
CREATE TRIGGER artifact_delete_refused BEFORE DELETE ON public.artifact FOR EACH ROW EXECUTE FUNCTION public.artifact_delete_refused();
CREATE TRIGGER artifact_insert_refused BEFORE INSERT ON public.artifact FOR EACH ROW EXECUTE FUNCTION public.artifact_insert_refused();
CREATE TRIGGER artifact_truncate_refused BEFORE TRUNCATE ON public.artifact FOR EACH STATEMENT EXECUTE FUNCTION public.artifact_truncate_refused();
CREATE TRIGGER artifact_update_refused BEFORE UPDATE ON public.artifact FOR EACH ROW EXECUTE FUNCTION public.artifact_update_refused();
CREATE TRIGGER comparison_delete_refused BEFORE DELETE ON public.comparison FOR EACH ROW EXECUTE FUNCTION public.comparison_delete_refused();
CREATE TRIGGER comparison_truncate_refused BEFORE TRUNCATE ON public.comparison FOR EACH STATEMENT EXECUTE FUNCTION public.comparison_truncate_refused();
CREATE TRIGGER comparison_update_refused BEFORE UPDATE ON public.comparison FOR EACH ROW EXECUTE FUNCTION public.comparison_update_refused();
CREATE TRIGGER confirmation_delete_refused BEFORE DELETE ON public.confirmation FOR EACH ROW EXECUTE FUNCTION public.confirmation_delete_refused();
CREATE TRIGGER confirmation_truncate_refused BEFORE TRUNCATE ON public.confirmation FOR EACH STATEMENT EXECUTE FUNCTION public.confirmation_truncate_refused();
CREATE TRIGGER confirmation_update_refused BEFORE UPDATE ON public.confirmation FOR EACH ROW EXECUTE FUNCTION public.confirmation_update_refused();
CREATE TRIGGER dataset_delete_refused BEFORE DELETE ON public.dataset FOR EACH ROW EXECUTE FUNCTION public.dataset_delete_refused();
CREATE TRIGGER dataset_shape_delete_refused BEFORE DELETE ON public.dataset_shape FOR EACH ROW EXECUTE FUNCTION public.dataset_shape_delete_refused();
CREATE TRIGGER dataset_shape_truncate_refused BEFORE TRUNCATE ON public.dataset_shape FOR EACH STATEMENT EXECUTE FUNCTION public.dataset_shape_truncate_refused();
CREATE TRIGGER dataset_shape_update_refused BEFORE UPDATE ON public.dataset_shape FOR EACH ROW EXECUTE FUNCTION public.dataset_shape_update_refused();
CREATE TRIGGER dataset_truncate_refused BEFORE TRUNCATE ON public.dataset FOR EACH STATEMENT EXECUTE FUNCTION public.dataset_truncate_refused();
CREATE TRIGGER dataset_update_refused BEFORE UPDATE ON public.dataset FOR EACH ROW EXECUTE FUNCTION public.dataset_update_refused();
CREATE TRIGGER dataset_use_delete_refused BEFORE DELETE ON public.dataset_use FOR EACH ROW EXECUTE FUNCTION public.dataset_use_delete_refused();
CREATE TRIGGER dataset_use_insert_refused BEFORE INSERT ON public.dataset_use FOR EACH ROW EXECUTE FUNCTION public.dataset_use_insert_refused();
CREATE TRIGGER dataset_use_truncate_refused BEFORE TRUNCATE ON public.dataset_use FOR EACH STATEMENT EXECUTE FUNCTION public.dataset_use_truncate_refused();
CREATE TRIGGER dataset_use_update_refused BEFORE UPDATE ON public.dataset_use FOR EACH ROW EXECUTE FUNCTION public.dataset_use_update_refused();
CREATE TRIGGER dataset_version_delete_refused BEFORE DELETE ON public.dataset_version FOR EACH ROW EXECUTE FUNCTION public.dataset_version_delete_refused();
CREATE TRIGGER dataset_version_truncate_refused BEFORE TRUNCATE ON public.dataset_version FOR EACH STATEMENT EXECUTE FUNCTION public.dataset_version_truncate_refused();
CREATE TRIGGER dataset_version_update_refused BEFORE UPDATE ON public.dataset_version FOR EACH ROW EXECUTE FUNCTION public.dataset_version_update_refused();
CREATE TRIGGER deployment_delete_refused BEFORE DELETE ON public.deployment FOR EACH ROW EXECUTE FUNCTION public.deployment_delete_refused();
CREATE TRIGGER deployment_truncate_refused BEFORE TRUNCATE ON public.deployment FOR EACH STATEMENT EXECUTE FUNCTION public.deployment_truncate_refused();
CREATE TRIGGER deployment_update_refused BEFORE UPDATE ON public.deployment FOR EACH ROW EXECUTE FUNCTION public.deployment_update_refused();
CREATE TRIGGER environment_delete_refused BEFORE DELETE ON public.environment FOR EACH ROW EXECUTE FUNCTION public.environment_delete_refused();
CREATE TRIGGER environment_package_delete_refused BEFORE DELETE ON public.environment_package FOR EACH ROW EXECUTE FUNCTION public.environment_package_delete_refused();
CREATE TRIGGER environment_package_truncate_refused BEFORE TRUNCATE ON public.environment_package FOR EACH STATEMENT EXECUTE FUNCTION public.environment_package_truncate_refused();
CREATE TRIGGER environment_package_update_refused BEFORE UPDATE ON public.environment_package FOR EACH ROW EXECUTE FUNCTION public.environment_package_update_refused();
CREATE TRIGGER environment_truncate_refused BEFORE TRUNCATE ON public.environment FOR EACH STATEMENT EXECUTE FUNCTION public.environment_truncate_refused();
CREATE TRIGGER environment_update_refused BEFORE UPDATE ON public.environment FOR EACH ROW EXECUTE FUNCTION public.environment_update_refused();
CREATE TRIGGER event_delete_refused BEFORE DELETE ON public.event FOR EACH ROW EXECUTE FUNCTION public.event_delete_refused();
CREATE TRIGGER event_truncate_refused BEFORE TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION public.event_truncate_refused();
CREATE TRIGGER event_update_refused BEFORE UPDATE ON public.event FOR EACH ROW EXECUTE FUNCTION public.event_update_refused();
CREATE TRIGGER experiment_delete_refused BEFORE DELETE ON public.experiment FOR EACH ROW EXECUTE FUNCTION public.experiment_delete_refused();
CREATE TRIGGER experiment_truncate_refused BEFORE TRUNCATE ON public.experiment FOR EACH STATEMENT EXECUTE FUNCTION public.experiment_truncate_refused();
CREATE TRIGGER experiment_update_refused BEFORE UPDATE ON public.experiment FOR EACH ROW EXECUTE FUNCTION public.experiment_update_refused();
CREATE TRIGGER feature_importance_delete_refused BEFORE DELETE ON public.feature_importance FOR EACH ROW EXECUTE FUNCTION public.feature_importance_delete_refused();
CREATE TRIGGER feature_importance_insert_refused BEFORE INSERT ON public.feature_importance FOR EACH ROW EXECUTE FUNCTION public.feature_importance_insert_refused();
CREATE TRIGGER feature_importance_truncate_refused BEFORE TRUNCATE ON public.feature_importance FOR EACH STATEMENT EXECUTE FUNCTION public.feature_importance_truncate_refused();
CREATE TRIGGER feature_importance_update_refused BEFORE UPDATE ON public.feature_importance FOR EACH ROW EXECUTE FUNCTION public.feature_importance_update_refused();
CREATE TRIGGER lineage_edge_delete_refused BEFORE DELETE ON public.lineage_edge FOR EACH ROW EXECUTE FUNCTION public.lineage_edge_delete_refused();
CREATE TRIGGER lineage_edge_truncate_refused BEFORE TRUNCATE ON public.lineage_edge FOR EACH STATEMENT EXECUTE FUNCTION public.lineage_edge_truncate_refused();
CREATE TRIGGER lineage_edge_update_refused BEFORE UPDATE ON public.lineage_edge FOR EACH ROW EXECUTE FUNCTION public.lineage_edge_update_refused();
CREATE TRIGGER metric_delete_refused BEFORE DELETE ON public.metric FOR EACH ROW EXECUTE FUNCTION public.metric_delete_refused();
CREATE TRIGGER metric_insert_refused BEFORE INSERT ON public.metric FOR EACH ROW EXECUTE FUNCTION public.metric_insert_refused();
CREATE TRIGGER metric_point_delete_refused BEFORE DELETE ON public.metric_point FOR EACH ROW EXECUTE FUNCTION public.metric_point_delete_refused();
CREATE TRIGGER metric_point_insert_refused BEFORE INSERT ON public.metric_point FOR EACH ROW EXECUTE FUNCTION public.metric_point_insert_refused();
CREATE TRIGGER metric_point_truncate_refused BEFORE TRUNCATE ON public.metric_point FOR EACH STATEMENT EXECUTE FUNCTION public.metric_point_truncate_refused();
CREATE TRIGGER metric_point_update_refused BEFORE UPDATE ON public.metric_point FOR EACH ROW EXECUTE FUNCTION public.metric_point_update_refused();
CREATE TRIGGER metric_truncate_refused BEFORE TRUNCATE ON public.metric FOR EACH STATEMENT EXECUTE FUNCTION public.metric_truncate_refused();
CREATE TRIGGER metric_update_refused BEFORE UPDATE ON public.metric FOR EACH ROW EXECUTE FUNCTION public.metric_update_refused();
CREATE TRIGGER model_delete_refused BEFORE DELETE ON public.model FOR EACH ROW EXECUTE FUNCTION public.model_delete_refused();
CREATE TRIGGER model_truncate_refused BEFORE TRUNCATE ON public.model FOR EACH STATEMENT EXECUTE FUNCTION public.model_truncate_refused();
CREATE TRIGGER model_update_refused BEFORE UPDATE ON public.model FOR EACH ROW EXECUTE FUNCTION public.model_update_refused();
CREATE TRIGGER note_delete_refused BEFORE DELETE ON public.note FOR EACH ROW EXECUTE FUNCTION public.note_delete_refused();
CREATE TRIGGER note_truncate_refused BEFORE TRUNCATE ON public.note FOR EACH STATEMENT EXECUTE FUNCTION public.note_truncate_refused();
CREATE TRIGGER note_update_refused BEFORE UPDATE ON public.note FOR EACH ROW EXECUTE FUNCTION public.note_update_refused();
CREATE TRIGGER parameter_delete_refused BEFORE DELETE ON public.parameter FOR EACH ROW EXECUTE FUNCTION public.parameter_delete_refused();
CREATE TRIGGER parameter_insert_refused BEFORE INSERT ON public.parameter FOR EACH ROW EXECUTE FUNCTION public.parameter_insert_refused();
CREATE TRIGGER parameter_truncate_refused BEFORE TRUNCATE ON public.parameter FOR EACH STATEMENT EXECUTE FUNCTION public.parameter_truncate_refused();
CREATE TRIGGER parameter_update_refused BEFORE UPDATE ON public.parameter FOR EACH ROW EXECUTE FUNCTION public.parameter_update_refused();
CREATE TRIGGER promotion_attempt_delete_refused BEFORE DELETE ON public.promotion_attempt FOR EACH ROW EXECUTE FUNCTION public.promotion_attempt_delete_refused();
CREATE TRIGGER promotion_attempt_truncate_refused BEFORE TRUNCATE ON public.promotion_attempt FOR EACH STATEMENT EXECUTE FUNCTION public.promotion_attempt_truncate_refused();
CREATE TRIGGER promotion_attempt_update_refused BEFORE UPDATE ON public.promotion_attempt FOR EACH ROW EXECUTE FUNCTION public.promotion_attempt_update_refused();
CREATE TRIGGER reproduction_delete_refused BEFORE DELETE ON public.reproduction FOR EACH ROW EXECUTE FUNCTION public.reproduction_delete_refused();
CREATE TRIGGER reproduction_truncate_refused BEFORE TRUNCATE ON public.reproduction FOR EACH STATEMENT EXECUTE FUNCTION public.reproduction_truncate_refused();
CREATE TRIGGER reproduction_update_refused BEFORE UPDATE ON public.reproduction FOR EACH ROW EXECUTE FUNCTION public.reproduction_update_refused();
CREATE TRIGGER request_delete_refused BEFORE DELETE ON public.request FOR EACH ROW EXECUTE FUNCTION public.request_delete_refused();
CREATE TRIGGER request_truncate_refused BEFORE TRUNCATE ON public.request FOR EACH STATEMENT EXECUTE FUNCTION public.request_truncate_refused();
CREATE TRIGGER request_update_refused BEFORE UPDATE ON public.request FOR EACH ROW EXECUTE FUNCTION public.request_update_refused();
CREATE TRIGGER run_delete_refused BEFORE DELETE ON public.run FOR EACH ROW EXECUTE FUNCTION public.run_delete_refused();
CREATE TRIGGER run_truncate_refused BEFORE TRUNCATE ON public.run FOR EACH STATEMENT EXECUTE FUNCTION public.run_truncate_refused();
CREATE TRIGGER run_update_refused BEFORE UPDATE ON public.run FOR EACH ROW EXECUTE FUNCTION public.run_update_refused();
CREATE TRIGGER sweep_delete_refused BEFORE DELETE ON public.sweep FOR EACH ROW EXECUTE FUNCTION public.sweep_delete_refused();
CREATE TRIGGER sweep_truncate_refused BEFORE TRUNCATE ON public.sweep FOR EACH STATEMENT EXECUTE FUNCTION public.sweep_truncate_refused();
CREATE TRIGGER sweep_update_refused BEFORE UPDATE ON public.sweep FOR EACH ROW EXECUTE FUNCTION public.sweep_update_refused();
CREATE TRIGGER tombstone_delete_refused BEFORE DELETE ON public.tombstone FOR EACH ROW EXECUTE FUNCTION public.tombstone_delete_refused();
CREATE TRIGGER tombstone_truncate_refused BEFORE TRUNCATE ON public.tombstone FOR EACH STATEMENT EXECUTE FUNCTION public.tombstone_truncate_refused();
CREATE TRIGGER tombstone_update_refused BEFORE UPDATE ON public.tombstone FOR EACH ROW EXECUTE FUNCTION public.tombstone_update_refused();
CREATE TRIGGER trial_delete_refused BEFORE DELETE ON public.trial FOR EACH ROW EXECUTE FUNCTION public.trial_delete_refused();
CREATE TRIGGER trial_truncate_refused BEFORE TRUNCATE ON public.trial FOR EACH STATEMENT EXECUTE FUNCTION public.trial_truncate_refused();
CREATE TRIGGER trial_update_refused BEFORE UPDATE ON public.trial FOR EACH ROW EXECUTE FUNCTION public.trial_update_refused();
CREATE TRIGGER version_delete_refused BEFORE DELETE ON public.version FOR EACH ROW EXECUTE FUNCTION public.version_delete_refused();
CREATE TRIGGER version_truncate_refused BEFORE TRUNCATE ON public.version FOR EACH STATEMENT EXECUTE FUNCTION public.version_truncate_refused();
CREATE TRIGGER version_update_refused BEFORE UPDATE ON public.version FOR EACH ROW EXECUTE FUNCTION public.version_update_refused();
ALTER TABLE ONLY public.alias
    ADD CONSTRAINT fk_alias_model_id FOREIGN KEY (model_id) REFERENCES public.model(id);
ALTER TABLE ONLY public.alias
    ADD CONSTRAINT fk_alias_version_id FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.artifact
    ADD CONSTRAINT fk_artifact_run_id FOREIGN KEY (run_id) REFERENCES public.run(id);
ALTER TABLE ONLY public.comparison
    ADD CONSTRAINT fk_comparison_incumbent_id FOREIGN KEY (incumbent_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.comparison
    ADD CONSTRAINT fk_comparison_run_id FOREIGN KEY (run_id) REFERENCES public.run(id);
ALTER TABLE ONLY public.confirmation
    ADD CONSTRAINT fk_confirmation_run_id FOREIGN KEY (run_id) REFERENCES public.run(id);
ALTER TABLE ONLY public.confirmation
    ADD CONSTRAINT fk_confirmation_version_id FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.dataset_profile
    ADD CONSTRAINT fk_dataset_profile_dataset_id FOREIGN KEY (dataset_id) REFERENCES public.dataset(id);
ALTER TABLE ONLY public.dataset_shape
    ADD CONSTRAINT fk_dataset_shape_dataset_version_id FOREIGN KEY (dataset_version_id) REFERENCES public.dataset_version(id);
ALTER TABLE ONLY public.dataset_shape
    ADD CONSTRAINT fk_dataset_shape_run_id FOREIGN KEY (run_id) REFERENCES public.run(id);
ALTER TABLE ONLY public.dataset_use
    ADD CONSTRAINT fk_dataset_use_dataset_version_id FOREIGN KEY (dataset_version_id) REFERENCES public.dataset_version(id);
ALTER TABLE ONLY public.dataset_use
    ADD CONSTRAINT fk_dataset_use_run_id FOREIGN KEY (run_id) REFERENCES public.run(id);
ALTER TABLE ONLY public.dataset_version
    ADD CONSTRAINT fk_dataset_version_dataset_id FOREIGN KEY (dataset_id) REFERENCES public.dataset(id);
ALTER TABLE ONLY public.deployment
    ADD CONSTRAINT fk_deployment_model_id FOREIGN KEY (model_id) REFERENCES public.model(id);
ALTER TABLE ONLY public.deployment
    ADD CONSTRAINT fk_deployment_version_id FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.version_profile
    ADD CONSTRAINT fk_description_version_id FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.environment_package
    ADD CONSTRAINT fk_environment_package_environment_id FOREIGN KEY (environment_id) REFERENCES public.environment(id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT fk_event_model_id FOREIGN KEY (model_id) REFERENCES public.model(id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT fk_event_run_id FOREIGN KEY (run_id) REFERENCES public.run(id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT fk_event_version_id FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.feature_importance
    ADD CONSTRAINT fk_feature_importance_run_id FOREIGN KEY (run_id) REFERENCES public.run(id);
ALTER TABLE ONLY public.hold
    ADD CONSTRAINT fk_hold_version_id FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.metric_point
    ADD CONSTRAINT fk_metric_point_run_id FOREIGN KEY (run_id) REFERENCES public.run(id);
ALTER TABLE ONLY public.metric
    ADD CONSTRAINT fk_metric_run_id FOREIGN KEY (run_id) REFERENCES public.run(id);
ALTER TABLE ONLY public.model_schema
    ADD CONSTRAINT fk_model_schema_model_id FOREIGN KEY (model_id) REFERENCES public.model(id);
ALTER TABLE ONLY public.model_tag
    ADD CONSTRAINT fk_model_tag_model_id FOREIGN KEY (model_id) REFERENCES public.model(id);
ALTER TABLE ONLY public.note
    ADD CONSTRAINT fk_note_model_id FOREIGN KEY (model_id) REFERENCES public.model(id);
ALTER TABLE ONLY public.note
    ADD CONSTRAINT fk_note_version_id FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.parameter
    ADD CONSTRAINT fk_parameter_run_id FOREIGN KEY (run_id) REFERENCES public.run(id);
ALTER TABLE ONLY public.promotion_attempt
    ADD CONSTRAINT fk_promotion_attempt_incumbent_id FOREIGN KEY (incumbent_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.promotion_attempt
    ADD CONSTRAINT fk_promotion_attempt_version_id FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.reproduction
    ADD CONSTRAINT fk_reproduction_version_id FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.run
    ADD CONSTRAINT fk_run_environment_id FOREIGN KEY (environment_id) REFERENCES public.environment(id);
ALTER TABLE ONLY public.run
    ADD CONSTRAINT fk_run_experiment_id FOREIGN KEY (experiment_id) REFERENCES public.experiment(id);
ALTER TABLE ONLY public.run
    ADD CONSTRAINT fk_run_model_id FOREIGN KEY (model_id) REFERENCES public.model(id);
ALTER TABLE ONLY public.stage_assignment
    ADD CONSTRAINT fk_stage_assignment_model_id FOREIGN KEY (model_id) REFERENCES public.model(id);
ALTER TABLE ONLY public.stage_assignment
    ADD CONSTRAINT fk_stage_assignment_version_id FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.sweep
    ADD CONSTRAINT fk_sweep_experiment_id FOREIGN KEY (experiment_id) REFERENCES public.experiment(id);
ALTER TABLE ONLY public.sweep
    ADD CONSTRAINT fk_sweep_model_id FOREIGN KEY (model_id) REFERENCES public.model(id);
ALTER TABLE ONLY public.tag
    ADD CONSTRAINT fk_tag_version_id FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.tombstone
    ADD CONSTRAINT fk_tombstone_version_id FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.trial
    ADD CONSTRAINT fk_trial_run_id FOREIGN KEY (run_id) REFERENCES public.run(id);
ALTER TABLE ONLY public.trial
    ADD CONSTRAINT fk_trial_sweep_id FOREIGN KEY (sweep_id) REFERENCES public.sweep(id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT fk_version_based_on_id FOREIGN KEY (based_on_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.version_grade
    ADD CONSTRAINT fk_version_grade_version_id FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT fk_version_model_id FOREIGN KEY (model_id) REFERENCES public.model(id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT fk_version_run_id FOREIGN KEY (run_id) REFERENCES public.run(id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT fk_version_same_recipe_id FOREIGN KEY (same_recipe_id) REFERENCES public.version(id);
