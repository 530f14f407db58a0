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
CREATE FUNCTION public.run_delete_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a run'; END $$;
CREATE FUNCTION public.run_truncate_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'immutable: a run'; END $$;
CREATE FUNCTION public.run_update_refused() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF OLD.status <> 'running' THEN RAISE EXCEPTION 'immutable: a run that has ended'; END IF; RETURN NEW; END $$;
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
    own boolean NOT NULL
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
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.alias VALUES (1, 'champion', 2);
INSERT INTO public.alias VALUES (2, 'champion', 4);
INSERT INTO public.alias VALUES (2, 'challenger', 5);
INSERT INTO public.artifact VALUES (1, 'curves/loss.tsv', '5c5b4fe7eea668f8fd9d5a266bfcfe22', '54e7650d9097170342bbf7c81f97ce28faaa71b27cff839a80972f1d641a6432', 22, 'git', 'train', true);
INSERT INTO public.artifact VALUES (1, 'data/new.csv', '00299f0a188e622761a48a6890c96289', 'b286018292607d63463a630177f765380d039c92a1c28db76efb0bbbf985cfac', 2290, 'remote', 'raw@new', true);
INSERT INTO public.artifact VALUES (1, 'data/old.csv', 'e018195129362c1d657e163cd019ace2', '69ed1466a8c66f2a63ea47de2c400e5dcfdce1c8176d9cdf8d625b1d94f5f7b3', 2295, 'remote', 'raw@old', true);
INSERT INTO public.artifact VALUES (1, 'metrics.json', '613936a39b86c50ec1e29b9e64455544', '29e245e74b4ab843aaf8313b72262f8d690e4c5a6f0600bde0b4efdaa269defe', 41, 'git', 'evaluate', true);
INSERT INTO public.artifact VALUES (1, 'model/model.json', '43c1d61d32d08530b3edc9ed6b5c4d33', 'fe4e9b4a15acfd1f3f4d49a2829b10fdd0af43c4fbcfdd35de044f1f52d81935', 42, 'remote', 'train', true);
INSERT INTO public.artifact VALUES (1, 'model/signature.json', '2c46d64caa9bb38e14cbd2dde9f7d417', 'db989d01dd7b050e33059d4ba3f796e85b3f04c9b216411a15a0c235392586b8', 93, 'git', 'train', true);
INSERT INTO public.artifact VALUES (2, 'curves/loss.tsv', '5c5b4fe7eea668f8fd9d5a266bfcfe22', '54e7650d9097170342bbf7c81f97ce28faaa71b27cff839a80972f1d641a6432', 22, 'git', 'train', true);
INSERT INTO public.artifact VALUES (2, 'data/new.csv', '00299f0a188e622761a48a6890c96289', 'b286018292607d63463a630177f765380d039c92a1c28db76efb0bbbf985cfac', 2290, 'remote', 'raw@new', true);
INSERT INTO public.artifact VALUES (2, 'data/old.csv', 'e018195129362c1d657e163cd019ace2', '69ed1466a8c66f2a63ea47de2c400e5dcfdce1c8176d9cdf8d625b1d94f5f7b3', 2295, 'remote', 'raw@old', true);
INSERT INTO public.artifact VALUES (2, 'metrics.json', '5278008b459359374322d4a27155ee7d', 'f71fab3b759231ba16f4b8a332d8f83c61f4751f3df0cc828ef0b1c35b9ecd6b', 41, 'git', 'evaluate', true);
INSERT INTO public.artifact VALUES (2, 'model/model.json', '3b75b8ccd8e34fd49487dfe2a4fe1677', 'b9f6617bf21326d7b1d4ffca3b2d6ab852adeaef3ecd74714ab81eb5c8b5a004', 42, 'remote', 'train', true);
INSERT INTO public.artifact VALUES (2, 'model/signature.json', '2c46d64caa9bb38e14cbd2dde9f7d417', 'db989d01dd7b050e33059d4ba3f796e85b3f04c9b216411a15a0c235392586b8', 93, 'git', 'train', true);
INSERT INTO public.artifact VALUES (3, 'curves/loss.tsv', '5c5b4fe7eea668f8fd9d5a266bfcfe22', '54e7650d9097170342bbf7c81f97ce28faaa71b27cff839a80972f1d641a6432', 22, 'git', 'train', true);
INSERT INTO public.artifact VALUES (3, 'data/new.csv', '00299f0a188e622761a48a6890c96289', 'b286018292607d63463a630177f765380d039c92a1c28db76efb0bbbf985cfac', 2290, 'remote', 'raw@new', true);
INSERT INTO public.artifact VALUES (3, 'data/old.csv', 'e018195129362c1d657e163cd019ace2', '69ed1466a8c66f2a63ea47de2c400e5dcfdce1c8176d9cdf8d625b1d94f5f7b3', 2295, 'remote', 'raw@old', true);
INSERT INTO public.artifact VALUES (3, 'metrics.json', '5278008b459359374322d4a27155ee7d', 'f71fab3b759231ba16f4b8a332d8f83c61f4751f3df0cc828ef0b1c35b9ecd6b', 41, 'git', 'evaluate', true);
INSERT INTO public.artifact VALUES (3, 'model/model.json', '3b75b8ccd8e34fd49487dfe2a4fe1677', 'b9f6617bf21326d7b1d4ffca3b2d6ab852adeaef3ecd74714ab81eb5c8b5a004', 42, 'remote', 'train', true);
INSERT INTO public.artifact VALUES (3, 'model/signature.json', '2c46d64caa9bb38e14cbd2dde9f7d417', 'db989d01dd7b050e33059d4ba3f796e85b3f04c9b216411a15a0c235392586b8', 93, 'git', 'train', true);
INSERT INTO public.artifact VALUES (4, 'curves/loss.tsv', '5c5b4fe7eea668f8fd9d5a266bfcfe22', '54e7650d9097170342bbf7c81f97ce28faaa71b27cff839a80972f1d641a6432', 22, 'git', 'train', true);
INSERT INTO public.artifact VALUES (4, 'data/new.csv', '00299f0a188e622761a48a6890c96289', 'b286018292607d63463a630177f765380d039c92a1c28db76efb0bbbf985cfac', 2290, 'remote', 'raw@new', true);
INSERT INTO public.artifact VALUES (4, 'data/old.csv', 'e018195129362c1d657e163cd019ace2', '69ed1466a8c66f2a63ea47de2c400e5dcfdce1c8176d9cdf8d625b1d94f5f7b3', 2295, 'remote', 'raw@old', true);
INSERT INTO public.artifact VALUES (4, 'metrics.json', 'b2bb6e2908e2ac3a674b4b611d89ac00', 'c914f993b2e65e3446c4c2d1677cebcf56e14709b9c6f77a9b7a2356ca51e65d', 40, 'git', 'evaluate', true);
INSERT INTO public.artifact VALUES (4, 'model/model.json', 'a8018723c1dc388eb0d6603f54e75934', '5b602f24a67cf12da0431dad441c16049601945205086f36d97f31928a064911', 43, 'remote', 'train', true);
INSERT INTO public.artifact VALUES (4, 'model/signature.json', '2c46d64caa9bb38e14cbd2dde9f7d417', 'db989d01dd7b050e33059d4ba3f796e85b3f04c9b216411a15a0c235392586b8', 93, 'git', 'train', true);
INSERT INTO public.artifact VALUES (5, 'model.bin', '8a72de2cdf595608905699e2d725a9c0', 'cd36b49d7b2a8b5e4e13663cb54c5e1338c17b7d3af1c506fb3842bd08291822', 7, 'remote', 'train', true);
INSERT INTO public.artifact VALUES (6, 'model.bin', 'a7558513f2cb497034e995ce9813430d', '97e2521720cb4b3821c7ed9df7dbca7a63e04b42ba05ffe3e15dc992f227ae36', 7, 'remote', 'train', true);
INSERT INTO public.artifact VALUES (7, 'model.bin', '31b9bbb7094fe62ab2ae88960e6d6939', 'a63f0dfe98cc2a03a21873a3ab0d209eae44045e3810b79a104d42783e2ca194', 7, 'remote', 'train', true);
INSERT INTO public.artifact VALUES (8, 'model.bin', '28aa933e52ad610eace8712fd5577612', '47b98be17c1c80f2a85cd3013c745ec8379b9b591b103c675169996da479f7dd', 7, 'remote', 'train', true);
INSERT INTO public.artifact VALUES (11, 'model.bin', '0f46aff8749162b946564f1138f1a287', 'de5a3afe07939bad0bf980634b5d1d00658f2c278c3abd8af395998b322ee770', 16, 'remote', 'train', true);
INSERT INTO public.artifact VALUES (12, 'model.bin', '28aa933e52ad610eace8712fd5577612', '47b98be17c1c80f2a85cd3013c745ec8379b9b591b103c675169996da479f7dd', 7, 'remote', 'train', true);
INSERT INTO public.artifact VALUES (13, 'edger.bin', '99181bf19a5620a7e679c9b61380a897', '381adba472d686d3e056b6bb4a7e78117e87ed7d4386799c4d3533734641e670', 7, 'remote', NULL, true);
INSERT INTO public.artifact VALUES (14, 'edger.bin', '5ea558395e0bd60bf7a0fe90782d2fd2', '043738d0d525537e6321b9509e244ceb99cccec77a93e5ac93b0960baefb0a8a', 7, 'remote', NULL, true);
INSERT INTO public.comparison VALUES (1, 2, 1, 'data/new.csv', 'e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327', 'rmse', false, '{"candidate": 0.2949120358849226, "incumbent": 0.40599727668903557, "difference": -0.11108524080411297, "low": -0.16605318310256426, "high": -0.045120836366928235, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}', '2026-11-22 15:00:52.19884+00', 'ada');
INSERT INTO public.comparison VALUES (2, 4, 2, 'data/new.csv', 'e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327', 'rmse', false, '{"candidate": 1.4334335666921902, "incumbent": 0.2949120358849226, "difference": 1.1385215308072676, "low": 0.8985840711636498, "high": 1.3313315698205292, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}', '2026-11-22 15:00:54.908187+00', 'ada');
INSERT INTO public.comparison VALUES (3, 8, 4, 'data.csv', '0000000000000000000000000000000000000000000000000000000000000000', 'auc', true, '{"candidate": 0.8, "incumbent": 0.7, "difference": 0.02, "low": 0.01, "high": 0.03, "confidence": 0.95, "resamples": 1000, "seed": 0, "rows": 10}', '2026-11-22 15:00:57.184025+00', 'ada');
INSERT INTO public.confirmation VALUES (2, 3, '2026-11-22 15:00:53.423058+00', 'ada');
INSERT INTO public.confirmation VALUES (7, 12, '2026-11-22 15:00:57.368212+00', 'ada');
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
INSERT INTO public.event VALUES (1, '2026-11-22 15:00:49.337446+00', 'ada', 'model.created', 1, NULL, NULL, '', 'null', '{"name": "mower"}');
INSERT INTO public.event VALUES (2, '2026-11-22 15:00:49.337446+00', 'ada', 'run.started', 1, NULL, 1, '', 'null', '{"origin": {"project": "project", "repository": "/srv/registry-fixture/orchard/project", "base_commit": "239cb140f6d7ba09425631162714e2a2901c2379", "uncommitted": []}, "parameters": {}}');
INSERT INTO public.event VALUES (3, '2026-11-22 15:00:50.315065+00', 'ada', 'run.finished', 1, NULL, 1, '', 'null', '{"commit": "8bb2aeebf3000f5791a63ab20d7a5ce7b2530d0d", "recipe": "4d5a8cf55829280c3ad964be6c568ab25488082003bcefde66afca1b76d4ce86"}');
INSERT INTO public.event VALUES (4, '2026-11-22 15:00:50.400478+00', 'ada', 'version.registered', 1, 1, 1, '', 'null', '{"number": 1, "semantic_version": "v1.0.0", "stage": "experiment", "commit": "8bb2aeebf3000f5791a63ab20d7a5ce7b2530d0d", "sha256": "fe4e9b4a15acfd1f3f4d49a2829b10fdd0af43c4fbcfdd35de044f1f52d81935", "tags": {"crew": "north"}, "description": "the first one"}');
INSERT INTO public.event VALUES (5, '2026-11-22 15:00:50.456559+00', 'ada', 'version.promoted', 1, 1, NULL, '', '{"stage": "experiment", "environment": "default"}', '{"stage": "staging", "environment": "default"}');
INSERT INTO public.event VALUES (6, '2026-11-22 15:00:50.506263+00', 'ada', 'version.promoted', 1, 1, NULL, '', '{"stage": "staging", "environment": "default"}', '{"stage": "production", "environment": "default"}');
INSERT INTO public.event VALUES (7, '2026-11-22 15:00:50.506263+00', 'ada', 'alias.moved', 1, 1, NULL, 'follows production', '{"alias": "champion", "version": null}', '{"alias": "champion", "version": 1}');
INSERT INTO public.event VALUES (8, '2026-11-22 15:00:50.63357+00', 'ada', 'run.started', 1, NULL, 2, '', 'null', '{"origin": {"project": "project", "repository": "/srv/registry-fixture/orchard/project", "base_commit": "4a4b91516f343458c2f8c18ccca309d60320e734", "uncommitted": []}, "parameters": {}}');
INSERT INTO public.event VALUES (9, '2026-11-22 15:00:51.792454+00', 'ada', 'run.finished', 1, NULL, 2, '', 'null', '{"commit": "f81ad2e878a76e4b0f5b2f3ef9cce1c0254500c2", "recipe": "d746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577"}');
INSERT INTO public.event VALUES (10, '2026-11-22 15:00:51.84311+00', 'ada', 'version.registered', 1, 2, 2, '', 'null', '{"number": 2, "semantic_version": "v1.1.0", "stage": "experiment", "commit": "f81ad2e878a76e4b0f5b2f3ef9cce1c0254500c2", "sha256": "b9f6617bf21326d7b1d4ffca3b2d6ab852adeaef3ecd74714ab81eb5c8b5a004", "tags": {"crew": "north", "season": "spring"}, "description": ""}');
INSERT INTO public.event VALUES (11, '2026-11-22 15:00:52.203629+00', 'ada', 'run.compared', 1, NULL, 2, '', 'null', '{"run": "fdd7d401-2bee-4978-8b6a-0f7d3973c6aa", "incumbent": "mower@1", "incumbent_uuid": "fdb72c68-a6a4-4aff-b32a-c87bc888a2bc", "holdout": "data/new.csv", "holdout_sha256": "e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327", "metric": "rmse", "higher_is_better": false, "bootstrap": {"candidate": 0.2949120358849226, "incumbent": 0.40599727668903557, "difference": -0.11108524080411297, "low": -0.16605318310256426, "high": -0.045120836366928235, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}, "at": "2026-11-22T15:00:52.198840Z", "by": "ada"}');
INSERT INTO public.event VALUES (12, '2026-11-22 15:00:52.225422+00', 'ada', 'version.promoted', 1, 2, NULL, '', '{"stage": "experiment", "environment": "default"}', '{"stage": "staging", "environment": "default"}');
INSERT INTO public.event VALUES (13, '2026-11-22 15:00:52.285653+00', 'ada', 'version.displaced', 1, 1, NULL, 'displaced by mower@2', '{"stage": "production", "environment": "default"}', '{"stage": "experiment", "environment": "default"}');
INSERT INTO public.event VALUES (14, '2026-11-22 15:00:52.285653+00', 'ada', 'version.promoted', 1, 2, NULL, '', '{"stage": "staging", "environment": "default"}', '{"stage": "production", "environment": "default"}');
INSERT INTO public.event VALUES (15, '2026-11-22 15:00:52.285653+00', 'ada', 'alias.moved', 1, 2, NULL, 'follows production', '{"alias": "champion", "version": 1}', '{"alias": "champion", "version": 2}');
INSERT INTO public.event VALUES (16, '2026-11-22 15:00:52.386348+00', 'ada', 'run.started', 1, NULL, 3, '', 'null', '{"origin": {"project": "project", "repository": "/srv/registry-fixture/orchard/project", "base_commit": "4a4b91516f343458c2f8c18ccca309d60320e734", "uncommitted": []}, "parameters": {}}');
INSERT INTO public.event VALUES (17, '2026-11-22 15:00:53.373291+00', 'ada', 'run.finished', 1, NULL, 3, '', 'null', '{"commit": "fb2923e2f092e1869fd4c9db1d407ae4711feb24", "recipe": "d746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577"}');
INSERT INTO public.event VALUES (18, '2026-11-22 15:00:53.423058+00', 'ada', 'version.confirmed', 1, 2, 3, '', 'null', '{"confirmed_at": "2026-11-22T15:00:53.423058+00:00"}');
INSERT INTO public.event VALUES (19, '2026-11-22 15:00:53.478127+00', 'ada', 'run.started', 1, NULL, 4, '', 'null', '{"origin": {"project": "project", "repository": "/srv/registry-fixture/orchard/project", "base_commit": "4a4b91516f343458c2f8c18ccca309d60320e734", "uncommitted": []}, "parameters": {"mower.slope": -3.0}}');
INSERT INTO public.event VALUES (20, '2026-11-22 15:00:54.69049+00', 'ada', 'run.finished', 1, NULL, 4, '', 'null', '{"commit": "273c3524ffe4602ede404cb5daf1ab35ab2bdd2d", "recipe": "76922c2cf8c3edd92150db0e96db7908290d1a9e8bfd2e1428b2aee6dffc522d"}');
INSERT INTO public.event VALUES (21, '2026-11-22 15:00:54.712727+00', 'ada', 'version.registered', 1, 3, 4, '', 'null', '{"number": 3, "semantic_version": "v1.2.0", "stage": "experiment", "commit": "273c3524ffe4602ede404cb5daf1ab35ab2bdd2d", "sha256": "5b602f24a67cf12da0431dad441c16049601945205086f36d97f31928a064911", "tags": {}, "description": ""}');
INSERT INTO public.event VALUES (22, '2026-11-22 15:00:54.912551+00', 'ada', 'run.compared', 1, NULL, 4, '', 'null', '{"run": "da3adf7a-4a68-498c-bed2-f4a557ac4ac8", "incumbent": "mower@2", "incumbent_uuid": "775bdce4-a341-4f49-aec8-a4f123ba9ac2", "holdout": "data/new.csv", "holdout_sha256": "e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327", "metric": "rmse", "higher_is_better": false, "bootstrap": {"candidate": 1.4334335666921902, "incumbent": 0.2949120358849226, "difference": 1.1385215308072676, "low": 0.8985840711636498, "high": 1.3313315698205292, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}, "at": "2026-11-22T15:00:54.908187Z", "by": "ada"}');
INSERT INTO public.event VALUES (23, '2026-11-22 15:00:54.936955+00', 'ada', 'version.promoted', 1, 3, NULL, '', '{"stage": "experiment", "environment": "default"}', '{"stage": "staging", "environment": "default"}');
INSERT INTO public.event VALUES (24, '2026-11-22 15:00:54.983033+00', 'ada', 'version.refused', 1, 3, NULL, 'hope', '{"stage": "staging", "environment": "default"}', '{"stage": "staging", "environment": "default", "refused": "production", "gates": [{"gate": "better-than-production", "outcome": "failed", "measured": "-1.33133 to -0.89858", "bound": "lower end of the improvement > 0", "reason": "rmse 1.43343 against 0.29491 of mower@2 on data/new.csv: improvement -1.33133 to -0.89858 (95 %, 100 resamples of 60 rows)"}]}');
INSERT INTO public.event VALUES (25, '2026-11-22 15:00:56.077863+00', 'ada', 'version.reproduced', 1, 2, NULL, '', 'null', '{"verdict": "identical", "first_different_stage": null, "differences": [], "outputs": 6, "duration_s": 1.0123239790009393}');
INSERT INTO public.event VALUES (26, '2026-11-22 15:00:56.127597+00', 'ada', 'version.described', 1, 2, NULL, '', '{"description": ""}', '{"description": "a first text"}');
INSERT INTO public.event VALUES (27, '2026-11-22 15:00:56.142779+00', 'ada', 'version.described', 1, 2, NULL, '', '{"description": "a first text"}', '{"description": "zwei M\u00e4her, \u4e8c"}');
INSERT INTO public.event VALUES (28, '2026-11-22 15:00:56.164079+00', 'ada', 'model.created', 2, NULL, NULL, '', 'null', '{"name": "trimmer"}');
INSERT INTO public.event VALUES (29, '2026-11-22 15:00:56.246419+00', 'ada', 'version.registered', 2, 4, 5, '', 'null', '{"number": 1, "semantic_version": "v1.0.0", "stage": "experiment", "commit": "8c8983e1c183e717b9d4ec7d738d1e6005c7f734", "sha256": "cd36b49d7b2a8b5e4e13663cb54c5e1338c17b7d3af1c506fb3842bd08291822", "tags": {}, "description": ""}');
INSERT INTO public.event VALUES (30, '2026-11-22 15:00:56.384867+00', 'ada', 'version.registered', 2, 5, 6, '', 'null', '{"number": 2, "semantic_version": "v1.1.0", "stage": "experiment", "commit": "faf09407ff39242d60e4b4def99586e80c097148", "sha256": "97e2521720cb4b3821c7ed9df7dbca7a63e04b42ba05ffe3e15dc992f227ae36", "tags": {}, "description": ""}');
INSERT INTO public.event VALUES (31, '2026-11-22 15:00:56.502925+00', 'ada', 'version.registered', 2, 6, 7, '', 'null', '{"number": 3, "semantic_version": "v1.2.0", "stage": "experiment", "commit": "bbf9da6c79b037a314a429b0117de6cb828bb77e", "sha256": "a63f0dfe98cc2a03a21873a3ab0d209eae44045e3810b79a104d42783e2ca194", "tags": {}, "description": ""}');
INSERT INTO public.event VALUES (32, '2026-11-22 15:00:56.642298+00', 'ada', 'version.registered', 2, 7, 8, '', 'null', '{"number": 4, "semantic_version": "v1.3.0", "stage": "experiment", "commit": "4997cfef2adf9b84925cf34d8ad0f36af25751e8", "sha256": "47b98be17c1c80f2a85cd3013c745ec8379b9b591b103c675169996da479f7dd", "tags": {}, "description": ""}');
INSERT INTO public.event VALUES (33, '2026-11-22 15:00:56.740763+00', 'ada', 'version.promoted', 2, 4, NULL, '', '{"stage": "experiment", "environment": "default"}', '{"stage": "staging", "environment": "default"}');
INSERT INTO public.event VALUES (34, '2026-11-22 15:00:56.780882+00', 'ada', 'version.promoted', 2, 4, NULL, '', '{"stage": "staging", "environment": "default"}', '{"stage": "production", "environment": "default"}');
INSERT INTO public.event VALUES (35, '2026-11-22 15:00:56.780882+00', 'ada', 'alias.moved', 2, 4, NULL, 'follows production', '{"alias": "champion", "version": null}', '{"alias": "champion", "version": 1}');
INSERT INTO public.event VALUES (36, '2026-11-22 15:00:56.832849+00', 'ada', 'version.promoted', 2, 5, NULL, '', '{"stage": "experiment", "environment": "default"}', '{"stage": "staging", "environment": "default"}');
INSERT INTO public.event VALUES (37, '2026-11-22 15:00:56.885614+00', 'ada', 'version.displaced', 2, 4, NULL, 'displaced by trimmer@2', '{"stage": "production", "environment": "default"}', '{"stage": "experiment", "environment": "default"}');
INSERT INTO public.event VALUES (38, '2026-11-22 15:00:56.885614+00', 'ada', 'version.promoted', 2, 5, NULL, '', '{"stage": "staging", "environment": "default"}', '{"stage": "production", "environment": "default"}');
INSERT INTO public.event VALUES (39, '2026-11-22 15:00:56.885614+00', 'ada', 'alias.moved', 2, 5, NULL, 'follows production', '{"alias": "champion", "version": 1}', '{"alias": "champion", "version": 2}');
INSERT INTO public.event VALUES (40, '2026-11-22 15:00:56.957653+00', 'ada', 'version.displaced', 2, 5, NULL, 'rolled back to trimmer@1', '{"stage": "production", "environment": "default"}', '{"stage": "experiment", "environment": "default"}');
INSERT INTO public.event VALUES (41, '2026-11-22 15:00:56.957653+00', 'ada', 'version.rolled_back', 2, 4, NULL, 'two was loud', '{"stage": "experiment", "environment": "default"}', '{"stage": "production", "environment": "default"}');
INSERT INTO public.event VALUES (42, '2026-11-22 15:00:56.957653+00', 'ada', 'alias.moved', 2, 4, NULL, 'follows production', '{"alias": "champion", "version": 2}', '{"alias": "champion", "version": 1}');
INSERT INTO public.event VALUES (43, '2026-11-22 15:00:57.026071+00', 'ada', 'version.promoted', 2, 5, NULL, '', '{"stage": "experiment", "environment": "eu"}', '{"stage": "staging", "environment": "eu"}');
INSERT INTO public.event VALUES (44, '2026-11-22 15:00:57.062363+00', 'ada', 'version.archived', 2, 6, NULL, 'old', '{"stage": "experiment", "environment": "default"}', '{"stage": "archived", "environment": "default"}');
INSERT INTO public.event VALUES (45, '2026-11-22 15:00:57.08901+00', 'ada', 'version.restored', 2, 6, NULL, 'not so old', '{"stage": "archived", "environment": "default"}', '{"stage": "experiment", "environment": "default"}');
INSERT INTO public.event VALUES (46, '2026-11-22 15:00:57.108984+00', 'ada', 'version.archived', 2, 6, NULL, '', '{"stage": "experiment", "environment": "default"}', '{"stage": "archived", "environment": "default"}');
INSERT INTO public.event VALUES (47, '2026-11-22 15:00:57.137104+00', 'ada', 'alias.moved', 2, 4, NULL, '', '{"alias": "challenger", "version": null}', '{"alias": "challenger", "version": 1}');
INSERT INTO public.event VALUES (48, '2026-11-22 15:00:57.147252+00', 'ada', 'alias.moved', 2, 5, NULL, '', '{"alias": "challenger", "version": 1}', '{"alias": "challenger", "version": 2}');
INSERT INTO public.event VALUES (49, '2026-11-22 15:00:57.157737+00', 'ada', 'alias.moved', 2, 7, NULL, '', '{"alias": "trial", "version": null}', '{"alias": "trial", "version": 4}');
INSERT INTO public.event VALUES (50, '2026-11-22 15:00:57.166305+00', 'ada', 'alias.removed', 2, 7, NULL, 'tried', '{"alias": "trial", "version": 4}', 'null');
INSERT INTO public.event VALUES (51, '2026-11-22 15:00:57.225779+00', 'ada', 'run.failed', 2, NULL, 9, '', 'null', '{"failure": "StageFailed: no petrol"}');
INSERT INTO public.event VALUES (52, '2026-11-22 15:00:57.368212+00', 'ada', 'version.confirmed', 2, 7, 12, '', 'null', '{"confirmed_at": "2026-11-22T15:00:57.368212+00:00"}');
INSERT INTO public.event VALUES (53, '2026-11-22 15:00:57.389999+00', 'ada', 'model.created', 3, NULL, NULL, '', 'null', '{"name": "edger"}');
INSERT INTO public.event VALUES (54, '2026-11-22 15:00:57.389999+00', 'ada', 'version.registered', 3, 8, 13, '', 'null', '{"number": 1, "semantic_version": "v1.0.0", "stage": "experiment", "commit": null, "sha256": "381adba472d686d3e056b6bb4a7e78117e87ed7d4386799c4d3533734641e670", "tags": {"from": "a drawer"}, "description": "found"}');
INSERT INTO public.event VALUES (55, '2026-11-22 15:00:57.437093+00', 'ada', 'version.registered', 3, 9, 14, '', 'null', '{"number": 2, "semantic_version": "v1.0.1", "stage": "experiment", "commit": null, "sha256": "043738d0d525537e6321b9509e244ceb99cccec77a93e5ac93b0960baefb0a8a", "tags": {"from": "a drawer"}, "description": "found"}');
INSERT INTO public.event VALUES (56, '2026-11-22 15:00:57.473012+00', 'bob', 'version.archived', 2, 7, NULL, 'from the road', '{"stage": "experiment", "environment": "default"}', '{"stage": "archived", "environment": "default"}');
INSERT INTO public.experiment VALUES (1, 'default');
INSERT INTO public.experiment VALUES (2, 'files');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/old.csv@e018195129362c1d657e163cd019ace2', 'run', '5c66e997-d103-4380-be94-fbdb22d0b05a', 'train');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/new.csv@00299f0a188e622761a48a6890c96289', 'run', '5c66e997-d103-4380-be94-fbdb22d0b05a', 'evaluate');
INSERT INTO public.lineage_edge VALUES ('run', '5c66e997-d103-4380-be94-fbdb22d0b05a', 'version', 'mower@1', '');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/old.csv@e018195129362c1d657e163cd019ace2', 'run', 'fdd7d401-2bee-4978-8b6a-0f7d3973c6aa', 'train');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/new.csv@00299f0a188e622761a48a6890c96289', 'run', 'fdd7d401-2bee-4978-8b6a-0f7d3973c6aa', 'evaluate');
INSERT INTO public.lineage_edge VALUES ('run', 'fdd7d401-2bee-4978-8b6a-0f7d3973c6aa', 'version', 'mower@2', '');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/old.csv@e018195129362c1d657e163cd019ace2', 'run', '15fcb6a6-2aaf-4c15-8330-9541b27409a2', 'train');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/new.csv@00299f0a188e622761a48a6890c96289', 'run', '15fcb6a6-2aaf-4c15-8330-9541b27409a2', 'evaluate');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/old.csv@e018195129362c1d657e163cd019ace2', 'run', 'da3adf7a-4a68-498c-bed2-f4a557ac4ac8', 'train');
INSERT INTO public.lineage_edge VALUES ('dataset', 'data/new.csv@00299f0a188e622761a48a6890c96289', 'run', 'da3adf7a-4a68-498c-bed2-f4a557ac4ac8', 'evaluate');
INSERT INTO public.lineage_edge VALUES ('run', 'da3adf7a-4a68-498c-bed2-f4a557ac4ac8', 'version', 'mower@3', '');
INSERT INTO public.lineage_edge VALUES ('run', 'a7585539-ee62-4758-8d9c-6efc785886af', 'version', 'trimmer@1', '');
INSERT INTO public.lineage_edge VALUES ('run', '76daa25b-184d-488d-821c-6f8d9ef5bb64', 'version', 'trimmer@2', '');
INSERT INTO public.lineage_edge VALUES ('run', 'aca7aef8-ae08-4dcb-8b51-cd85a6975e6f', 'version', 'trimmer@3', '');
INSERT INTO public.lineage_edge VALUES ('run', '70502e71-db6a-42e5-b887-9aaf15b38f75', 'version', 'trimmer@4', '');
INSERT INTO public.lineage_edge VALUES ('run', 'ca0860c2-e047-45bd-9707-8c2e76b4af23', 'version', 'edger@1', '');
INSERT INTO public.lineage_edge VALUES ('run', '6ea9633b-1d75-4b11-a83d-93b85626ed9a', 'version', 'edger@2', '');
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
INSERT INTO public.model VALUES (1, 'mower', 'ada', '', '2026-11-22 15:00:49.337446+00', '2026-11-22 15:01:00+00');
INSERT INTO public.model VALUES (3, 'edger', 'ada', '', '2026-11-22 15:00:57.389999+00', NULL);
INSERT INTO public.model VALUES (2, 'trimmer', 'ada', '', '2026-11-22 15:00:56.164079+00', '2026-11-22 15:01:13+00');
INSERT INTO public.outbox VALUES (29, '/srv/registry-fixture/orchard/project', '{"name": "trimmer#archived#56", "commit": "4997cfef2adf9b84925cf34d8ad0f36af25751e8", "message": "trimmer@4 enters archived", "author": "bob", "at": "2026-11-22T15:01:13Z"}');
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
INSERT INTO public.promotion_attempt VALUES (1, 1, 'experiment', 'staging', 'default', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "239cb140f6d7ba09425631162714e2a2901c2379"}', '[{"gate": "metric rmse", "outcome": "passed", "measured": "0.405997", "bound": "<= 10", "reason": "rmse is 0.405997"}]', '2026-11-22 15:00:50.456559+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (2, 1, 'staging', 'production', 'default', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "239cb140f6d7ba09425631162714e2a2901c2379"}', '[{"gate": "better-than-production", "outcome": "passed", "measured": "no incumbent", "bound": "lower end of the improvement > 0", "reason": "nobody is in production yet"}]', '2026-11-22 15:00:50.506263+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (3, 2, 'experiment', 'staging', 'default', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "4a4b91516f343458c2f8c18ccca309d60320e734"}', '[{"gate": "metric rmse", "outcome": "passed", "measured": "0.294912", "bound": "<= 10", "reason": "rmse is 0.294912"}]', '2026-11-22 15:00:52.225422+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (4, 2, 'staging', 'production', 'default', 1, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "4a4b91516f343458c2f8c18ccca309d60320e734"}', '[{"gate": "better-than-production", "outcome": "passed", "measured": "+0.04512 to +0.16605", "bound": "lower end of the improvement > 0", "reason": "rmse 0.29491 against 0.40600 of mower@1 on data/new.csv: improvement +0.04512 to +0.16605 (95 %, 100 resamples of 60 rows)"}]', '2026-11-22 15:00:52.285653+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (5, 3, 'experiment', 'staging', 'default', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "4a4b91516f343458c2f8c18ccca309d60320e734"}', '[{"gate": "metric rmse", "outcome": "passed", "measured": "1.43343", "bound": "<= 10", "reason": "rmse is 1.43343"}]', '2026-11-22 15:00:54.936955+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (6, 3, 'staging', 'production', 'default', 2, false, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "4a4b91516f343458c2f8c18ccca309d60320e734"}', '[{"gate": "better-than-production", "outcome": "failed", "measured": "-1.33133 to -0.89858", "bound": "lower end of the improvement > 0", "reason": "rmse 1.43343 against 0.29491 of mower@2 on data/new.csv: improvement -1.33133 to -0.89858 (95 %, 100 resamples of 60 rows)"}]', '2026-11-22 15:00:54.983033+00', 'ada', 'hope');
INSERT INTO public.promotion_attempt VALUES (7, 4, 'experiment', 'staging', 'default', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "ba0f356974a71a54875aceb3c08d36ce3d8d250b"}', '[]', '2026-11-22 15:00:56.740763+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (8, 4, 'staging', 'production', 'default', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "ba0f356974a71a54875aceb3c08d36ce3d8d250b"}', '[{"gate": "metric rmse", "outcome": "passed", "measured": "0.1", "bound": "<= 10", "reason": "rmse is 0.1"}]', '2026-11-22 15:00:56.780882+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (9, 5, 'experiment', 'staging', 'default', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "ba0f356974a71a54875aceb3c08d36ce3d8d250b"}', '[]', '2026-11-22 15:00:56.832849+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (10, 5, 'staging', 'production', 'default', 4, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "ba0f356974a71a54875aceb3c08d36ce3d8d250b"}', '[{"gate": "metric rmse", "outcome": "passed", "measured": "0.2", "bound": "<= 10", "reason": "rmse is 0.2"}]', '2026-11-22 15:00:56.885614+00', 'ada', '');
INSERT INTO public.promotion_attempt VALUES (11, 5, 'experiment', 'staging', 'eu', NULL, true, '{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "ba0f356974a71a54875aceb3c08d36ce3d8d250b"}', '[]', '2026-11-22 15:00:57.026071+00', 'ada', '');
INSERT INTO public.reproduction VALUES (1, 2, 'identical', NULL, '[]', 6, 1.0123239790009393, '2026-11-22 15:00:56.07789+00', 'ada');
INSERT INTO public.reproduction VALUES (2, 7, 'equivalent', NULL, '[]', 1, 1, '2026-11-22 15:00:57.201322+00', 'ada');
INSERT INTO public.run VALUES (1, '5c66e997-d103-4380-be94-fbdb22d0b05a', 1, 1, 'finished', 'project', '/srv/registry-fixture/orchard/project', '239cb140f6d7ba09425631162714e2a2901c2379', '[]', NULL, '2026-11-22 15:00:49.337446+00', 'ada', '2026-11-22 15:00:50.315065+00', NULL, '8bb2aeebf3000f5791a63ab20d7a5ce7b2530d0d', '{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": 1.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}', '4d5a8cf55829280c3ad964be6c568ab25488082003bcefde66afca1b76d4ce86', 'aa4a286c90c38149df2e171808707c11e62fd4183b82fe4e666c98b0917bf95f', 1, '{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}', 'model/model.json', 'json', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 0.9015357280004537, 0.63754, 80748544);
INSERT INTO public.run VALUES (2, 'fdd7d401-2bee-4978-8b6a-0f7d3973c6aa', 1, 1, 'finished', 'project', '/srv/registry-fixture/orchard/project', '4a4b91516f343458c2f8c18ccca309d60320e734', '[]', NULL, '2026-11-22 15:00:50.63357+00', 'ada', '2026-11-22 15:00:51.792454+00', NULL, 'f81ad2e878a76e4b0f5b2f3ef9cce1c0254500c2', '{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": 2.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}', 'd746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577', 'cfc97aa5a237ca13ad8fdb7cb11efa04d4b25bdc5d6ac287777895ebc8eb8376', 1, '{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}', 'model/model.json', 'json', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 0.9972955859993817, 0.724513, 82059264);
INSERT INTO public.run VALUES (3, '15fcb6a6-2aaf-4c15-8330-9541b27409a2', 1, 1, 'finished', 'project', '/srv/registry-fixture/orchard/project', '4a4b91516f343458c2f8c18ccca309d60320e734', '[]', NULL, '2026-11-22 15:00:52.386348+00', 'ada', '2026-11-22 15:00:53.373291+00', NULL, 'fb2923e2f092e1869fd4c9db1d407ae4711feb24', '{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": 2.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}', 'd746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577', 'cfc97aa5a237ca13ad8fdb7cb11efa04d4b25bdc5d6ac287777895ebc8eb8376', 1, '{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}', 'model/model.json', 'json', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 0.9143522890008171, 0.715091, 99086336);
INSERT INTO public.run VALUES (4, 'da3adf7a-4a68-498c-bed2-f4a557ac4ac8', 1, 1, 'finished', 'project', '/srv/registry-fixture/orchard/project', '4a4b91516f343458c2f8c18ccca309d60320e734', '[]', NULL, '2026-11-22 15:00:53.478127+00', 'ada', '2026-11-22 15:00:54.69049+00', NULL, '273c3524ffe4602ede404cb5daf1ab35ab2bdd2d', '{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": -3.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}', '76922c2cf8c3edd92150db0e96db7908290d1a9e8bfd2e1428b2aee6dffc522d', '899861eea4f77d020f71046ad7e6c993ab3690a7a181332891e48c05eec9df4b', 1, '{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}', 'model/model.json', 'json', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 1.1552157099995384, 0.7603679999999999, 99741696);
INSERT INTO public.run VALUES (5, 'a7585539-ee62-4758-8d9c-6efc785886af', 2, 1, 'finished', 'project', '/srv/registry-fixture/orchard/project', '4a4b91516f343458c2f8c18ccca309d60320e734', '[]', NULL, '2026-11-22 15:00:56.164079+00', 'ada', '2026-11-22 15:00:56.217767+00', NULL, '8c8983e1c183e717b9d4ec7d738d1e6005c7f734', '{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 1}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}', '49ec77b16731963390a5d6541973fe9ca7164dfa66ad779cc4f86bb4c2565e3b', '96d63e6fd5ca358acf48a1a9792d48dd0c2f476fa04af046c16f0164c14d3524', 2, '{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}', 'model.bin', 'file', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 1, 1, 1);
INSERT INTO public.run VALUES (6, '76daa25b-184d-488d-821c-6f8d9ef5bb64', 2, 1, 'finished', 'project', '/srv/registry-fixture/orchard/project', '4a4b91516f343458c2f8c18ccca309d60320e734', '[]', NULL, '2026-11-22 15:00:56.318906+00', 'ada', '2026-11-22 15:00:56.360853+00', NULL, 'faf09407ff39242d60e4b4def99586e80c097148', '{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 2}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}', 'e59ae983d461a65a27561f698c6cedc572829b8557e53d5ec3cd09769b5e05ed', 'cda78dd8a13c5f35f89f388c4fa2d147b86bac81e1c2c4466683afe5261e3149', 2, '{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}', 'model.bin', 'file', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 1, 1, 1);
INSERT INTO public.run VALUES (7, 'aca7aef8-ae08-4dcb-8b51-cd85a6975e6f', 2, 1, 'finished', 'project', '/srv/registry-fixture/orchard/project', '4a4b91516f343458c2f8c18ccca309d60320e734', '[]', NULL, '2026-11-22 15:00:56.439457+00', 'ada', '2026-11-22 15:00:56.476212+00', NULL, 'bbf9da6c79b037a314a429b0117de6cb828bb77e', '{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 3}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}', '43cdb6d9614b4cea985ece02e84fba90481036d3afefc1de968227b7438bd174', 'f6cfc11915a3c1b14e363be092c4cb3d50ed8c0ff72999212f128cd184818838', 2, '{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}', 'model.bin', 'file', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 1, 1, 1);
INSERT INTO public.run VALUES (8, '70502e71-db6a-42e5-b887-9aaf15b38f75', 2, 1, 'finished', 'project', '/srv/registry-fixture/orchard/project', '4a4b91516f343458c2f8c18ccca309d60320e734', '[]', NULL, '2026-11-22 15:00:56.569134+00', 'ada', '2026-11-22 15:00:56.614954+00', NULL, '4997cfef2adf9b84925cf34d8ad0f36af25751e8', '{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 4}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}', '811b2e4c886396474a11b22f196e19b4d2803611401385b3320101bee3225c08', 'f80acf1b4098b003553838abf4196aa1d3c82ff16f9b91c15d59d2b02b77821d', 2, '{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}', 'model.bin', 'file', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 1, 1, 1);
INSERT INTO public.run VALUES (9, '47963b76-232c-4c56-8eaa-31231c335bed', 2, 1, 'failed', 'project', '/srv/registry-fixture/orchard/project', 'ba0f356974a71a54875aceb3c08d36ce3d8d250b', '[]', NULL, '2026-11-22 15:00:57.220852+00', 'ada', '2026-11-22 15:00:57.225779+00', 'StageFailed: no petrol', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.run VALUES (10, 'd62e5cc8-5497-4ace-be47-1f9370caa140', 2, 1, 'running', 'project', '/srv/registry-fixture/orchard/project', 'ba0f356974a71a54875aceb3c08d36ce3d8d250b', '["train.py"]', NULL, '2026-11-22 15:00:57.245085+00', 'ada', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.run VALUES (11, '799c5509-63c8-4421-aca9-d04052725f41', 2, 1, 'finished', 'project', '/srv/registry-fixture/orchard/project', 'ba0f356974a71a54875aceb3c08d36ce3d8d250b', '[]', NULL, '2026-11-22 15:00:57.261993+00', 'ada', '2026-11-22 15:00:57.295863+00', NULL, '58fc8ecb7d9e17743cca812a043619285b274593', '{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 3}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}', '43cdb6d9614b4cea985ece02e84fba90481036d3afefc1de968227b7438bd174', 'fca1543bdea33cf9dc28564b610cc839818a55dcaabe522c96e3e97eace7cec4', 2, '{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}', 'model.bin', 'file', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 1, 1, 1);
INSERT INTO public.run VALUES (12, 'db539eef-efc0-40df-ac54-3e1029064510', 2, 1, 'finished', 'project', '/srv/registry-fixture/orchard/project', 'ba0f356974a71a54875aceb3c08d36ce3d8d250b', '[]', NULL, '2026-11-22 15:00:57.316445+00', 'ada', '2026-11-22 15:00:57.343613+00', NULL, '3cd306206bb5bbd065efdd056688ce09af8cac9f', '{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 4}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}', '811b2e4c886396474a11b22f196e19b4d2803611401385b3320101bee3225c08', 'f80acf1b4098b003553838abf4196aa1d3c82ff16f9b91c15d59d2b02b77821d', 2, '{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}', 'model.bin', 'file', '{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}', 1, 1, 1);
INSERT INTO public.run VALUES (13, 'ca0860c2-e047-45bd-9707-8c2e76b4af23', 3, 2, 'finished', 'project', '/srv/registry-fixture/orchard/project', NULL, '[]', NULL, '2026-11-22 15:00:57.389999+00', 'ada', '2026-11-22 15:00:57.389999+00', NULL, NULL, '{"code": {}, "commands": {}, "resolved": "", "parameters": {"teeth": 7, "shape": {"round": true, "ratio": 0.1}}, "data": {}, "environment": "e5fdc7146b5dc4c9b68c145e75ae016b54eaa73f37d0eeefe459bf2e05f9a134"}', 'a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808', 'c3046d3b18ceb901ad9a8f37771387d6461e76f4efdc583ce5c3e337551fb8cc', 3, '{}', 'edger.bin', 'file', 'null', 0, 0, 0);
INSERT INTO public.run VALUES (14, '6ea9633b-1d75-4b11-a83d-93b85626ed9a', 3, 2, 'finished', 'project', '/srv/registry-fixture/orchard/project', NULL, '[]', NULL, '2026-11-22 15:00:57.437093+00', 'ada', '2026-11-22 15:00:57.437093+00', NULL, NULL, '{"code": {}, "commands": {}, "resolved": "", "parameters": {"teeth": 7, "shape": {"round": true, "ratio": 0.1}}, "data": {}, "environment": "e5fdc7146b5dc4c9b68c145e75ae016b54eaa73f37d0eeefe459bf2e05f9a134"}', 'a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808', '79bcd2aeadf86c4c39d7ce4a0630a8b03f7dab188f304a92d7d3b42761ac762b', 3, '{}', 'edger.bin', 'file', 'null', 0, 0, 0);
INSERT INTO public.stage_assignment VALUES (1, 'default', 1, 'experiment', false);
INSERT INTO public.stage_assignment VALUES (2, 'default', 1, 'production', true);
INSERT INTO public.stage_assignment VALUES (3, 'default', 1, 'staging', true);
INSERT INTO public.stage_assignment VALUES (5, 'default', 2, 'experiment', false);
INSERT INTO public.stage_assignment VALUES (4, 'default', 2, 'production', true);
INSERT INTO public.stage_assignment VALUES (5, 'eu', 2, 'staging', true);
INSERT INTO public.stage_assignment VALUES (6, 'default', 2, 'archived', false);
INSERT INTO public.stage_assignment VALUES (8, 'default', 3, 'experiment', false);
INSERT INTO public.stage_assignment VALUES (9, 'default', 3, 'experiment', false);
INSERT INTO public.stage_assignment VALUES (7, 'default', 2, 'archived', false);
INSERT INTO public.tag VALUES (1, 'crew', 'north');
INSERT INTO public.tag VALUES (2, 'crew', 'north');
INSERT INTO public.tag VALUES (2, 'season', 'spring');
INSERT INTO public.tag VALUES (8, 'from', 'a drawer');
INSERT INTO public.tag VALUES (9, 'from', 'a drawer');
INSERT INTO public.version VALUES (1, 'fdb72c68-a6a4-4aff-b32a-c87bc888a2bc', 1, 1, 1, 0, 0, 'first', '["the first version"]', NULL, NULL, 1, 'project', '/srv/registry-fixture/orchard/project', '8bb2aeebf3000f5791a63ab20d7a5ce7b2530d0d', '4d5a8cf55829280c3ad964be6c568ab25488082003bcefde66afca1b76d4ce86', 'aa4a286c90c38149df2e171808707c11e62fd4183b82fe4e666c98b0917bf95f', 'model/model.json', 'json', 'fe4e9b4a15acfd1f3f4d49a2829b10fdd0af43c4fbcfdd35de044f1f52d81935', '43c1d61d32d08530b3edc9ed6b5c4d33', 42, 'B', '[]', '2026-11-22 15:00:50.400478+00', 'ada');
INSERT INTO public.version VALUES (2, '775bdce4-a341-4f49-aec8-a4f123ba9ac2', 1, 2, 1, 1, 0, 'minor', '["parameter: mower.slope"]', 1, NULL, 2, 'project', '/srv/registry-fixture/orchard/project', 'f81ad2e878a76e4b0f5b2f3ef9cce1c0254500c2', 'd746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577', 'cfc97aa5a237ca13ad8fdb7cb11efa04d4b25bdc5d6ac287777895ebc8eb8376', 'model/model.json', 'json', 'b9f6617bf21326d7b1d4ffca3b2d6ab852adeaef3ecd74714ab81eb5c8b5a004', '3b75b8ccd8e34fd49487dfe2a4fe1677', 42, 'B', '[]', '2026-11-22 15:00:51.84311+00', 'ada');
INSERT INTO public.version VALUES (3, '6a7411f1-c8b8-4b41-8bfc-8ceee82a18d9', 1, 3, 1, 2, 0, 'minor', '["parameter: mower.slope"]', 2, NULL, 4, 'project', '/srv/registry-fixture/orchard/project', '273c3524ffe4602ede404cb5daf1ab35ab2bdd2d', '76922c2cf8c3edd92150db0e96db7908290d1a9e8bfd2e1428b2aee6dffc522d', '899861eea4f77d020f71046ad7e6c993ab3690a7a181332891e48c05eec9df4b', 'model/model.json', 'json', '5b602f24a67cf12da0431dad441c16049601945205086f36d97f31928a064911', 'a8018723c1dc388eb0d6603f54e75934', 43, 'B', '[]', '2026-11-22 15:00:54.712727+00', 'ada');
INSERT INTO public.version VALUES (4, '60a7da10-7478-4cfa-b9c9-00251eeb06c5', 2, 1, 1, 0, 0, 'first', '["the first version"]', NULL, NULL, 5, 'project', '/srv/registry-fixture/orchard/project', '8c8983e1c183e717b9d4ec7d738d1e6005c7f734', '49ec77b16731963390a5d6541973fe9ca7164dfa66ad779cc4f86bb4c2565e3b', '96d63e6fd5ca358acf48a1a9792d48dd0c2f476fa04af046c16f0164c14d3524', 'model.bin', 'file', 'cd36b49d7b2a8b5e4e13663cb54c5e1338c17b7d3af1c506fb3842bd08291822', '8a72de2cdf595608905699e2d725a9c0', 7, 'B', '[]', '2026-11-22 15:00:56.246419+00', 'ada');
INSERT INTO public.version VALUES (5, 'f8e50178-2c7a-4426-b27c-2ce917efa9a2', 2, 2, 1, 1, 0, 'minor', '["parameter: trees"]', 4, NULL, 6, 'project', '/srv/registry-fixture/orchard/project', 'faf09407ff39242d60e4b4def99586e80c097148', 'e59ae983d461a65a27561f698c6cedc572829b8557e53d5ec3cd09769b5e05ed', 'cda78dd8a13c5f35f89f388c4fa2d147b86bac81e1c2c4466683afe5261e3149', 'model.bin', 'file', '97e2521720cb4b3821c7ed9df7dbca7a63e04b42ba05ffe3e15dc992f227ae36', 'a7558513f2cb497034e995ce9813430d', 7, 'B', '[]', '2026-11-22 15:00:56.384867+00', 'ada');
INSERT INTO public.version VALUES (6, '0bbb45dd-c556-4956-a212-ddb878467780', 2, 3, 1, 2, 0, 'minor', '["parameter: trees"]', 5, NULL, 7, 'project', '/srv/registry-fixture/orchard/project', 'bbf9da6c79b037a314a429b0117de6cb828bb77e', '43cdb6d9614b4cea985ece02e84fba90481036d3afefc1de968227b7438bd174', 'f6cfc11915a3c1b14e363be092c4cb3d50ed8c0ff72999212f128cd184818838', 'model.bin', 'file', 'a63f0dfe98cc2a03a21873a3ab0d209eae44045e3810b79a104d42783e2ca194', '31b9bbb7094fe62ab2ae88960e6d6939', 7, 'B', '[]', '2026-11-22 15:00:56.502925+00', 'ada');
INSERT INTO public.version VALUES (7, '54aa0c8e-3279-4775-a9e3-06775ca34879', 2, 4, 1, 3, 0, 'minor', '["parameter: trees"]', 6, NULL, 8, 'project', '/srv/registry-fixture/orchard/project', '4997cfef2adf9b84925cf34d8ad0f36af25751e8', '811b2e4c886396474a11b22f196e19b4d2803611401385b3320101bee3225c08', 'f80acf1b4098b003553838abf4196aa1d3c82ff16f9b91c15d59d2b02b77821d', 'model.bin', 'file', '47b98be17c1c80f2a85cd3013c745ec8379b9b591b103c675169996da479f7dd', '28aa933e52ad610eace8712fd5577612', 7, 'B', '[]', '2026-11-22 15:00:56.642298+00', 'ada');
INSERT INTO public.version VALUES (8, 'b043bb2f-123f-4f8b-9e96-865853683d8b', 3, 1, 1, 0, 0, 'first', '["the first version"]', NULL, NULL, 13, 'project', '/srv/registry-fixture/orchard/project', NULL, 'a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808', 'c3046d3b18ceb901ad9a8f37771387d6461e76f4efdc583ce5c3e337551fb8cc', 'edger.bin', 'file', '381adba472d686d3e056b6bb4a7e78117e87ed7d4386799c4d3533734641e670', '99181bf19a5620a7e679c9b61380a897', 7, 'F', '["registered without a Git commit and a DVC pipeline"]', '2026-11-22 15:00:57.389999+00', 'ada');
INSERT INTO public.version VALUES (9, '5a7cedc5-77cb-4a03-8f10-ec652bb023ab', 3, 2, 1, 0, 1, 'patch', '["the same recipe gave other bytes"]', 8, 8, 14, 'project', '/srv/registry-fixture/orchard/project', NULL, 'a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808', '79bcd2aeadf86c4c39d7ce4a0630a8b03f7dab188f304a92d7d3b42761ac762b', 'edger.bin', 'file', '043738d0d525537e6321b9509e244ceb99cccec77a93e5ac93b0960baefb0a8a', '5ea558395e0bd60bf7a0fe90782d2fd2', 7, 'F', '["registered without a Git commit and a DVC pipeline"]', '2026-11-22 15:00:57.437093+00', 'ada');
SELECT pg_catalog.setval('public.comparison_id_seq', 3, true);
SELECT pg_catalog.setval('public.dataset_id_seq', 2, true);
SELECT pg_catalog.setval('public.dataset_version_id_seq', 2, true);
SELECT pg_catalog.setval('public.environment_id_seq', 3, true);
SELECT pg_catalog.setval('public.event_sequence_seq', 56, true);
SELECT pg_catalog.setval('public.experiment_id_seq', 2, true);
SELECT pg_catalog.setval('public.model_id_seq', 3, true);
SELECT pg_catalog.setval('public.outbox_sequence_seq', 29, true);
SELECT pg_catalog.setval('public.promotion_attempt_id_seq', 11, true);
SELECT pg_catalog.setval('public.reproduction_id_seq', 2, true);
SELECT pg_catalog.setval('public.run_id_seq', 14, true);
SELECT pg_catalog.setval('public.version_id_seq', 9, true);
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
ALTER TABLE ONLY public.lineage_edge
    ADD CONSTRAINT pk_lineage_edge PRIMARY KEY (source_kind, source_id, target_kind, target_id, by);
ALTER TABLE ONLY public.metric
    ADD CONSTRAINT pk_metric PRIMARY KEY (run_id, key);
ALTER TABLE ONLY public.metric_point
    ADD CONSTRAINT pk_metric_point PRIMARY KEY (run_id, key, step);
ALTER TABLE ONLY public.model
    ADD CONSTRAINT pk_model PRIMARY KEY (id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT pk_outbox PRIMARY KEY (sequence);
ALTER TABLE ONLY public.parameter
    ADD CONSTRAINT pk_parameter PRIMARY KEY (run_id, key);
ALTER TABLE ONLY public.promotion_attempt
    ADD CONSTRAINT pk_promotion_attempt PRIMARY KEY (id);
ALTER TABLE ONLY public.reproduction
    ADD CONSTRAINT pk_reproduction PRIMARY KEY (id);
ALTER TABLE ONLY public.run
    ADD CONSTRAINT pk_run PRIMARY KEY (id);
ALTER TABLE ONLY public.stage_assignment
    ADD CONSTRAINT pk_stage_assignment PRIMARY KEY (version_id, environment);
ALTER TABLE ONLY public.tag
    ADD CONSTRAINT pk_tag PRIMARY KEY (version_id, key);
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
CREATE INDEX ix_event_version_id_sequence ON public.event USING btree (version_id, sequence);
CREATE INDEX ix_lineage_edge_target_kind_target_id ON public.lineage_edge USING btree (target_kind, target_id);
CREATE INDEX ix_promotion_attempt_version_id ON public.promotion_attempt USING btree (version_id);
CREATE INDEX ix_reproduction_version_id ON public.reproduction USING btree (version_id);
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
CREATE TRIGGER run_delete_refused BEFORE DELETE ON public.run FOR EACH ROW EXECUTE FUNCTION public.run_delete_refused();
CREATE TRIGGER run_truncate_refused BEFORE TRUNCATE ON public.run FOR EACH STATEMENT EXECUTE FUNCTION public.run_truncate_refused();
CREATE TRIGGER run_update_refused BEFORE UPDATE ON public.run FOR EACH ROW EXECUTE FUNCTION public.run_update_refused();
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
ALTER TABLE ONLY public.version
    ADD CONSTRAINT fk_version_based_on_id FOREIGN KEY (based_on_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT fk_version_model_id FOREIGN KEY (model_id) REFERENCES public.model(id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT fk_version_run_id FOREIGN KEY (run_id) REFERENCES public.run(id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT fk_version_same_recipe_id FOREIGN KEY (same_recipe_id) REFERENCES public.version(id);
