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
CREATE FUNCTION public.tombstone_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of tombstone'; END $$;
CREATE FUNCTION public.tombstone_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of tombstone'; END $$;
CREATE FUNCTION public.tombstone_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a row of tombstone'; END $$;
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
CREATE TABLE public.description (
    version_id integer NOT NULL,
    text text NOT NULL
);
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
    after json NOT NULL
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
    tagged_at timestamp with time zone
);
CREATE SEQUENCE public.model_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.model_id_seq OWNED BY public.model.id;
CREATE TABLE public.moved (
    url text NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL
);
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
    value json NOT NULL
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
    peak_memory_bytes bigint
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
CREATE SEQUENCE public.version_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.version_id_seq OWNED BY public.version.id;
ALTER TABLE ONLY public.comparison ALTER COLUMN id SET DEFAULT nextval('public.comparison_id_seq'::regclass);
ALTER TABLE ONLY public.dataset ALTER COLUMN id SET DEFAULT nextval('public.dataset_id_seq'::regclass);
ALTER TABLE ONLY public.dataset_version ALTER COLUMN id SET DEFAULT nextval('public.dataset_version_id_seq'::regclass);
ALTER TABLE ONLY public.environment ALTER COLUMN id SET DEFAULT nextval('public.environment_id_seq'::regclass);
ALTER TABLE ONLY public.event ALTER COLUMN sequence SET DEFAULT nextval('public.event_sequence_seq'::regclass);
ALTER TABLE ONLY public.experiment ALTER COLUMN id SET DEFAULT nextval('public.experiment_id_seq'::regclass);
ALTER TABLE ONLY public.model ALTER COLUMN id SET DEFAULT nextval('public.model_id_seq'::regclass);
ALTER TABLE ONLY public.outbox ALTER COLUMN sequence SET DEFAULT nextval('public.outbox_sequence_seq'::regclass);
ALTER TABLE ONLY public.promotion_attempt ALTER COLUMN id SET DEFAULT nextval('public.promotion_attempt_id_seq'::regclass);
ALTER TABLE ONLY public.reproduction ALTER COLUMN id SET DEFAULT nextval('public.reproduction_id_seq'::regclass);
ALTER TABLE ONLY public.run ALTER COLUMN id SET DEFAULT nextval('public.run_id_seq'::regclass);
ALTER TABLE ONLY public.version ALTER COLUMN id SET DEFAULT nextval('public.version_id_seq'::regclass);
INSERT INTO public.alembic_version VALUES ('0003');
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
INSERT INTO public.comparison VALUES (1, 2, 1, 'data/new.csv', 'e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327', 'rmse', false, '{"candidate": 0.2949120358849226, "incumbent": 0.40599727668903557, "difference": -0.11108524080411297, "low": -0.16605318310256426, "high": -0.045120836366928235, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}', '2026-11-22 22:42:07.549059+00', 'ada');
INSERT INTO public.comparison VALUES (2, 4, 2, 'data/new.csv', 'e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327', 'rmse', false, '{"candidate": 1.4334335666921902, "incumbent": 0.2949120358849226, "difference": 1.1385215308072676, "low": 0.8985840711636498, "high": 1.3313315698205292, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}', '2026-11-22 22:42:14.536267+00', 'ada');
INSERT INTO public.comparison VALUES (3, 8, 4, 'data.csv', '0000000000000000000000000000000000000000000000000000000000000000', 'auc', true, '{"candidate": 0.8, "incumbent": 0.7, "difference": 0.02, "low": 0.01, "high": 0.03, "confidence": 0.95, "resamples": 1000, "seed": 0, "rows": 10}', '2026-11-22 22:42:20.033786+00', 'ada');
INSERT INTO public.confirmation VALUES (2, 3, '2026-11-22 22:42:11.034834+00', 'ada');
INSERT INTO public.confirmation VALUES (7, 12, '2026-11-22 22:42:20.434503+00', 'ada');
INSERT INTO public.dataset VALUES (1, 'data/old.csv');
INSERT INTO public.dataset VALUES (2, 'data/new.csv');
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
INSERT INTO public.description VALUES (1, 'the first one');
INSERT INTO public.description VALUES (2, 'zwei Mäher, 二');
INSERT INTO public.description VALUES (8, 'found');
INSERT INTO public.description VALUES (9, 'found');
INSERT INTO public.environment VALUES (1, '024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586', '3.11.7', 'linux-x86_64');
INSERT INTO public.environment VALUES (2, '95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af', '3.11', 'linux');
INSERT INTO public.environment VALUES (3, 'e5fdc7146b5dc4c9b68c145e75ae016b54eaa73f37d0eeefe459bf2e05f9a134', 'unknown', 'unknown');
INSERT INTO public.environment_package VALUES (1, 'dvc', '3.67.1');
INSERT INTO public.environment_package VALUES (1, 'numpy', '2.3.5');
INSERT INTO public.environment_package VALUES (1, 'registry-tasks', '0.1.0');
INSERT INTO public.environment_package VALUES (2, 'numpy', '2.0');
INSERT INTO public.event VALUES (1, '2026-11-22 22:41:58.312568+00', 'ada', 'model.created', 1, NULL, NULL, '', 'null', '{"name": "mower"}');
INSERT INTO public.event VALUES (2, '2026-11-22 22:41:58.312568+00', 'ada', 'run.started', 1, NULL, 1, '', 'null', '{"origin": {"project": "project", "repository": "c7daca5bcb653450d745c2b8769fb27574802460", "base_commit": "8d257ecddf7b05202b44d5de3b29e08ef81cf8ed", "uncommitted": []}, "parameters": {}}');
INSERT INTO public.event VALUES (3, '2026-11-22 22:42:02.3646+00', 'ada', 'run.finished', 1, NULL, 1, '', 'null', '{"commit": "18554b13e059b1067ab447f74eb5649c2b51051c", "recipe": "4d5a8cf55829280c3ad964be6c568ab25488082003bcefde66afca1b76d4ce86"}');
INSERT INTO public.event VALUES (4, '2026-11-22 22:42:02.649279+00', 'ada', 'version.registered', 1, 1, 1, '', 'null', '{"number": 1, "semantic_version": "v1.0.0", "stage": "experiment", "commit": "18554b13e059b1067ab447f74eb5649c2b51051c", "sha256": "fe4e9b4a15acfd1f3f4d49a2829b10fdd0af43c4fbcfdd35de044f1f52d81935", "tags": {"crew": "north"}, "description": "the first one"}');
INSERT INTO public.event VALUES (5, '2026-11-22 22:42:02.999737+00', 'ada', 'version.promoted', 1, 1, NULL, '', '{"stage": "experiment", "environment": "default"}', '{"stage": "staging", "environment": "default"}');
INSERT INTO public.event VALUES (6, '2026-11-22 22:42:03.287473+00', 'ada', 'version.promoted', 1, 1, NULL, '', '{"stage": "staging", "environment": "default"}', '{"stage": "production", "environment": "default"}');
INSERT INTO public.event VALUES (7, '2026-11-22 22:42:03.287473+00', 'ada', 'alias.moved', 1, 1, NULL, 'follows production', '{"alias": "champion", "version": null}', '{"alias": "champion", "version": 1}');
INSERT INTO public.event VALUES (8, '2026-11-22 22:42:03.645181+00', 'ada', 'run.started', 1, NULL, 2, '', 'null', '{"origin": {"project": "project", "repository": "c7daca5bcb653450d745c2b8769fb27574802460", "base_commit": "ed7cfeba88f261230c7ab3cb9c01b822cc6f84b3", "uncommitted": []}, "parameters": {}}');
INSERT INTO public.event VALUES (9, '2026-11-22 22:42:06.341678+00', 'ada', 'run.finished', 1, NULL, 2, '', 'null', '{"commit": "655c2db4fbb0d57c747e56156b4eb176fdae1bb4", "recipe": "d746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577"}');
INSERT INTO public.event VALUES (10, '2026-11-22 22:42:06.496346+00', 'ada', 'version.registered', 1, 2, 2, '', 'null', '{"number": 2, "semantic_version": "v1.1.0", "stage": "experiment", "commit": "655c2db4fbb0d57c747e56156b4eb176fdae1bb4", "sha256": "b9f6617bf21326d7b1d4ffca3b2d6ab852adeaef3ecd74714ab81eb5c8b5a004", "tags": {"crew": "north", "season": "spring"}, "description": ""}');
INSERT INTO public.event VALUES (11, '2026-11-22 22:42:07.553343+00', 'ada', 'run.compared', 1, NULL, 2, '', 'null', '{"run": "0642ad62-b0fc-4bcb-91e6-3ac1edfe99e3", "incumbent": "mower@1", "incumbent_uuid": "9a3195e7-841f-49b6-bb8f-d2277a9897b6", "holdout": "data/new.csv", "holdout_sha256": "e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327", "metric": "rmse", "higher_is_better": false, "bootstrap": {"candidate": 0.2949120358849226, "incumbent": 0.40599727668903557, "difference": -0.11108524080411297, "low": -0.16605318310256426, "high": -0.045120836366928235, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}, "at": "2026-11-22T22:42:07.549059Z", "by": "ada"}');
INSERT INTO public.event VALUES (12, '2026-11-22 22:42:07.677579+00', 'ada', 'version.promoted', 1, 2, NULL, '', '{"stage": "experiment", "environment": "default"}', '{"stage": "staging", "environment": "default"}');
INSERT INTO public.event VALUES (13, '2026-11-22 22:42:07.940208+00', 'ada', 'version.displaced', 1, 1, NULL, 'displaced by mower@2', '{"stage": "production", "environment": "default"}', '{"stage": "experiment", "environment": "default"}');
INSERT INTO public.event VALUES (14, '2026-11-22 22:42:07.940208+00', 'ada', 'version.promoted', 1, 2, NULL, '', '{"stage": "staging", "environment": "default"}', '{"stage": "production", "environment": "default"}');
INSERT INTO public.event VALUES (15, '2026-11-22 22:42:07.940208+00', 'ada', 'alias.moved', 1, 2, NULL, 'follows production', '{"alias": "champion", "version": 1}', '{"alias": "champion", "version": 2}');
INSERT INTO public.event VALUES (16, '2026-11-22 22:42:08.367001+00', 'ada', 'run.started', 1, NULL, 3, '', 'null', '{"origin": {"project": "project", "repository": "c7daca5bcb653450d745c2b8769fb27574802460", "base_commit": "ed7cfeba88f261230c7ab3cb9c01b822cc6f84b3", "uncommitted": []}, "parameters": {}}');
INSERT INTO public.event VALUES (17, '2026-11-22 22:42:10.910783+00', 'ada', 'run.finished', 1, NULL, 3, '', 'null', '{"commit": "a54e9ac4fd6a702e7cb0efbd73efc490c8c4b1f4", "recipe": "d746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577"}');
INSERT INTO public.event VALUES (18, '2026-11-22 22:42:11.034834+00', 'ada', 'version.confirmed', 1, 2, 3, '', 'null', '{"confirmed_at": "2026-11-22T22:42:11.034834+00:00"}');
INSERT INTO public.event VALUES (19, '2026-11-22 22:42:11.242569+00', 'ada', 'run.started', 1, NULL, 4, '', 'null', '{"origin": {"project": "project", "repository": "c7daca5bcb653450d745c2b8769fb27574802460", "base_commit": "ed7cfeba88f261230c7ab3cb9c01b822cc6f84b3", "uncommitted": []}, "parameters": {"mower.slope": -3.0}}');
INSERT INTO public.event VALUES (20, '2026-11-22 22:42:13.548617+00', 'ada', 'run.finished', 1, NULL, 4, '', 'null', '{"commit": "5ad04e9b5d86e23c4ea92851c3c1c0befd93bf45", "recipe": "76922c2cf8c3edd92150db0e96db7908290d1a9e8bfd2e1428b2aee6dffc522d"}');
INSERT INTO public.event VALUES (21, '2026-11-22 22:42:13.717034+00', 'ada', 'version.registered', 1, 3, 4, '', 'null', '{"number": 3, "semantic_version": "v1.2.0", "stage": "experiment", "commit": "5ad04e9b5d86e23c4ea92851c3c1c0befd93bf45", "sha256": "5b602f24a67cf12da0431dad441c16049601945205086f36d97f31928a064911", "tags": {}, "description": ""}');
INSERT INTO public.event VALUES (22, '2026-11-22 22:42:14.538681+00', 'ada', 'run.compared', 1, NULL, 4, '', 'null', '{"run": "20a9dc3d-82de-4736-9745-720520bcd7e9", "incumbent": "mower@2", "incumbent_uuid": "911d0511-acfd-4032-8323-5cc05d827a99", "holdout": "data/new.csv", "holdout_sha256": "e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327", "metric": "rmse", "higher_is_better": false, "bootstrap": {"candidate": 1.4334335666921902, "incumbent": 0.2949120358849226, "difference": 1.1385215308072676, "low": 0.8985840711636498, "high": 1.3313315698205292, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}, "at": "2026-11-22T22:42:14.536267Z", "by": "ada"}');
INSERT INTO public.event VALUES (23, '2026-11-22 22:42:14.630856+00', 'ada', 'version.promoted', 1, 3, NULL, '', '{"stage": "experiment", "environment": "default"}', '{"stage": "staging", "environment": "default"}');
INSERT INTO public.event VALUES (24, '2026-11-22 22:42:14.748655+00', 'ada', 'version.refused', 1, 3, NULL, 'hope', '{"stage": "staging", "environment": "default"}', '{"stage": "staging", "environment": "default", "refused": "production", "gates": [{"gate": "better-than-production", "outcome": "failed", "measured": "-1.33133 to -0.89858", "bound": "lower end of the improvement > 0", "reason": "rmse 1.43343 against 0.29491 of mower@2 on data/new.csv: improvement -1.33133 to -0.89858 (95 %, 100 resamples of 60 rows)"}]}');
INSERT INTO public.event VALUES (25, '2026-11-22 22:42:16.863378+00', 'ada', 'version.reproduced', 1, 2, NULL, '', 'null', '{"verdict": "identical", "first_different_stage": null, "differences": [], "outputs": 6, "duration_s": 1.8894693060065038}');
INSERT INTO public.event VALUES (26, '2026-11-22 22:42:17.271056+00', 'ada', 'version.described', 1, 2, NULL, '', '{"description": ""}', '{"description": "a first text"}');
INSERT INTO public.event VALUES (27, '2026-11-22 22:42:17.326312+00', 'ada', 'version.described', 1, 2, NULL, '', '{"description": "a first text"}', '{"description": "zwei M\u00e4her, \u4e8c"}');
INSERT INTO public.event VALUES (28, '2026-11-22 22:42:17.43245+00', 'ada', 'model.created', 2, NULL, NULL, '', 'null', '{"name": "trimmer"}');
INSERT INTO public.event VALUES (29, '2026-11-22 22:42:17.580048+00', 'ada', 'version.registered', 2, 4, 5, '', 'null', '{"number": 1, "semantic_version": "v1.0.0", "stage": "experiment", "commit": "7b2ecc4891c2f0a7c978357f35e1c40e54563b97", "sha256": "cd36b49d7b2a8b5e4e13663cb54c5e1338c17b7d3af1c506fb3842bd08291822", "tags": {}, "description": ""}');
INSERT INTO public.event VALUES (30, '2026-11-22 22:42:17.797117+00', 'ada', 'version.registered', 2, 5, 6, '', 'null', '{"number": 2, "semantic_version": "v1.1.0", "stage": "experiment", "commit": "784eaf4ae3c8f5d6017dd4c5118bea60842925dd", "sha256": "97e2521720cb4b3821c7ed9df7dbca7a63e04b42ba05ffe3e15dc992f227ae36", "tags": {}, "description": ""}');
INSERT INTO public.event VALUES (31, '2026-11-22 22:42:18.255549+00', 'ada', 'version.registered', 2, 6, 7, '', 'null', '{"number": 3, "semantic_version": "v1.2.0", "stage": "experiment", "commit": "0575adf4d477ef41576159d99539eb514eb90e6e", "sha256": "a63f0dfe98cc2a03a21873a3ab0d209eae44045e3810b79a104d42783e2ca194", "tags": {}, "description": ""}');
INSERT INTO public.event VALUES (32, '2026-11-22 22:42:18.500632+00', 'ada', 'version.registered', 2, 7, 8, '', 'null', '{"number": 4, "semantic_version": "v1.3.0", "stage": "experiment", "commit": "85cfcae03a0cb01381f5bf298ec82aab940728a8", "sha256": "47b98be17c1c80f2a85cd3013c745ec8379b9b591b103c675169996da479f7dd", "tags": {}, "description": ""}');
INSERT INTO public.event VALUES (33, '2026-11-22 22:42:18.71256+00', 'ada', 'version.promoted', 2, 4, NULL, '', '{"stage": "experiment", "environment": "default"}', '{"stage": "staging", "environment": "default"}');
INSERT INTO public.event VALUES (34, '2026-11-22 22:42:18.845696+00', 'ada', 'version.promoted', 2, 4, NULL, '', '{"stage": "staging", "environment": "default"}', '{"stage": "production", "environment": "default"}');
INSERT INTO public.event VALUES (35, '2026-11-22 22:42:18.845696+00', 'ada', 'alias.moved', 2, 4, NULL, 'follows production', '{"alias": "champion", "version": null}', '{"alias": "champion", "version": 1}');
INSERT INTO public.event VALUES (36, '2026-11-22 22:42:19.000649+00', 'ada', 'version.promoted', 2, 5, NULL, '', '{"stage": "experiment", "environment": "default"}', '{"stage": "staging", "environment": "default"}');
INSERT INTO public.event VALUES (37, '2026-11-22 22:42:19.166839+00', 'ada', 'version.displaced', 2, 4, NULL, 'displaced by trimmer@2', '{"stage": "production", "environment": "default"}', '{"stage": "experiment", "environment": "default"}');
INSERT INTO public.event VALUES (38, '2026-11-22 22:42:19.166839+00', 'ada', 'version.promoted', 2, 5, NULL, '', '{"stage": "staging", "environment": "default"}', '{"stage": "production", "environment": "default"}');
INSERT INTO public.event VALUES (39, '2026-11-22 22:42:19.166839+00', 'ada', 'alias.moved', 2, 5, NULL, 'follows production', '{"alias": "champion", "version": 1}', '{"alias": "champion", "version": 2}');
INSERT INTO public.event VALUES (40, '2026-11-22 22:42:19.453293+00', 'ada', 'version.displaced', 2, 5, NULL, 'rolled back to trimmer@1', '{"stage": "production", "environment": "default"}', '{"stage": "experiment", "environment": "default"}');
INSERT INTO public.event VALUES (41, '2026-11-22 22:42:19.453293+00', 'ada', 'version.rolled_back', 2, 4, NULL, 'two was loud', '{"stage": "experiment", "environment": "default"}', '{"stage": "production", "environment": "default"}');
INSERT INTO public.event VALUES (42, '2026-11-22 22:42:19.453293+00', 'ada', 'alias.moved', 2, 4, NULL, 'follows production', '{"alias": "champion", "version": 2}', '{"alias": "champion", "version": 1}');
INSERT INTO public.event VALUES (43, '2026-11-22 22:42:19.542256+00', 'ada', 'version.promoted', 2, 5, NULL, '', '{"stage": "experiment", "environment": "eu"}', '{"stage": "staging", "environment": "eu"}');
INSERT INTO public.event VALUES (44, '2026-11-22 22:42:19.638961+00', 'ada', 'version.archived', 2, 6, NULL, 'old', '{"stage": "experiment", "environment": "default"}', '{"stage": "archived", "environment": "default"}');
INSERT INTO public.event VALUES (45, '2026-11-22 22:42:19.701867+00', 'ada', 'version.restored', 2, 6, NULL, 'not so old', '{"stage": "archived", "environment": "default"}', '{"stage": "experiment", "environment": "default"}');
INSERT INTO public.event VALUES (46, '2026-11-22 22:42:19.778167+00', 'ada', 'version.archived', 2, 6, NULL, '', '{"stage": "experiment", "environment": "default"}', '{"stage": "archived", "environment": "default"}');
INSERT INTO public.event VALUES (47, '2026-11-22 22:42:19.870488+00', 'ada', 'alias.moved', 2, 4, NULL, '', '{"alias": "challenger", "version": null}', '{"alias": "challenger", "version": 1}');
INSERT INTO public.event VALUES (48, '2026-11-22 22:42:19.913306+00', 'ada', 'alias.moved', 2, 5, NULL, '', '{"alias": "challenger", "version": 1}', '{"alias": "challenger", "version": 2}');
INSERT INTO public.event VALUES (49, '2026-11-22 22:42:19.958587+00', 'ada', 'alias.moved', 2, 7, NULL, '', '{"alias": "trial", "version": null}', '{"alias": "trial", "version": 4}');
INSERT INTO public.event VALUES (50, '2026-11-22 22:42:19.999869+00', 'ada', 'alias.removed', 2, 7, NULL, 'tried', '{"alias": "trial", "version": 4}', 'null');
INSERT INTO public.event VALUES (51, '2026-11-22 22:42:20.033786+00', 'ada', 'run.compared', 2, NULL, 8, '', 'null', '{"run": "9e8ce7c6-43ce-4266-9306-18e06a2c0c6f", "incumbent": "trimmer@1", "incumbent_uuid": "a70a99d7-929c-46a2-95c2-7faae50055d9", "holdout": "data.csv", "holdout_sha256": "0000000000000000000000000000000000000000000000000000000000000000", "metric": "auc", "higher_is_better": true, "bootstrap": {"candidate": 0.8, "incumbent": 0.7, "difference": 0.02, "low": 0.01, "high": 0.03, "confidence": 0.95, "resamples": 1000, "seed": 0, "rows": 10}, "at": "2026-11-22T22:42:20.033786Z", "by": "ada"}');
INSERT INTO public.event VALUES (52, '2026-11-22 22:42:20.052833+00', 'ada', 'version.reproduced', 2, 7, NULL, '', 'null', '{"verdict": "equivalent", "first_different_stage": null, "differences": [], "outputs": 1, "duration_s": 1.0}');
INSERT INTO public.event VALUES (53, '2026-11-22 22:42:20.097714+00', 'ada', 'run.failed', 2, NULL, 9, '', 'null', '{"failure": "StageFailed: no petrol"}');
INSERT INTO public.event VALUES (54, '2026-11-22 22:42:20.434503+00', 'ada', 'version.confirmed', 2, 7, 12, '', 'null', '{"confirmed_at": "2026-11-22T22:42:20.434503+00:00"}');
INSERT INTO public.event VALUES (55, '2026-11-22 22:42:20.547535+00', 'ada', 'model.created', 3, NULL, NULL, '', 'null', '{"name": "edger"}');
INSERT INTO public.event VALUES (56, '2026-11-22 22:42:20.547535+00', 'ada', 'version.registered', 3, 8, 13, '', 'null', '{"number": 1, "semantic_version": "v1.0.0", "stage": "experiment", "commit": null, "sha256": "381adba472d686d3e056b6bb4a7e78117e87ed7d4386799c4d3533734641e670", "tags": {"from": "a drawer"}, "description": "found"}');
INSERT INTO public.event VALUES (57, '2026-11-22 22:42:20.635008+00', 'ada', 'version.registered', 3, 9, 14, '', 'null', '{"number": 2, "semantic_version": "v1.0.1", "stage": "experiment", "commit": null, "sha256": "043738d0d525537e6321b9509e244ceb99cccec77a93e5ac93b0960baefb0a8a", "tags": {"from": "a drawer"}, "description": "found"}');
INSERT INTO public.event VALUES (58, '2026-11-22 22:42:20.75135+00', 'ada', 'version.registered', 3, 10, 15, '', 'null', '{"number": 3, "semantic_version": "v1.1.0", "stage": "experiment", "commit": null, "sha256": "708d1bfb98560065deec58b98a0d0f0f018aab786b9c18f0cd742ac96eb854b0", "tags": {}, "description": ""}');
INSERT INTO public.event VALUES (59, '2026-11-22 22:42:20.857454+00', 'ada', 'version.deleted', 3, 10, NULL, 'not ours', '{"stages": {"default": "experiment"}, "deleted": false}', '{"stages": {"default": "experiment"}, "deleted": true}');
INSERT INTO public.event VALUES (60, '2026-11-22 22:42:20.930936+00', 'ada', 'version.held', 1, 1, NULL, 'asked for', '{"held": false}', '{"held": true}');
INSERT INTO public.event VALUES (61, '2026-11-22 22:42:20.981352+00', 'ada', 'version.held', 1, 2, NULL, 'asked for', '{"held": false}', '{"held": true}');
INSERT INTO public.event VALUES (62, '2026-11-22 22:42:21.036775+00', 'ada', 'version.released', 1, 1, NULL, 'no more', '{"held": true}', '{"held": false}');
INSERT INTO public.event VALUES (63, '2026-11-22 22:42:21.091827+00', 'bob', 'version.archived', 2, 7, NULL, 'from the road', '{"stage": "experiment", "environment": "default"}', '{"stage": "archived", "environment": "default"}');
INSERT INTO public.experiment VALUES (1, 'default');
INSERT INTO public.experiment VALUES (2, 'files');
INSERT INTO public.hold VALUES (2, 'asked for', '2026-11-22 22:42:20.981352+00', 'ada');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/old.csv@e018195129362c1d657e163cd019ace2', 'run', 'f2f7c293-d614-4f78-b8ad-bb43e7d2a294', 'train');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/new.csv@00299f0a188e622761a48a6890c96289', 'run', 'f2f7c293-d614-4f78-b8ad-bb43e7d2a294', 'evaluate');
INSERT INTO public.lineage_edge VALUES ('run', 'f2f7c293-d614-4f78-b8ad-bb43e7d2a294', 'version', 'mower@1', '');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/old.csv@e018195129362c1d657e163cd019ace2', 'run', '0642ad62-b0fc-4bcb-91e6-3ac1edfe99e3', 'train');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/new.csv@00299f0a188e622761a48a6890c96289', 'run', '0642ad62-b0fc-4bcb-91e6-3ac1edfe99e3', 'evaluate');
INSERT INTO public.lineage_edge VALUES ('run', '0642ad62-b0fc-4bcb-91e6-3ac1edfe99e3', 'version', 'mower@2', '');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/old.csv@e018195129362c1d657e163cd019ace2', 'run', 'b7db0236-9e51-4007-a7c0-2889a5369ee2', 'train');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/new.csv@00299f0a188e622761a48a6890c96289', 'run', 'b7db0236-9e51-4007-a7c0-2889a5369ee2', 'evaluate');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/old.csv@e018195129362c1d657e163cd019ace2', 'run', '20a9dc3d-82de-4736-9745-720520bcd7e9', 'train');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/new.csv@00299f0a188e622761a48a6890c96289', 'run', '20a9dc3d-82de-4736-9745-720520bcd7e9', 'evaluate');
INSERT INTO public.lineage_edge VALUES ('run', '20a9dc3d-82de-4736-9745-720520bcd7e9', 'version', 'mower@3', '');
INSERT INTO public.lineage_edge VALUES ('run', '16b216c5-4ce8-4c18-bd89-03b2e290b665', 'version', 'trimmer@1', '');
INSERT INTO public.lineage_edge VALUES ('run', '6f22b954-70dd-42f4-acc7-4ef4f519ed35', 'version', 'trimmer@2', '');
INSERT INTO public.lineage_edge VALUES ('run', 'de24e26e-0a67-4a3a-aaa8-ce78e039888a', 'version', 'trimmer@3', '');
INSERT INTO public.lineage_edge VALUES ('run', '9e8ce7c6-43ce-4266-9306-18e06a2c0c6f', 'version', 'trimmer@4', '');
INSERT INTO public.lineage_edge VALUES ('run', '5d10e41d-118d-4da4-889a-63c58987abcc', 'version', 'edger@1', '');
INSERT INTO public.lineage_edge VALUES ('run', 'a80fb1d8-1c9f-4f63-bf23-725dde78d3d3', 'version', 'edger@2', '');
INSERT INTO public.lineage_edge VALUES ('run', '5174cbac-f829-41a8-b123-afa6a66b0286', 'version', 'edger@3', '');
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
INSERT INTO public.model VALUES (1, 'mower', 'ada', '', '2026-11-22 22:41:58.312568+00', '2026-11-22 22:42:14+00');
INSERT INTO public.model VALUES (3, 'edger', 'ada', '', '2026-11-22 22:42:20.547535+00', NULL);
INSERT INTO public.model VALUES (2, 'trimmer', 'ada', '', '2026-11-22 22:42:17.43245+00', '2026-11-22 22:42:34+00');
INSERT INTO public.outbox VALUES (29, 'c7daca5bcb653450d745c2b8769fb27574802460', '{"name": "trimmer#archived#63", "commit": "85cfcae03a0cb01381f5bf298ec82aab940728a8", "message": "trimmer@4 enters archived", "author": "bob", "at": "2026-11-22T22:42:34Z"}');
INSERT INTO public.parameter VALUES (1, 'data.seed', '1');
INSERT INTO public.parameter VALUES (1, 'mower.slope', '1.0');
INSERT INTO public.parameter VALUES (2, 'data.seed', '1');
INSERT INTO public.parameter VALUES (2, 'mower.slope', '2.0');
INSERT INTO public.parameter VALUES (3, 'data.seed', '1');
INSERT INTO public.parameter VALUES (3, 'mower.slope', '2.0');
INSERT INTO public.parameter VALUES (4, 'data.seed', '1');
INSERT INTO public.parameter VALUES (4, 'mower.slope', '-3.0');
INSERT INTO public.parameter VALUES (5, 'trees', '1');
INSERT INTO public.parameter VALUES (6, 'trees', '2');
INSERT INTO public.parameter VALUES (7, 'trees', '3');
INSERT INTO public.parameter VALUES (8, 'trees', '4');
INSERT INTO public.parameter VALUES (11, 'trees', '3');
INSERT INTO public.parameter VALUES (12, 'trees', '4');
INSERT INTO public.parameter VALUES (13, 'teeth', '7');
INSERT INTO public.parameter VALUES (13, 'shape', '{"round": true, "ratio": 0.1}');
INSERT INTO public.parameter VALUES (14, 'teeth', '7');
INSERT INTO public.parameter VALUES (14, 'shape', '{"round": true, "ratio": 0.1}');
INSERT INTO public.promotion_attempt VALUES (1, 1, 'experiment', 'staging', 'default', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "8d257ecddf7b05202b44d5de3b29e08ef81cf8ed"}', '[{"gate": "metric rmse", "outcome": "passed", "measured": "0.405997", "bound": "<= 10", "reason": "rmse is 0.405997"}]', '2026-11-22 22:42:02.999737+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (2, 1, 'staging', 'production', 'default', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "8d257ecddf7b05202b44d5de3b29e08ef81cf8ed"}', '[{"gate": "better-than-production", "outcome": "passed", "measured": "no incumbent", "bound": "lower end of the improvement > 0", "reason": "nobody is in production yet"}]', '2026-11-22 22:42:03.287473+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (3, 2, 'experiment', 'staging', 'default', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "ed7cfeba88f261230c7ab3cb9c01b822cc6f84b3"}', '[{"gate": "metric rmse", "outcome": "passed", "measured": "0.294912", "bound": "<= 10", "reason": "rmse is 0.294912"}]', '2026-11-22 22:42:07.677579+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (4, 2, 'staging', 'production', 'default', 1, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "ed7cfeba88f261230c7ab3cb9c01b822cc6f84b3"}', '[{"gate": "better-than-production", "outcome": "passed", "measured": "+0.04512 to +0.16605", "bound": "lower end of the improvement > 0", "reason": "rmse 0.29491 against 0.40600 of mower@1 on data/new.csv: improvement +0.04512 to +0.16605 (95 %, 100 resamples of 60 rows)"}]', '2026-11-22 22:42:07.940208+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (5, 3, 'experiment', 'staging', 'default', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "ed7cfeba88f261230c7ab3cb9c01b822cc6f84b3"}', '[{"gate": "metric rmse", "outcome": "passed", "measured": "1.43343", "bound": "<= 10", "reason": "rmse is 1.43343"}]', '2026-11-22 22:42:14.630856+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (6, 3, 'staging', 'production', 'default', 2, false, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "ed7cfeba88f261230c7ab3cb9c01b822cc6f84b3"}', '[{"gate": "better-than-production", "outcome": "failed", "measured": "-1.33133 to -0.89858", "bound": "lower end of the improvement > 0", "reason": "rmse 1.43343 against 0.29491 of mower@2 on data/new.csv: improvement -1.33133 to -0.89858 (95 %, 100 resamples of 60 rows)"}]', '2026-11-22 22:42:14.748655+00', 'ada', 'hope');
INSERT INTO public.promotion_attempt VALUES (7, 4, 'experiment', 'staging', 'default', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "e2813fca9d177e80ec267ba68adbc28de7f33f18"}', '[]', '2026-11-22 22:42:18.71256+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (8, 4, 'staging', 'production', 'default', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "e2813fca9d177e80ec267ba68adbc28de7f33f18"}', '[{"gate": "metric rmse", "outcome": "passed", "measured": "0.1", "bound": "<= 10", "reason": "rmse is 0.1"}]', '2026-11-22 22:42:18.845696+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (9, 5, 'experiment', 'staging', 'default', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "e2813fca9d177e80ec267ba68adbc28de7f33f18"}', '[]', '2026-11-22 22:42:19.000649+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (10, 5, 'staging', 'production', 'default', 4, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "e2813fca9d177e80ec267ba68adbc28de7f33f18"}', '[{"gate": "metric rmse", "outcome": "passed", "measured": "0.2", "bound": "<= 10", "reason": "rmse is 0.2"}]', '2026-11-22 22:42:19.166839+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (11, 5, 'experiment', 'staging', 'eu', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "e2813fca9d177e80ec267ba68adbc28de7f33f18"}', '[]', '2026-11-22 22:42:19.542256+00', 'ada', '');
INSERT INTO public.reproduction VALUES (1, 2, 'identical', NULL, '[]', 6, 1.8894693060065038, '2026-11-22 22:42:16.863413+00', 'ada');
INSERT INTO public.reproduction VALUES (2, 7, 'equivalent', NULL, '[]', 1, 1, '2026-11-22 22:42:20.052833+00', 'ada');
INSERT INTO public.request VALUES ('once', 'RegisterFile', '1ba4f483e94945b3a907602fe328a1c21e19bd29c41ab5e8f6f8410c8fa2cdfc', '{"version":{"uuid":"6cab905d-41be-4c55-b70f-deca46ae190f","model":"edger","number":3,"semantic_version":"v1.1.0","stages":{"default":"experiment"},"aliases":[],"run":"5174cbac-f829-41a8-b123-afa6a66b0286","commit":null,"model_path":"edger.bin","model_format":"file","sha256":"708d1bfb98560065deec58b98a0d0f0f018aab786b9c18f0cd742ac96eb854b0","md5":"96b0d145956f9afd17eea05645520906","size_bytes":7,"grade":"F","created_at":"2026-11-22T22:42:20.751350Z","created_by":"ada","deleted":false},"created":true,"attempted":[],"bump":"minor","reasons":["parameter: shape","parameter: teeth"]}', '2026-11-22 22:42:20.75135+00', 'ada');
INSERT INTO public.run VALUES (1, 'f2f7c293-d614-4f78-b8ad-bb43e7d2a294', 1, 1, 'finished', 'project', 'c7daca5bcb653450d745c2b8769fb27574802460', '8d257ecddf7b05202b44d5de3b29e08ef81cf8ed', '[]', NULL, '2026-11-22 22:41:58.312568+00', 'ada', '2026-11-22 22:42:02.3646+00', NULL, '18554b13e059b1067ab447f74eb5649c2b51051c', '{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": 1.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}', '4d5a8cf55829280c3ad964be6c568ab25488082003bcefde66afca1b76d4ce86', 'aa4a286c90c38149df2e171808707c11e62fd4183b82fe4e666c98b0917bf95f', 1, '{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}', 'model/model.json', 'json', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 3.404137516001356, 0.936626, 83402752);
INSERT INTO public.run VALUES (2, '0642ad62-b0fc-4bcb-91e6-3ac1edfe99e3', 1, 1, 'finished', 'project', 'c7daca5bcb653450d745c2b8769fb27574802460', 'ed7cfeba88f261230c7ab3cb9c01b822cc6f84b3', '[]', NULL, '2026-11-22 22:42:03.645181+00', 'ada', '2026-11-22 22:42:06.341678+00', NULL, '655c2db4fbb0d57c747e56156b4eb176fdae1bb4', '{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": 2.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}', 'd746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577', 'cfc97aa5a237ca13ad8fdb7cb11efa04d4b25bdc5d6ac287777895ebc8eb8376', 1, '{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}', 'model/model.json', 'json', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 2.352827435002837, 1.001052, 84447232);
INSERT INTO public.run VALUES (3, 'b7db0236-9e51-4007-a7c0-2889a5369ee2', 1, 1, 'finished', 'project', 'c7daca5bcb653450d745c2b8769fb27574802460', 'ed7cfeba88f261230c7ab3cb9c01b822cc6f84b3', '[]', NULL, '2026-11-22 22:42:08.367001+00', 'ada', '2026-11-22 22:42:10.910783+00', NULL, 'a54e9ac4fd6a702e7cb0efbd73efc490c8c4b1f4', '{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": 2.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}', 'd746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577', 'cfc97aa5a237ca13ad8fdb7cb11efa04d4b25bdc5d6ac287777895ebc8eb8376', 1, '{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}', 'model/model.json', 'json', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 2.350875789998099, 0.904581, 104075264);
INSERT INTO public.run VALUES (4, '20a9dc3d-82de-4736-9745-720520bcd7e9', 1, 1, 'finished', 'project', 'c7daca5bcb653450d745c2b8769fb27574802460', 'ed7cfeba88f261230c7ab3cb9c01b822cc6f84b3', '[]', NULL, '2026-11-22 22:42:11.242569+00', 'ada', '2026-11-22 22:42:13.548617+00', NULL, '5ad04e9b5d86e23c4ea92851c3c1c0befd93bf45', '{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": -3.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}', '76922c2cf8c3edd92150db0e96db7908290d1a9e8bfd2e1428b2aee6dffc522d', '899861eea4f77d020f71046ad7e6c993ab3690a7a181332891e48c05eec9df4b', 1, '{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}', 'model/model.json', 'json', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 1.9875040640035877, 0.952016, 104992768);
INSERT INTO public.run VALUES (5, '16b216c5-4ce8-4c18-bd89-03b2e290b665', 2, 1, 'finished', 'project', 'c7daca5bcb653450d745c2b8769fb27574802460', 'ed7cfeba88f261230c7ab3cb9c01b822cc6f84b3', '[]', NULL, '2026-11-22 22:42:17.43245+00', 'ada', '2026-11-22 22:42:17.530763+00', NULL, '7b2ecc4891c2f0a7c978357f35e1c40e54563b97', '{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 1}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}', '49ec77b16731963390a5d6541973fe9ca7164dfa66ad779cc4f86bb4c2565e3b', '96d63e6fd5ca358acf48a1a9792d48dd0c2f476fa04af046c16f0164c14d3524', 2, '{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}', 'model.bin', 'file', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 1, 1, 1);
INSERT INTO public.run VALUES (6, '6f22b954-70dd-42f4-acc7-4ef4f519ed35', 2, 1, 'finished', 'project', 'c7daca5bcb653450d745c2b8769fb27574802460', 'ed7cfeba88f261230c7ab3cb9c01b822cc6f84b3', '[]', NULL, '2026-11-22 22:42:17.719216+00', 'ada', '2026-11-22 22:42:17.772949+00', NULL, '784eaf4ae3c8f5d6017dd4c5118bea60842925dd', '{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 2}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}', 'e59ae983d461a65a27561f698c6cedc572829b8557e53d5ec3cd09769b5e05ed', 'cda78dd8a13c5f35f89f388c4fa2d147b86bac81e1c2c4466683afe5261e3149', 2, '{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}', 'model.bin', 'file', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 1, 1, 1);
INSERT INTO public.run VALUES (7, 'de24e26e-0a67-4a3a-aaa8-ce78e039888a', 2, 1, 'finished', 'project', 'c7daca5bcb653450d745c2b8769fb27574802460', 'ed7cfeba88f261230c7ab3cb9c01b822cc6f84b3', '[]', NULL, '2026-11-22 22:42:18.149757+00', 'ada', '2026-11-22 22:42:18.218903+00', NULL, '0575adf4d477ef41576159d99539eb514eb90e6e', '{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 3}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}', '43cdb6d9614b4cea985ece02e84fba90481036d3afefc1de968227b7438bd174', 'f6cfc11915a3c1b14e363be092c4cb3d50ed8c0ff72999212f128cd184818838', 2, '{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}', 'model.bin', 'file', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 1, 1, 1);
INSERT INTO public.run VALUES (8, '9e8ce7c6-43ce-4266-9306-18e06a2c0c6f', 2, 1, 'finished', 'project', 'c7daca5bcb653450d745c2b8769fb27574802460', 'ed7cfeba88f261230c7ab3cb9c01b822cc6f84b3', '[]', NULL, '2026-11-22 22:42:18.4243+00', 'ada', '2026-11-22 22:42:18.476431+00', NULL, '85cfcae03a0cb01381f5bf298ec82aab940728a8', '{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 4}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}', '811b2e4c886396474a11b22f196e19b4d2803611401385b3320101bee3225c08', 'f80acf1b4098b003553838abf4196aa1d3c82ff16f9b91c15d59d2b02b77821d', 2, '{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}', 'model.bin', 'file', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 1, 1, 1);
INSERT INTO public.run VALUES (9, '8bf520ea-cd76-4e23-a81f-47100f94e8b7', 2, 1, 'failed', 'project', 'c7daca5bcb653450d745c2b8769fb27574802460', 'e2813fca9d177e80ec267ba68adbc28de7f33f18', '[]', NULL, '2026-11-22 22:42:20.087452+00', 'ada', '2026-11-22 22:42:20.097714+00', 'StageFailed: no petrol', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.run VALUES (10, 'dc42dc35-3810-44bc-bb34-ab93c445c6db', 2, 1, 'running', 'project', 'c7daca5bcb653450d745c2b8769fb27574802460', 'e2813fca9d177e80ec267ba68adbc28de7f33f18', '["train.py"]', NULL, '2026-11-22 22:42:20.202216+00', 'ada', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.run VALUES (11, '9dbdc872-580f-40c0-ae14-f0ba974262fd', 2, 1, 'finished', 'project', 'c7daca5bcb653450d745c2b8769fb27574802460', 'e2813fca9d177e80ec267ba68adbc28de7f33f18', '[]', NULL, '2026-11-22 22:42:20.224981+00', 'ada', '2026-11-22 22:42:20.309701+00', NULL, 'e059d5ae0019efeac8f4770ba1077c2827f9d2be', '{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 3}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}', '43cdb6d9614b4cea985ece02e84fba90481036d3afefc1de968227b7438bd174', 'fca1543bdea33cf9dc28564b610cc839818a55dcaabe522c96e3e97eace7cec4', 2, '{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}', 'model.bin', 'file', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 1, 1, 1);
INSERT INTO public.run VALUES (12, '8d687ed8-ac5a-4b0a-b74c-c3e2448b0e1f', 2, 1, 'finished', 'project', 'c7daca5bcb653450d745c2b8769fb27574802460', 'e2813fca9d177e80ec267ba68adbc28de7f33f18', '[]', NULL, '2026-11-22 22:42:20.340324+00', 'ada', '2026-11-22 22:42:20.402277+00', NULL, '11c021f0ea4b2b47635671205ba37818dfe735d2', '{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 4}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}', '811b2e4c886396474a11b22f196e19b4d2803611401385b3320101bee3225c08', 'f80acf1b4098b003553838abf4196aa1d3c82ff16f9b91c15d59d2b02b77821d', 2, '{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}', 'model.bin', 'file', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 1, 1, 1);
INSERT INTO public.run VALUES (13, '5d10e41d-118d-4da4-889a-63c58987abcc', 3, 2, 'finished', 'c7daca5bcb653450d745c2b8769fb27574802460', 'c7daca5bcb653450d745c2b8769fb27574802460', NULL, '[]', NULL, '2026-11-22 22:42:20.547535+00', 'ada', '2026-11-22 22:42:20.547535+00', NULL, NULL, '{"code": {}, "commands": {}, "resolved": "", "parameters": {"teeth": 7, "shape": {"round": true, "ratio": 0.1}}, "data": {}, "environment": "e5fdc7146b5dc4c9b68c145e75ae016b54eaa73f37d0eeefe459bf2e05f9a134"}', 'a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808', 'c3046d3b18ceb901ad9a8f37771387d6461e76f4efdc583ce5c3e337551fb8cc', 3, '{}', 'edger.bin', 'file', 'null', 0, 0, 0);
INSERT INTO public.run VALUES (14, 'a80fb1d8-1c9f-4f63-bf23-725dde78d3d3', 3, 2, 'finished', 'c7daca5bcb653450d745c2b8769fb27574802460', 'c7daca5bcb653450d745c2b8769fb27574802460', NULL, '[]', NULL, '2026-11-22 22:42:20.635008+00', 'ada', '2026-11-22 22:42:20.635008+00', NULL, NULL, '{"code": {}, "commands": {}, "resolved": "", "parameters": {"teeth": 7, "shape": {"round": true, "ratio": 0.1}}, "data": {}, "environment": "e5fdc7146b5dc4c9b68c145e75ae016b54eaa73f37d0eeefe459bf2e05f9a134"}', 'a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808', '79bcd2aeadf86c4c39d7ce4a0630a8b03f7dab188f304a92d7d3b42761ac762b', 3, '{}', 'edger.bin', 'file', 'null', 0, 0, 0);
INSERT INTO public.run VALUES (15, '5174cbac-f829-41a8-b123-afa6a66b0286', 3, 2, 'finished', 'c7daca5bcb653450d745c2b8769fb27574802460', 'c7daca5bcb653450d745c2b8769fb27574802460', NULL, '[]', NULL, '2026-11-22 22:42:20.75135+00', 'ada', '2026-11-22 22:42:20.75135+00', NULL, NULL, '{"code": {}, "commands": {}, "resolved": "", "parameters": {}, "data": {}, "environment": "e5fdc7146b5dc4c9b68c145e75ae016b54eaa73f37d0eeefe459bf2e05f9a134"}', 'ae6a3c55415b11586b61024ea23f2f6f14b5ab07239fd2cae77599c861f621b0', '8b5658a690bad6a054cada95b5159f92094f9872cd1b170b4399ac28ab121110', 3, '{}', 'edger.bin', 'file', 'null', 0, 0, 0);
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
INSERT INTO public.tombstone VALUES (10, 'not ours', '2026-11-22 22:42:20.857454+00', 'ada');
INSERT INTO public.version VALUES (1, '9a3195e7-841f-49b6-bb8f-d2277a9897b6', 1, 1, 1, 0, 0, 'first', '["the first version"]', NULL, NULL, 1, 'project', 'c7daca5bcb653450d745c2b8769fb27574802460', '18554b13e059b1067ab447f74eb5649c2b51051c', '4d5a8cf55829280c3ad964be6c568ab25488082003bcefde66afca1b76d4ce86', 'aa4a286c90c38149df2e171808707c11e62fd4183b82fe4e666c98b0917bf95f', 'model/model.json', 'json', 'fe4e9b4a15acfd1f3f4d49a2829b10fdd0af43c4fbcfdd35de044f1f52d81935', '43c1d61d32d08530b3edc9ed6b5c4d33', 42, 'B', '[]', '2026-11-22 22:42:02.649279+00', 'ada');
INSERT INTO public.version VALUES (2, '911d0511-acfd-4032-8323-5cc05d827a99', 1, 2, 1, 1, 0, 'minor', '["parameter: mower.slope"]', 1, NULL, 2, 'project', 'c7daca5bcb653450d745c2b8769fb27574802460', '655c2db4fbb0d57c747e56156b4eb176fdae1bb4', 'd746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577', 'cfc97aa5a237ca13ad8fdb7cb11efa04d4b25bdc5d6ac287777895ebc8eb8376', 'model/model.json', 'json', 'b9f6617bf21326d7b1d4ffca3b2d6ab852adeaef3ecd74714ab81eb5c8b5a004', '3b75b8ccd8e34fd49487dfe2a4fe1677', 42, 'B', '[]', '2026-11-22 22:42:06.496346+00', 'ada');
INSERT INTO public.version VALUES (3, '74dcf3af-9cbd-4a24-a78b-bb893f824632', 1, 3, 1, 2, 0, 'minor', '["parameter: mower.slope"]', 2, NULL, 4, 'project', 'c7daca5bcb653450d745c2b8769fb27574802460', '5ad04e9b5d86e23c4ea92851c3c1c0befd93bf45', '76922c2cf8c3edd92150db0e96db7908290d1a9e8bfd2e1428b2aee6dffc522d', '899861eea4f77d020f71046ad7e6c993ab3690a7a181332891e48c05eec9df4b', 'model/model.json', 'json', '5b602f24a67cf12da0431dad441c16049601945205086f36d97f31928a064911', 'a8018723c1dc388eb0d6603f54e75934', 43, 'B', '[]', '2026-11-22 22:42:13.717034+00', 'ada');
INSERT INTO public.version VALUES (4, 'a70a99d7-929c-46a2-95c2-7faae50055d9', 2, 1, 1, 0, 0, 'first', '["the first version"]', NULL, NULL, 5, 'project', 'c7daca5bcb653450d745c2b8769fb27574802460', '7b2ecc4891c2f0a7c978357f35e1c40e54563b97', '49ec77b16731963390a5d6541973fe9ca7164dfa66ad779cc4f86bb4c2565e3b', '96d63e6fd5ca358acf48a1a9792d48dd0c2f476fa04af046c16f0164c14d3524', 'model.bin', 'file', 'cd36b49d7b2a8b5e4e13663cb54c5e1338c17b7d3af1c506fb3842bd08291822', '8a72de2cdf595608905699e2d725a9c0', 7, 'B', '[]', '2026-11-22 22:42:17.580048+00', 'ada');
INSERT INTO public.version VALUES (5, '25863e36-7376-4ce5-ae90-055d0897c533', 2, 2, 1, 1, 0, 'minor', '["parameter: trees"]', 4, NULL, 6, 'project', 'c7daca5bcb653450d745c2b8769fb27574802460', '784eaf4ae3c8f5d6017dd4c5118bea60842925dd', 'e59ae983d461a65a27561f698c6cedc572829b8557e53d5ec3cd09769b5e05ed', 'cda78dd8a13c5f35f89f388c4fa2d147b86bac81e1c2c4466683afe5261e3149', 'model.bin', 'file', '97e2521720cb4b3821c7ed9df7dbca7a63e04b42ba05ffe3e15dc992f227ae36', 'a7558513f2cb497034e995ce9813430d', 7, 'B', '[]', '2026-11-22 22:42:17.797117+00', 'ada');
INSERT INTO public.version VALUES (6, '797bb78f-ca5f-4d6f-b1f6-38430bdf8372', 2, 3, 1, 2, 0, 'minor', '["parameter: trees"]', 5, NULL, 7, 'project', 'c7daca5bcb653450d745c2b8769fb27574802460', '0575adf4d477ef41576159d99539eb514eb90e6e', '43cdb6d9614b4cea985ece02e84fba90481036d3afefc1de968227b7438bd174', 'f6cfc11915a3c1b14e363be092c4cb3d50ed8c0ff72999212f128cd184818838', 'model.bin', 'file', 'a63f0dfe98cc2a03a21873a3ab0d209eae44045e3810b79a104d42783e2ca194', '31b9bbb7094fe62ab2ae88960e6d6939', 7, 'B', '[]', '2026-11-22 22:42:18.255549+00', 'ada');
INSERT INTO public.version VALUES (7, '9c25a821-7706-4e90-9b98-e87af479f2cd', 2, 4, 1, 3, 0, 'minor', '["parameter: trees"]', 6, NULL, 8, 'project', 'c7daca5bcb653450d745c2b8769fb27574802460', '85cfcae03a0cb01381f5bf298ec82aab940728a8', '811b2e4c886396474a11b22f196e19b4d2803611401385b3320101bee3225c08', 'f80acf1b4098b003553838abf4196aa1d3c82ff16f9b91c15d59d2b02b77821d', 'model.bin', 'file', '47b98be17c1c80f2a85cd3013c745ec8379b9b591b103c675169996da479f7dd', '28aa933e52ad610eace8712fd5577612', 7, 'B', '[]', '2026-11-22 22:42:18.500632+00', 'ada');
INSERT INTO public.version VALUES (8, 'dccb2381-2bac-4604-adb4-47eb94c7f12b', 3, 1, 1, 0, 0, 'first', '["the first version"]', NULL, NULL, 13, 'c7daca5bcb653450d745c2b8769fb27574802460', 'c7daca5bcb653450d745c2b8769fb27574802460', NULL, 'a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808', 'c3046d3b18ceb901ad9a8f37771387d6461e76f4efdc583ce5c3e337551fb8cc', 'edger.bin', 'file', '381adba472d686d3e056b6bb4a7e78117e87ed7d4386799c4d3533734641e670', '99181bf19a5620a7e679c9b61380a897', 7, 'F', '["registered without a Git commit and a DVC pipeline"]', '2026-11-22 22:42:20.547535+00', 'ada');
INSERT INTO public.version VALUES (9, 'e9e5f1e4-0e9e-48eb-8743-4c17265f7422', 3, 2, 1, 0, 1, 'patch', '["the same recipe gave other bytes"]', 8, 8, 14, 'c7daca5bcb653450d745c2b8769fb27574802460', 'c7daca5bcb653450d745c2b8769fb27574802460', NULL, 'a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808', '79bcd2aeadf86c4c39d7ce4a0630a8b03f7dab188f304a92d7d3b42761ac762b', 'edger.bin', 'file', '043738d0d525537e6321b9509e244ceb99cccec77a93e5ac93b0960baefb0a8a', '5ea558395e0bd60bf7a0fe90782d2fd2', 7, 'F', '["registered without a Git commit and a DVC pipeline"]', '2026-11-22 22:42:20.635008+00', 'ada');
INSERT INTO public.version VALUES (10, '6cab905d-41be-4c55-b70f-deca46ae190f', 3, 3, 1, 1, 0, 'minor', '["parameter: shape", "parameter: teeth"]', 9, NULL, 15, 'c7daca5bcb653450d745c2b8769fb27574802460', 'c7daca5bcb653450d745c2b8769fb27574802460', NULL, 'ae6a3c55415b11586b61024ea23f2f6f14b5ab07239fd2cae77599c861f621b0', '8b5658a690bad6a054cada95b5159f92094f9872cd1b170b4399ac28ab121110', 'edger.bin', 'file', '708d1bfb98560065deec58b98a0d0f0f018aab786b9c18f0cd742ac96eb854b0', '96b0d145956f9afd17eea05645520906', 7, 'F', '["registered without a Git commit and a DVC pipeline"]', '2026-11-22 22:42:20.75135+00', 'ada');
SELECT pg_catalog.setval('public.comparison_id_seq', 3, true);
SELECT pg_catalog.setval('public.dataset_id_seq', 2, true);
SELECT pg_catalog.setval('public.dataset_version_id_seq', 2, true);
SELECT pg_catalog.setval('public.environment_id_seq', 3, true);
SELECT pg_catalog.setval('public.event_sequence_seq', 63, true);
SELECT pg_catalog.setval('public.experiment_id_seq', 2, true);
SELECT pg_catalog.setval('public.model_id_seq', 3, true);
SELECT pg_catalog.setval('public.outbox_sequence_seq', 29, true);
SELECT pg_catalog.setval('public.promotion_attempt_id_seq', 11, true);
SELECT pg_catalog.setval('public.reproduction_id_seq', 2, true);
SELECT pg_catalog.setval('public.run_id_seq', 15, true);
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
ALTER TABLE ONLY public.dataset_use
    ADD CONSTRAINT pk_dataset_use PRIMARY KEY (run_id, dataset_version_id, stage);
ALTER TABLE ONLY public.dataset_version
    ADD CONSTRAINT pk_dataset_version PRIMARY KEY (id);
ALTER TABLE ONLY public.description
    ADD CONSTRAINT pk_description PRIMARY KEY (version_id);
ALTER TABLE ONLY public.environment
    ADD CONSTRAINT pk_environment PRIMARY KEY (id);
ALTER TABLE ONLY public.environment_package
    ADD CONSTRAINT pk_environment_package PRIMARY KEY (environment_id, name);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT pk_event PRIMARY KEY (sequence);
ALTER TABLE ONLY public.experiment
    ADD CONSTRAINT pk_experiment PRIMARY KEY (id);
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
ALTER TABLE ONLY public.moved
    ADD CONSTRAINT pk_moved PRIMARY KEY (url);
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
ALTER TABLE ONLY public.tag
    ADD CONSTRAINT pk_tag PRIMARY KEY (version_id, key);
ALTER TABLE ONLY public.tombstone
    ADD CONSTRAINT pk_tombstone PRIMARY KEY (version_id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT pk_version PRIMARY KEY (id);
ALTER TABLE ONLY public.dataset
    ADD CONSTRAINT uq_dataset_name UNIQUE (name);
ALTER TABLE ONLY public.dataset_version
    ADD CONSTRAINT uq_dataset_version_dataset_id_md5 UNIQUE (dataset_id, md5);
ALTER TABLE ONLY public.environment
    ADD CONSTRAINT uq_environment_digest UNIQUE (digest);
ALTER TABLE ONLY public.experiment
    ADD CONSTRAINT uq_experiment_name UNIQUE (name);
ALTER TABLE ONLY public.model
    ADD CONSTRAINT uq_model_name UNIQUE (name);
ALTER TABLE ONLY public.run
    ADD CONSTRAINT uq_run_uuid UNIQUE (uuid);
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
CREATE INDEX ix_alias_version_id ON public.alias USING btree (version_id);
CREATE INDEX ix_artifact_md5 ON public.artifact USING btree (md5);
CREATE INDEX ix_comparison_run_id_incumbent_id ON public.comparison USING btree (run_id, incumbent_id);
CREATE INDEX ix_dataset_use_dataset_version_id ON public.dataset_use USING btree (dataset_version_id);
CREATE INDEX ix_dataset_version_md5 ON public.dataset_version USING btree (md5);
CREATE INDEX ix_environment_package_name_version ON public.environment_package USING btree (name, version);
CREATE INDEX ix_event_model_id_sequence ON public.event USING btree (model_id, sequence);
CREATE INDEX ix_event_run_id ON public.event USING btree (run_id);
CREATE INDEX ix_event_version_id_sequence ON public.event USING btree (version_id, sequence);
CREATE INDEX ix_lineage_edge_target_kind_target_id ON public.lineage_edge USING btree (target_kind, target_id);
CREATE INDEX ix_promotion_attempt_version_id ON public.promotion_attempt USING btree (version_id);
CREATE INDEX ix_reproduction_version_id ON public.reproduction USING btree (version_id);
CREATE INDEX ix_run_model_id_id ON public.run USING btree (model_id, id);
CREATE INDEX ix_run_model_id_started_at ON public.run USING btree (model_id, started_at);
CREATE INDEX ix_run_running ON public.run USING btree (status);
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
CREATE TRIGGER dataset_truncate_refused BEFORE TRUNCATE ON public.dataset FOR EACH STATEMENT EXECUTE FUNCTION public.dataset_truncate_refused();
CREATE TRIGGER dataset_update_refused BEFORE UPDATE ON public.dataset FOR EACH ROW EXECUTE FUNCTION public.dataset_update_refused();
CREATE TRIGGER dataset_use_delete_refused BEFORE DELETE ON public.dataset_use FOR EACH ROW EXECUTE FUNCTION public.dataset_use_delete_refused();
CREATE TRIGGER dataset_use_insert_refused BEFORE INSERT ON public.dataset_use FOR EACH ROW EXECUTE FUNCTION public.dataset_use_insert_refused();
CREATE TRIGGER dataset_use_truncate_refused BEFORE TRUNCATE ON public.dataset_use FOR EACH STATEMENT EXECUTE FUNCTION public.dataset_use_truncate_refused();
CREATE TRIGGER dataset_use_update_refused BEFORE UPDATE ON public.dataset_use FOR EACH ROW EXECUTE FUNCTION public.dataset_use_update_refused();
CREATE TRIGGER dataset_version_delete_refused BEFORE DELETE ON public.dataset_version FOR EACH ROW EXECUTE FUNCTION public.dataset_version_delete_refused();
CREATE TRIGGER dataset_version_truncate_refused BEFORE TRUNCATE ON public.dataset_version FOR EACH STATEMENT EXECUTE FUNCTION public.dataset_version_truncate_refused();
CREATE TRIGGER dataset_version_update_refused BEFORE UPDATE ON public.dataset_version FOR EACH ROW EXECUTE FUNCTION public.dataset_version_update_refused();
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
CREATE TRIGGER tombstone_delete_refused BEFORE DELETE ON public.tombstone FOR EACH ROW EXECUTE FUNCTION public.tombstone_delete_refused();
CREATE TRIGGER tombstone_truncate_refused BEFORE TRUNCATE ON public.tombstone FOR EACH STATEMENT EXECUTE FUNCTION public.tombstone_truncate_refused();
CREATE TRIGGER tombstone_update_refused BEFORE UPDATE ON public.tombstone FOR EACH ROW EXECUTE FUNCTION public.tombstone_update_refused();
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
ALTER TABLE ONLY public.dataset_use
    ADD CONSTRAINT fk_dataset_use_dataset_version_id FOREIGN KEY (dataset_version_id) REFERENCES public.dataset_version(id);
ALTER TABLE ONLY public.dataset_use
    ADD CONSTRAINT fk_dataset_use_run_id FOREIGN KEY (run_id) REFERENCES public.run(id);
ALTER TABLE ONLY public.dataset_version
    ADD CONSTRAINT fk_dataset_version_dataset_id FOREIGN KEY (dataset_id) REFERENCES public.dataset(id);
ALTER TABLE ONLY public.description
    ADD CONSTRAINT fk_description_version_id FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.environment_package
    ADD CONSTRAINT fk_environment_package_environment_id FOREIGN KEY (environment_id) REFERENCES public.environment(id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT fk_event_model_id FOREIGN KEY (model_id) REFERENCES public.model(id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT fk_event_run_id FOREIGN KEY (run_id) REFERENCES public.run(id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT fk_event_version_id FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.hold
    ADD CONSTRAINT fk_hold_version_id FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.metric_point
    ADD CONSTRAINT fk_metric_point_run_id FOREIGN KEY (run_id) REFERENCES public.run(id);
ALTER TABLE ONLY public.metric
    ADD CONSTRAINT fk_metric_run_id FOREIGN KEY (run_id) REFERENCES public.run(id);
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
ALTER TABLE ONLY public.tag
    ADD CONSTRAINT fk_tag_version_id FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.tombstone
    ADD CONSTRAINT fk_tombstone_version_id FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT fk_version_based_on_id FOREIGN KEY (based_on_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT fk_version_model_id FOREIGN KEY (model_id) REFERENCES public.model(id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT fk_version_run_id FOREIGN KEY (run_id) REFERENCES public.run(id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT fk_version_same_recipe_id FOREIGN KEY (same_recipe_id) REFERENCES public.version(id);
