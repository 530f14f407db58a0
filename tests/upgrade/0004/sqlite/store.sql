BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
CREATE TABLE alias (
	model_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	version_id INTEGER NOT NULL, 
	CONSTRAINT pk_alias PRIMARY KEY (model_id, name), 
	CONSTRAINT fk_alias_model_id FOREIGN KEY(model_id) REFERENCES model (id), 
	CONSTRAINT fk_alias_version_id FOREIGN KEY(version_id) REFERENCES version (id)
);
INSERT INTO "alias" VALUES(1,'champion',2);
INSERT INTO "alias" VALUES(2,'champion',4);
INSERT INTO "alias" VALUES(2,'challenger',5);
CREATE TABLE artifact (
	run_id INTEGER NOT NULL, 
	path TEXT NOT NULL, 
	md5 TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	size_bytes BIGINT NOT NULL, 
	home TEXT NOT NULL, 
	stage TEXT, 
	own BOOLEAN NOT NULL, source TEXT, 
	CONSTRAINT pk_artifact PRIMARY KEY (run_id, path), 
	CONSTRAINT fk_artifact_run_id FOREIGN KEY(run_id) REFERENCES run (id)
);
INSERT INTO "artifact" VALUES(1,'curves/loss.tsv','5c5b4fe7eea668f8fd9d5a266bfcfe22','54e7650d9097170342bbf7c81f97ce28faaa71b27cff839a80972f1d641a6432',22,'git','train',1,NULL);
INSERT INTO "artifact" VALUES(1,'data/new.csv','00299f0a188e622761a48a6890c96289','b286018292607d63463a630177f765380d039c92a1c28db76efb0bbbf985cfac',2290,'remote','raw@new',1,NULL);
INSERT INTO "artifact" VALUES(1,'data/old.csv','e018195129362c1d657e163cd019ace2','69ed1466a8c66f2a63ea47de2c400e5dcfdce1c8176d9cdf8d625b1d94f5f7b3',2295,'remote','raw@old',1,NULL);
INSERT INTO "artifact" VALUES(1,'metrics.json','613936a39b86c50ec1e29b9e64455544','29e245e74b4ab843aaf8313b72262f8d690e4c5a6f0600bde0b4efdaa269defe',41,'git','evaluate',1,NULL);
INSERT INTO "artifact" VALUES(1,'model/model.json','43c1d61d32d08530b3edc9ed6b5c4d33','fe4e9b4a15acfd1f3f4d49a2829b10fdd0af43c4fbcfdd35de044f1f52d81935',42,'remote','train',1,NULL);
INSERT INTO "artifact" VALUES(1,'model/signature.json','2c46d64caa9bb38e14cbd2dde9f7d417','db989d01dd7b050e33059d4ba3f796e85b3f04c9b216411a15a0c235392586b8',93,'git','train',1,NULL);
INSERT INTO "artifact" VALUES(2,'curves/loss.tsv','5c5b4fe7eea668f8fd9d5a266bfcfe22','54e7650d9097170342bbf7c81f97ce28faaa71b27cff839a80972f1d641a6432',22,'git','train',1,NULL);
INSERT INTO "artifact" VALUES(2,'data/new.csv','00299f0a188e622761a48a6890c96289','b286018292607d63463a630177f765380d039c92a1c28db76efb0bbbf985cfac',2290,'remote','raw@new',1,NULL);
INSERT INTO "artifact" VALUES(2,'data/old.csv','e018195129362c1d657e163cd019ace2','69ed1466a8c66f2a63ea47de2c400e5dcfdce1c8176d9cdf8d625b1d94f5f7b3',2295,'remote','raw@old',1,NULL);
INSERT INTO "artifact" VALUES(2,'metrics.json','5278008b459359374322d4a27155ee7d','f71fab3b759231ba16f4b8a332d8f83c61f4751f3df0cc828ef0b1c35b9ecd6b',41,'git','evaluate',1,NULL);
INSERT INTO "artifact" VALUES(2,'model/model.json','3b75b8ccd8e34fd49487dfe2a4fe1677','b9f6617bf21326d7b1d4ffca3b2d6ab852adeaef3ecd74714ab81eb5c8b5a004',42,'remote','train',1,NULL);
INSERT INTO "artifact" VALUES(2,'model/signature.json','2c46d64caa9bb38e14cbd2dde9f7d417','db989d01dd7b050e33059d4ba3f796e85b3f04c9b216411a15a0c235392586b8',93,'git','train',1,NULL);
INSERT INTO "artifact" VALUES(3,'curves/loss.tsv','5c5b4fe7eea668f8fd9d5a266bfcfe22','54e7650d9097170342bbf7c81f97ce28faaa71b27cff839a80972f1d641a6432',22,'git','train',1,NULL);
INSERT INTO "artifact" VALUES(3,'data/new.csv','00299f0a188e622761a48a6890c96289','b286018292607d63463a630177f765380d039c92a1c28db76efb0bbbf985cfac',2290,'remote','raw@new',1,NULL);
INSERT INTO "artifact" VALUES(3,'data/old.csv','e018195129362c1d657e163cd019ace2','69ed1466a8c66f2a63ea47de2c400e5dcfdce1c8176d9cdf8d625b1d94f5f7b3',2295,'remote','raw@old',1,NULL);
INSERT INTO "artifact" VALUES(3,'metrics.json','5278008b459359374322d4a27155ee7d','f71fab3b759231ba16f4b8a332d8f83c61f4751f3df0cc828ef0b1c35b9ecd6b',41,'git','evaluate',1,NULL);
INSERT INTO "artifact" VALUES(3,'model/model.json','3b75b8ccd8e34fd49487dfe2a4fe1677','b9f6617bf21326d7b1d4ffca3b2d6ab852adeaef3ecd74714ab81eb5c8b5a004',42,'remote','train',1,NULL);
INSERT INTO "artifact" VALUES(3,'model/signature.json','2c46d64caa9bb38e14cbd2dde9f7d417','db989d01dd7b050e33059d4ba3f796e85b3f04c9b216411a15a0c235392586b8',93,'git','train',1,NULL);
INSERT INTO "artifact" VALUES(4,'curves/loss.tsv','5c5b4fe7eea668f8fd9d5a266bfcfe22','54e7650d9097170342bbf7c81f97ce28faaa71b27cff839a80972f1d641a6432',22,'git','train',1,NULL);
INSERT INTO "artifact" VALUES(4,'data/new.csv','00299f0a188e622761a48a6890c96289','b286018292607d63463a630177f765380d039c92a1c28db76efb0bbbf985cfac',2290,'remote','raw@new',1,NULL);
INSERT INTO "artifact" VALUES(4,'data/old.csv','e018195129362c1d657e163cd019ace2','69ed1466a8c66f2a63ea47de2c400e5dcfdce1c8176d9cdf8d625b1d94f5f7b3',2295,'remote','raw@old',1,NULL);
INSERT INTO "artifact" VALUES(4,'metrics.json','b2bb6e2908e2ac3a674b4b611d89ac00','c914f993b2e65e3446c4c2d1677cebcf56e14709b9c6f77a9b7a2356ca51e65d',40,'git','evaluate',1,NULL);
INSERT INTO "artifact" VALUES(4,'model/model.json','a8018723c1dc388eb0d6603f54e75934','5b602f24a67cf12da0431dad441c16049601945205086f36d97f31928a064911',43,'remote','train',1,NULL);
INSERT INTO "artifact" VALUES(4,'model/signature.json','2c46d64caa9bb38e14cbd2dde9f7d417','db989d01dd7b050e33059d4ba3f796e85b3f04c9b216411a15a0c235392586b8',93,'git','train',1,NULL);
INSERT INTO "artifact" VALUES(5,'model.bin','8a72de2cdf595608905699e2d725a9c0','cd36b49d7b2a8b5e4e13663cb54c5e1338c17b7d3af1c506fb3842bd08291822',7,'remote','train',1,NULL);
INSERT INTO "artifact" VALUES(6,'model.bin','a7558513f2cb497034e995ce9813430d','97e2521720cb4b3821c7ed9df7dbca7a63e04b42ba05ffe3e15dc992f227ae36',7,'remote','train',1,NULL);
INSERT INTO "artifact" VALUES(7,'model.bin','31b9bbb7094fe62ab2ae88960e6d6939','a63f0dfe98cc2a03a21873a3ab0d209eae44045e3810b79a104d42783e2ca194',7,'remote','train',1,NULL);
INSERT INTO "artifact" VALUES(8,'model.bin','28aa933e52ad610eace8712fd5577612','47b98be17c1c80f2a85cd3013c745ec8379b9b591b103c675169996da479f7dd',7,'remote','train',1,NULL);
INSERT INTO "artifact" VALUES(11,'model.bin','0f46aff8749162b946564f1138f1a287','de5a3afe07939bad0bf980634b5d1d00658f2c278c3abd8af395998b322ee770',16,'remote','train',1,NULL);
INSERT INTO "artifact" VALUES(12,'model.bin','28aa933e52ad610eace8712fd5577612','47b98be17c1c80f2a85cd3013c745ec8379b9b591b103c675169996da479f7dd',7,'remote','train',1,NULL);
INSERT INTO "artifact" VALUES(13,'edger.bin','99181bf19a5620a7e679c9b61380a897','381adba472d686d3e056b6bb4a7e78117e87ed7d4386799c4d3533734641e670',7,'remote',NULL,1,NULL);
INSERT INTO "artifact" VALUES(14,'edger.bin','5ea558395e0bd60bf7a0fe90782d2fd2','043738d0d525537e6321b9509e244ceb99cccec77a93e5ac93b0960baefb0a8a',7,'remote',NULL,1,NULL);
INSERT INTO "artifact" VALUES(15,'edger.bin','96b0d145956f9afd17eea05645520906','708d1bfb98560065deec58b98a0d0f0f018aab786b9c18f0cd742ac96eb854b0',7,'remote',NULL,1,NULL);
CREATE TABLE comparison (
	id INTEGER NOT NULL, 
	run_id INTEGER NOT NULL, 
	incumbent_id INTEGER NOT NULL, 
	holdout TEXT NOT NULL, 
	holdout_sha256 TEXT NOT NULL, 
	metric TEXT NOT NULL, 
	higher_is_better BOOLEAN NOT NULL, 
	bootstrap JSON NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	CONSTRAINT pk_comparison PRIMARY KEY (id), 
	CONSTRAINT fk_comparison_incumbent_id FOREIGN KEY(incumbent_id) REFERENCES version (id), 
	CONSTRAINT fk_comparison_run_id FOREIGN KEY(run_id) REFERENCES run (id)
);
INSERT INTO "comparison" VALUES(1,2,1,'data/new.csv','e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327','rmse',0,'{"candidate": 0.2949120358849226, "incumbent": 0.40599727668903557, "difference": -0.11108524080411297, "low": -0.16605318310256426, "high": -0.045120836366928235, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}','2026-11-23 02:40:59.849925','ada');
INSERT INTO "comparison" VALUES(2,4,2,'data/new.csv','e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327','rmse',0,'{"candidate": 1.4334335666921902, "incumbent": 0.2949120358849226, "difference": 1.1385215308072676, "low": 0.8985840711636498, "high": 1.3313315698205292, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}','2026-11-23 02:41:09.222451','ada');
INSERT INTO "comparison" VALUES(3,8,4,'data.csv','0000000000000000000000000000000000000000000000000000000000000000','auc',1,'{"candidate": 0.8, "incumbent": 0.7, "difference": 0.02, "low": 0.01, "high": 0.03, "confidence": 0.95, "resamples": 1000, "seed": 0, "rows": 10}','2026-11-23 02:41:17.705103','ada');
CREATE TABLE confirmation (
	version_id INTEGER NOT NULL, 
	run_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	CONSTRAINT pk_confirmation PRIMARY KEY (version_id, run_id), 
	CONSTRAINT fk_confirmation_run_id FOREIGN KEY(run_id) REFERENCES run (id), 
	CONSTRAINT fk_confirmation_version_id FOREIGN KEY(version_id) REFERENCES version (id)
);
INSERT INTO "confirmation" VALUES(2,3,'2026-11-23 02:41:03.853555','ada');
INSERT INTO "confirmation" VALUES(7,12,'2026-11-23 02:41:18.147870','ada');
CREATE TABLE dataset (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_dataset PRIMARY KEY (id), 
	CONSTRAINT uq_dataset_name UNIQUE (name)
);
INSERT INTO "dataset" VALUES(1,'data/old.csv');
INSERT INTO "dataset" VALUES(2,'data/new.csv');
CREATE TABLE dataset_profile (
	dataset_id INTEGER NOT NULL, 
	description TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	sensitivity TEXT NOT NULL, 
	source TEXT NOT NULL, 
	retain_until DATE, 
	CONSTRAINT pk_dataset_profile PRIMARY KEY (dataset_id), 
	CONSTRAINT fk_dataset_profile_dataset_id FOREIGN KEY(dataset_id) REFERENCES dataset (id)
);
INSERT INTO "dataset_profile" VALUES(2,'','ada','','',NULL);
CREATE TABLE dataset_shape (
	dataset_version_id INTEGER NOT NULL, 
	run_id INTEGER NOT NULL, 
	format TEXT NOT NULL, 
	rows BIGINT, 
	columns JSON NOT NULL, 
	note TEXT NOT NULL, 
	source TEXT NOT NULL, 
	CONSTRAINT pk_dataset_shape PRIMARY KEY (dataset_version_id), 
	CONSTRAINT fk_dataset_shape_dataset_version_id FOREIGN KEY(dataset_version_id) REFERENCES dataset_version (id), 
	CONSTRAINT fk_dataset_shape_run_id FOREIGN KEY(run_id) REFERENCES run (id)
);
INSERT INTO "dataset_shape" VALUES(1,1,'csv',60,'[{"name": "x", "type": "number"}, {"name": "y", "type": "number"}]','','');
INSERT INTO "dataset_shape" VALUES(2,1,'csv',60,'[{"name": "x", "type": "number"}, {"name": "y", "type": "number"}]','','');
CREATE TABLE dataset_use (
	run_id INTEGER NOT NULL, 
	dataset_version_id INTEGER NOT NULL, 
	stage TEXT NOT NULL, 
	CONSTRAINT pk_dataset_use PRIMARY KEY (run_id, dataset_version_id, stage), 
	CONSTRAINT fk_dataset_use_dataset_version_id FOREIGN KEY(dataset_version_id) REFERENCES dataset_version (id), 
	CONSTRAINT fk_dataset_use_run_id FOREIGN KEY(run_id) REFERENCES run (id)
);
INSERT INTO "dataset_use" VALUES(1,1,'train');
INSERT INTO "dataset_use" VALUES(1,2,'evaluate');
INSERT INTO "dataset_use" VALUES(2,1,'train');
INSERT INTO "dataset_use" VALUES(2,2,'evaluate');
INSERT INTO "dataset_use" VALUES(3,1,'train');
INSERT INTO "dataset_use" VALUES(3,2,'evaluate');
INSERT INTO "dataset_use" VALUES(4,1,'train');
INSERT INTO "dataset_use" VALUES(4,2,'evaluate');
CREATE TABLE dataset_version (
	id INTEGER NOT NULL, 
	dataset_id INTEGER NOT NULL, 
	md5 TEXT NOT NULL, 
	size_bytes BIGINT NOT NULL, 
	files INTEGER NOT NULL, 
	CONSTRAINT pk_dataset_version PRIMARY KEY (id), 
	CONSTRAINT fk_dataset_version_dataset_id FOREIGN KEY(dataset_id) REFERENCES dataset (id), 
	CONSTRAINT uq_dataset_version_dataset_id_md5 UNIQUE (dataset_id, md5)
);
INSERT INTO "dataset_version" VALUES(1,1,'e018195129362c1d657e163cd019ace2',2295,1);
INSERT INTO "dataset_version" VALUES(2,2,'00299f0a188e622761a48a6890c96289',2290,1);
CREATE TABLE deployment (
	id INTEGER NOT NULL, 
	uuid TEXT NOT NULL, 
	model_id INTEGER NOT NULL, 
	version_id INTEGER NOT NULL, 
	environment TEXT NOT NULL, 
	place TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	since DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	until DATETIME, 
	ended_by TEXT, 
	CONSTRAINT pk_deployment PRIMARY KEY (id), 
	CONSTRAINT fk_deployment_model_id FOREIGN KEY(model_id) REFERENCES model (id), 
	CONSTRAINT fk_deployment_version_id FOREIGN KEY(version_id) REFERENCES version (id), 
	CONSTRAINT uq_deployment_uuid UNIQUE (uuid)
);
INSERT INTO "deployment" VALUES(1,'de2ac93b-0596-43d7-9dfe-2f4b267e8d1e',1,1,'eu','API','','2026-11-23 02:41:22.966775','ada','2026-11-23 02:41:23.092085','ada');
INSERT INTO "deployment" VALUES(2,'2af2fea9-9b87-4dbc-8aa6-3affe0dfe74d',1,2,'eu','API','','2026-11-23 02:41:23.016041','ada',NULL,NULL);
CREATE TABLE environment (
	id INTEGER NOT NULL, 
	digest TEXT NOT NULL, 
	python TEXT NOT NULL, 
	platform TEXT NOT NULL, 
	CONSTRAINT pk_environment PRIMARY KEY (id), 
	CONSTRAINT uq_environment_digest UNIQUE (digest)
);
INSERT INTO "environment" VALUES(1,'024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586','3.11.7','linux-x86_64');
INSERT INTO "environment" VALUES(2,'95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af','3.11','linux');
INSERT INTO "environment" VALUES(3,'e5fdc7146b5dc4c9b68c145e75ae016b54eaa73f37d0eeefe459bf2e05f9a134','unknown','unknown');
CREATE TABLE environment_package (
	environment_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	version TEXT NOT NULL, 
	CONSTRAINT pk_environment_package PRIMARY KEY (environment_id, name), 
	CONSTRAINT fk_environment_package_environment_id FOREIGN KEY(environment_id) REFERENCES environment (id)
);
INSERT INTO "environment_package" VALUES(1,'dvc','3.67.1');
INSERT INTO "environment_package" VALUES(1,'numpy','2.3.5');
INSERT INTO "environment_package" VALUES(1,'registry-tasks','0.1.0');
INSERT INTO "environment_package" VALUES(2,'numpy','2.0');
CREATE TABLE event (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	actor TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	model_id INTEGER, 
	version_id INTEGER, 
	run_id INTEGER, 
	reason TEXT NOT NULL, 
	"before" JSON NOT NULL, 
	"after" JSON NOT NULL, entered TEXT, vacated TEXT, 
	CONSTRAINT fk_event_model_id FOREIGN KEY(model_id) REFERENCES model (id), 
	CONSTRAINT fk_event_run_id FOREIGN KEY(run_id) REFERENCES run (id), 
	CONSTRAINT fk_event_version_id FOREIGN KEY(version_id) REFERENCES version (id)
);
INSERT INTO "event" VALUES(1,'2026-11-23 02:40:47.887678','ada','model.created',1,NULL,NULL,'','null','{"name": "mower"}',NULL,NULL);
INSERT INTO "event" VALUES(2,'2026-11-23 02:40:47.887678','ada','run.started',1,NULL,1,'','null','{"origin": {"project": "project", "repository": "27c93fe2068ef72d77143b44ca434307b99881ed", "base_commit": "468516d6450d82c9af74080b71c741d960561508", "uncommitted": []}, "parameters": {}}',NULL,NULL);
INSERT INTO "event" VALUES(3,'2026-11-23 02:40:54.563336','ada','run.finished',1,NULL,1,'','null','{"commit": "e55a066adc8684b006e2665e2468cb75c511879b", "recipe": "4d5a8cf55829280c3ad964be6c568ab25488082003bcefde66afca1b76d4ce86"}',NULL,NULL);
INSERT INTO "event" VALUES(4,'2026-11-23 02:40:54.679145','ada','version.registered',1,1,1,'','null','{"number": 1, "semantic_version": "v1.0.0", "stage": "experiment", "commit": "e55a066adc8684b006e2665e2468cb75c511879b", "sha256": "fe4e9b4a15acfd1f3f4d49a2829b10fdd0af43c4fbcfdd35de044f1f52d81935", "tags": {"crew": "north"}, "description": "the first one"}',NULL,NULL);
INSERT INTO "event" VALUES(5,'2026-11-23 02:40:54.855198','ada','version.promoted',1,1,NULL,'','{"stage": "experiment", "environment": "default"}','{"stage": "staging", "environment": "default"}','staging/default','experiment/default');
INSERT INTO "event" VALUES(6,'2026-11-23 02:40:55.061136','ada','version.promoted',1,1,NULL,'','{"stage": "staging", "environment": "default"}','{"stage": "production", "environment": "default"}','production/default','staging/default');
INSERT INTO "event" VALUES(7,'2026-11-23 02:40:55.061136','ada','alias.moved',1,1,NULL,'follows production','{"alias": "champion", "version": null}','{"alias": "champion", "version": 1}','@champion',NULL);
INSERT INTO "event" VALUES(8,'2026-11-23 02:40:55.310173','ada','run.started',1,NULL,2,'','null','{"origin": {"project": "project", "repository": "27c93fe2068ef72d77143b44ca434307b99881ed", "base_commit": "ff9b1ebd78fe647b7f01bd944cfb4f15be003c5b", "uncommitted": []}, "parameters": {}}',NULL,NULL);
INSERT INTO "event" VALUES(9,'2026-11-23 02:40:59.031194','ada','run.finished',1,NULL,2,'','null','{"commit": "17c2c9d192ae714b59e34aef3a507401e19a47e9", "recipe": "d746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577"}',NULL,NULL);
INSERT INTO "event" VALUES(10,'2026-11-23 02:40:59.123720','ada','version.registered',1,2,2,'','null','{"number": 2, "semantic_version": "v1.1.0", "stage": "experiment", "commit": "17c2c9d192ae714b59e34aef3a507401e19a47e9", "sha256": "b9f6617bf21326d7b1d4ffca3b2d6ab852adeaef3ecd74714ab81eb5c8b5a004", "tags": {"crew": "north", "season": "spring"}, "description": ""}',NULL,NULL);
INSERT INTO "event" VALUES(11,'2026-11-23 02:40:59.850379','ada','run.compared',1,NULL,2,'','null','{"run": "1b719691-959b-4491-b6fb-624de35e6b77", "incumbent": "mower@1", "incumbent_uuid": "fd36a230-66d4-460d-8f9b-d3b3a5203e0f", "holdout": "data/new.csv", "holdout_sha256": "e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327", "metric": "rmse", "higher_is_better": false, "bootstrap": {"candidate": 0.2949120358849226, "incumbent": 0.40599727668903557, "difference": -0.11108524080411297, "low": -0.16605318310256426, "high": -0.045120836366928235, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}, "at": "2026-11-23T02:40:59.849925Z", "by": "ada"}',NULL,NULL);
INSERT INTO "event" VALUES(12,'2026-11-23 02:40:59.939585','ada','version.promoted',1,2,NULL,'','{"stage": "experiment", "environment": "default"}','{"stage": "staging", "environment": "default"}','staging/default','experiment/default');
INSERT INTO "event" VALUES(13,'2026-11-23 02:41:00.094049','ada','version.displaced',1,1,NULL,'displaced by mower@2','{"stage": "production", "environment": "default"}','{"stage": "experiment", "environment": "default"}','experiment/default','production/default');
INSERT INTO "event" VALUES(14,'2026-11-23 02:41:00.094049','ada','version.promoted',1,2,NULL,'','{"stage": "staging", "environment": "default"}','{"stage": "production", "environment": "default"}','production/default','staging/default');
INSERT INTO "event" VALUES(15,'2026-11-23 02:41:00.094049','ada','alias.moved',1,2,NULL,'follows production','{"alias": "champion", "version": 1}','{"alias": "champion", "version": 2}','@champion',NULL);
INSERT INTO "event" VALUES(16,'2026-11-23 02:41:00.304338','ada','run.started',1,NULL,3,'','null','{"origin": {"project": "project", "repository": "27c93fe2068ef72d77143b44ca434307b99881ed", "base_commit": "ff9b1ebd78fe647b7f01bd944cfb4f15be003c5b", "uncommitted": []}, "parameters": {}}',NULL,NULL);
INSERT INTO "event" VALUES(17,'2026-11-23 02:41:03.732115','ada','run.finished',1,NULL,3,'','null','{"commit": "100a4934e309e798ccc43680585da59dc7d307c9", "recipe": "d746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577"}',NULL,NULL);
INSERT INTO "event" VALUES(18,'2026-11-23 02:41:03.853555','ada','version.confirmed',1,2,3,'','null','{"confirmed_at": "2026-11-23T02:41:03.853555+00:00"}',NULL,NULL);
INSERT INTO "event" VALUES(19,'2026-11-23 02:41:04.062125','ada','run.started',1,NULL,4,'','null','{"origin": {"project": "project", "repository": "27c93fe2068ef72d77143b44ca434307b99881ed", "base_commit": "ff9b1ebd78fe647b7f01bd944cfb4f15be003c5b", "uncommitted": []}, "parameters": {"mower.slope": -3.0}}',NULL,NULL);
INSERT INTO "event" VALUES(20,'2026-11-23 02:41:08.278119','ada','run.finished',1,NULL,4,'','null','{"commit": "41db05f02c3a586ced13dbc3fda1ce736b0dbc94", "recipe": "76922c2cf8c3edd92150db0e96db7908290d1a9e8bfd2e1428b2aee6dffc522d"}',NULL,NULL);
INSERT INTO "event" VALUES(21,'2026-11-23 02:41:08.494637','ada','version.registered',1,3,4,'','null','{"number": 3, "semantic_version": "v1.2.0", "stage": "experiment", "commit": "41db05f02c3a586ced13dbc3fda1ce736b0dbc94", "sha256": "5b602f24a67cf12da0431dad441c16049601945205086f36d97f31928a064911", "tags": {}, "description": ""}',NULL,NULL);
INSERT INTO "event" VALUES(22,'2026-11-23 02:41:09.227243','ada','run.compared',1,NULL,4,'','null','{"run": "afe5fc98-5cdb-4b52-a047-6cfb7469ea04", "incumbent": "mower@2", "incumbent_uuid": "b0160f6c-5d8e-4da3-923f-190bb0d994c8", "holdout": "data/new.csv", "holdout_sha256": "e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327", "metric": "rmse", "higher_is_better": false, "bootstrap": {"candidate": 1.4334335666921902, "incumbent": 0.2949120358849226, "difference": 1.1385215308072676, "low": 0.8985840711636498, "high": 1.3313315698205292, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}, "at": "2026-11-23T02:41:09.222451Z", "by": "ada"}',NULL,NULL);
INSERT INTO "event" VALUES(23,'2026-11-23 02:41:09.308684','ada','version.promoted',1,3,NULL,'','{"stage": "experiment", "environment": "default"}','{"stage": "staging", "environment": "default"}','staging/default','experiment/default');
INSERT INTO "event" VALUES(24,'2026-11-23 02:41:09.425991','ada','version.refused',1,3,NULL,'hope','{"stage": "staging", "environment": "default"}','{"stage": "staging", "environment": "default", "refused": "production", "gates": [{"gate": "better-than-production", "outcome": "failed", "measured": "-1.33133 to -0.89858", "bound": "lower end of the improvement > 0", "reason": "rmse 1.43343 against 0.29491 of mower@2 on data/new.csv: improvement -1.33133 to -0.89858 (95 %, 100 resamples of 60 rows)"}]}',NULL,NULL);
INSERT INTO "event" VALUES(25,'2026-11-23 02:41:13.049445','ada','version.reproduced',1,2,NULL,'','null','{"verdict": "identical", "first_different_stage": null, "differences": [], "outputs": 6, "duration_s": 3.328322561996174}',NULL,NULL);
INSERT INTO "event" VALUES(26,'2026-11-23 02:41:13.049445','ada','version.regraded',1,2,NULL,'','{"grade": "C", "reasons": ["its commit was seen on no Git remote; push the branch, then run `registry sync`", "no rebuild has given the same bytes; run `registry reproduce`"]}','{"grade": "B", "reasons": ["its commit was seen on no Git remote; push the branch, then run `registry sync`"], "pushed_to": null}',NULL,NULL);
INSERT INTO "event" VALUES(27,'2026-11-23 02:41:13.952620','ada','version.described',1,2,NULL,'','{"description": ""}','{"description": "a first text"}',NULL,NULL);
INSERT INTO "event" VALUES(28,'2026-11-23 02:41:14.018568','ada','version.described',1,2,NULL,'','{"description": "a first text"}','{"description": "zwei M\u00e4her, \u4e8c"}',NULL,NULL);
INSERT INTO "event" VALUES(29,'2026-11-23 02:41:14.079145','ada','model.created',2,NULL,NULL,'','null','{"name": "trimmer"}',NULL,NULL);
INSERT INTO "event" VALUES(30,'2026-11-23 02:41:14.210462','ada','version.registered',2,4,5,'','null','{"number": 1, "semantic_version": "v1.0.0", "stage": "experiment", "commit": "7f2cf7ba390a07b895d51459be3c113793606ded", "sha256": "cd36b49d7b2a8b5e4e13663cb54c5e1338c17b7d3af1c506fb3842bd08291822", "tags": {}, "description": ""}',NULL,NULL);
INSERT INTO "event" VALUES(31,'2026-11-23 02:41:14.654932','ada','version.registered',2,5,6,'','null','{"number": 2, "semantic_version": "v1.1.0", "stage": "experiment", "commit": "4712fc968a293f31406ddce93c17b1fa38641dfb", "sha256": "97e2521720cb4b3821c7ed9df7dbca7a63e04b42ba05ffe3e15dc992f227ae36", "tags": {}, "description": ""}',NULL,NULL);
INSERT INTO "event" VALUES(32,'2026-11-23 02:41:15.128678','ada','version.registered',2,6,7,'','null','{"number": 3, "semantic_version": "v1.2.0", "stage": "experiment", "commit": "1e63a61d9af152b45c9be4c87cbf7f15da33525a", "sha256": "a63f0dfe98cc2a03a21873a3ab0d209eae44045e3810b79a104d42783e2ca194", "tags": {}, "description": ""}',NULL,NULL);
INSERT INTO "event" VALUES(33,'2026-11-23 02:41:15.437849','ada','version.registered',2,7,8,'','null','{"number": 4, "semantic_version": "v1.3.0", "stage": "experiment", "commit": "cb945076e8cc26b7bcb739aee6983f272ed70cbe", "sha256": "47b98be17c1c80f2a85cd3013c745ec8379b9b591b103c675169996da479f7dd", "tags": {}, "description": ""}',NULL,NULL);
INSERT INTO "event" VALUES(34,'2026-11-23 02:41:15.761993','ada','version.promoted',2,4,NULL,'','{"stage": "experiment", "environment": "default"}','{"stage": "staging", "environment": "default"}','staging/default','experiment/default');
INSERT INTO "event" VALUES(35,'2026-11-23 02:41:16.326872','ada','version.promoted',2,4,NULL,'','{"stage": "staging", "environment": "default"}','{"stage": "production", "environment": "default"}','production/default','staging/default');
INSERT INTO "event" VALUES(36,'2026-11-23 02:41:16.326872','ada','alias.moved',2,4,NULL,'follows production','{"alias": "champion", "version": null}','{"alias": "champion", "version": 1}','@champion',NULL);
INSERT INTO "event" VALUES(37,'2026-11-23 02:41:16.526160','ada','version.promoted',2,5,NULL,'','{"stage": "experiment", "environment": "default"}','{"stage": "staging", "environment": "default"}','staging/default','experiment/default');
INSERT INTO "event" VALUES(38,'2026-11-23 02:41:16.676825','ada','version.displaced',2,4,NULL,'displaced by trimmer@2','{"stage": "production", "environment": "default"}','{"stage": "experiment", "environment": "default"}','experiment/default','production/default');
INSERT INTO "event" VALUES(39,'2026-11-23 02:41:16.676825','ada','version.promoted',2,5,NULL,'','{"stage": "staging", "environment": "default"}','{"stage": "production", "environment": "default"}','production/default','staging/default');
INSERT INTO "event" VALUES(40,'2026-11-23 02:41:16.676825','ada','alias.moved',2,5,NULL,'follows production','{"alias": "champion", "version": 1}','{"alias": "champion", "version": 2}','@champion',NULL);
INSERT INTO "event" VALUES(41,'2026-11-23 02:41:16.813787','ada','version.displaced',2,5,NULL,'rolled back to trimmer@1','{"stage": "production", "environment": "default"}','{"stage": "experiment", "environment": "default"}','experiment/default','production/default');
INSERT INTO "event" VALUES(42,'2026-11-23 02:41:16.813787','ada','version.rolled_back',2,4,NULL,'two was loud','{"stage": "experiment", "environment": "default"}','{"stage": "production", "environment": "default"}','production/default','experiment/default');
INSERT INTO "event" VALUES(43,'2026-11-23 02:41:16.813787','ada','alias.moved',2,4,NULL,'follows production','{"alias": "champion", "version": 2}','{"alias": "champion", "version": 1}','@champion',NULL);
INSERT INTO "event" VALUES(44,'2026-11-23 02:41:17.104909','ada','version.promoted',2,5,NULL,'','{"stage": "experiment", "environment": "eu"}','{"stage": "staging", "environment": "eu"}','staging/eu','experiment/eu');
INSERT INTO "event" VALUES(45,'2026-11-23 02:41:17.263144','ada','version.archived',2,6,NULL,'old','{"stage": "experiment", "environment": "default"}','{"stage": "archived", "environment": "default"}','archived/default','experiment/default');
INSERT INTO "event" VALUES(46,'2026-11-23 02:41:17.341826','ada','version.restored',2,6,NULL,'not so old','{"stage": "archived", "environment": "default"}','{"stage": "experiment", "environment": "default"}','experiment/default','archived/default');
INSERT INTO "event" VALUES(47,'2026-11-23 02:41:17.441249','ada','version.archived',2,6,NULL,'','{"stage": "experiment", "environment": "default"}','{"stage": "archived", "environment": "default"}','archived/default','experiment/default');
INSERT INTO "event" VALUES(48,'2026-11-23 02:41:17.537056','ada','alias.moved',2,4,NULL,'','{"alias": "challenger", "version": null}','{"alias": "challenger", "version": 1}','@challenger',NULL);
INSERT INTO "event" VALUES(49,'2026-11-23 02:41:17.580220','ada','alias.moved',2,5,NULL,'','{"alias": "challenger", "version": 1}','{"alias": "challenger", "version": 2}','@challenger',NULL);
INSERT INTO "event" VALUES(50,'2026-11-23 02:41:17.616359','ada','alias.moved',2,7,NULL,'','{"alias": "trial", "version": null}','{"alias": "trial", "version": 4}','@trial',NULL);
INSERT INTO "event" VALUES(51,'2026-11-23 02:41:17.676052','ada','alias.removed',2,7,NULL,'tried','{"alias": "trial", "version": 4}','null',NULL,'@trial');
INSERT INTO "event" VALUES(52,'2026-11-23 02:41:17.705103','ada','run.compared',2,NULL,8,'','null','{"run": "fb106b79-8de5-4265-be51-209a0d3bc883", "incumbent": "trimmer@1", "incumbent_uuid": "c3aafa8e-7600-4515-8670-f5a70690af08", "holdout": "data.csv", "holdout_sha256": "0000000000000000000000000000000000000000000000000000000000000000", "metric": "auc", "higher_is_better": true, "bootstrap": {"candidate": 0.8, "incumbent": 0.7, "difference": 0.02, "low": 0.01, "high": 0.03, "confidence": 0.95, "resamples": 1000, "seed": 0, "rows": 10}, "at": "2026-11-23T02:41:17.705103Z", "by": "ada"}',NULL,NULL);
INSERT INTO "event" VALUES(53,'2026-11-23 02:41:17.730564','ada','version.reproduced',2,7,NULL,'','null','{"verdict": "equivalent", "first_different_stage": null, "differences": [], "outputs": 1, "duration_s": 0.30000000000000004}',NULL,NULL);
INSERT INTO "event" VALUES(54,'2026-11-23 02:41:17.762924','ada','run.failed',2,NULL,9,'','null','{"failure": "StageFailed: no petrol"}',NULL,NULL);
INSERT INTO "event" VALUES(55,'2026-11-23 02:41:18.147870','ada','version.confirmed',2,7,12,'','null','{"confirmed_at": "2026-11-23T02:41:18.147870+00:00"}',NULL,NULL);
INSERT INTO "event" VALUES(56,'2026-11-23 02:41:18.293150','ada','model.created',3,NULL,NULL,'','null','{"name": "edger"}',NULL,NULL);
INSERT INTO "event" VALUES(57,'2026-11-23 02:41:18.293150','ada','version.registered',3,8,13,'','null','{"number": 1, "semantic_version": "v1.0.0", "stage": "experiment", "commit": null, "sha256": "381adba472d686d3e056b6bb4a7e78117e87ed7d4386799c4d3533734641e670", "tags": {"from": "a drawer"}, "description": "found"}',NULL,NULL);
INSERT INTO "event" VALUES(58,'2026-11-23 02:41:18.451052','ada','version.registered',3,9,14,'','null','{"number": 2, "semantic_version": "v1.0.1", "stage": "experiment", "commit": null, "sha256": "043738d0d525537e6321b9509e244ceb99cccec77a93e5ac93b0960baefb0a8a", "tags": {"from": "a drawer"}, "description": "found"}',NULL,NULL);
INSERT INTO "event" VALUES(59,'2026-11-23 02:41:18.639724','ada','version.registered',3,10,15,'','null','{"number": 3, "semantic_version": "v1.1.0", "stage": "experiment", "commit": null, "sha256": "708d1bfb98560065deec58b98a0d0f0f018aab786b9c18f0cd742ac96eb854b0", "tags": {}, "description": ""}',NULL,NULL);
INSERT INTO "event" VALUES(60,'2026-11-23 02:41:18.748657','ada','version.deleted',3,10,NULL,'not ours','{"stages": {"default": "experiment"}, "deleted": false}','{"stages": {"default": "experiment"}, "deleted": true}',NULL,NULL);
INSERT INTO "event" VALUES(61,'2026-11-23 02:41:18.856750','ada','version.held',1,1,NULL,'asked for','{"held": false}','{"held": true}',NULL,NULL);
INSERT INTO "event" VALUES(62,'2026-11-23 02:41:18.919505','ada','version.held',1,2,NULL,'asked for','{"held": false}','{"held": true}',NULL,NULL);
INSERT INTO "event" VALUES(63,'2026-11-23 02:41:18.977022','ada','version.released',1,1,NULL,'no more','{"held": true}','{"held": false}',NULL,NULL);
INSERT INTO "event" VALUES(64,'2026-11-23 02:41:22.535292','ada','schema.put',1,NULL,NULL,'','{"schema": null}','{"schema": {"type": "object"}, "differing": 0}',NULL,NULL);
INSERT INTO "event" VALUES(65,'2026-11-23 02:41:22.588541','ada','model.noted',1,NULL,NULL,'','null','{"text": "looks good"}',NULL,NULL);
INSERT INTO "event" VALUES(66,'2026-11-23 02:41:22.663743','ada','model.tagged',1,NULL,NULL,'','{"tags": {}}','{"tags": {"crew": "north"}}',NULL,NULL);
INSERT INTO "event" VALUES(67,'2026-11-23 02:41:22.735830','ada','version.noted',1,2,NULL,'','null','{"text": "looks good"}',NULL,NULL);
INSERT INTO "event" VALUES(68,'2026-11-23 02:41:22.791706','ada','model.described',1,NULL,NULL,'','{"purpose": "", "team": ""}','{"purpose": "to mow", "team": "north"}',NULL,NULL);
INSERT INTO "event" VALUES(69,'2026-11-23 02:41:22.892998','ada','dataset.described',NULL,NULL,4,'','{"dataset": "data/new.csv", "owner": ""}','{"dataset": "data/new.csv", "owner": "ada"}',NULL,NULL);
INSERT INTO "event" VALUES(70,'2026-11-23 02:41:22.966775','ada','deployment.started',1,1,NULL,'','null','{"uuid": "de2ac93b-0596-43d7-9dfe-2f4b267e8d1e", "environment": "eu", "place": "API", "until": null}',NULL,NULL);
INSERT INTO "event" VALUES(71,'2026-11-23 02:41:23.016041','ada','deployment.started',1,2,NULL,'','null','{"uuid": "2af2fea9-9b87-4dbc-8aa6-3affe0dfe74d", "environment": "eu", "place": "API", "until": null}',NULL,NULL);
INSERT INTO "event" VALUES(72,'2026-11-23 02:41:23.092085','ada','deployment.ended',1,1,NULL,'','{"uuid": "de2ac93b-0596-43d7-9dfe-2f4b267e8d1e", "environment": "eu", "place": "API", "until": null}','{"uuid": "de2ac93b-0596-43d7-9dfe-2f4b267e8d1e", "environment": "eu", "place": "API", "until": "2026-11-23T02:41:23.092085Z"}',NULL,NULL);
INSERT INTO "event" VALUES(73,'2026-11-23 02:41:23.158359','bob','version.archived',2,7,NULL,'from the road','{"stage": "experiment", "environment": "default"}','{"stage": "archived", "environment": "default"}','archived/default','experiment/default');
CREATE TABLE experiment (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_experiment PRIMARY KEY (id), 
	CONSTRAINT uq_experiment_name UNIQUE (name)
);
INSERT INTO "experiment" VALUES(1,'default');
INSERT INTO "experiment" VALUES(2,'files');
CREATE TABLE feature_importance (
	run_id INTEGER NOT NULL, 
	feature TEXT NOT NULL, 
	value FLOAT NOT NULL, 
	CONSTRAINT pk_feature_importance PRIMARY KEY (run_id, feature), 
	CONSTRAINT fk_feature_importance_run_id FOREIGN KEY(run_id) REFERENCES run (id)
);
CREATE TABLE hold (
	version_id INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	CONSTRAINT pk_hold PRIMARY KEY (version_id), 
	CONSTRAINT fk_hold_version_id FOREIGN KEY(version_id) REFERENCES version (id)
);
INSERT INTO "hold" VALUES(2,'asked for','2026-11-23 02:41:18.919505','ada');
CREATE TABLE lineage_edge (
	source_kind TEXT NOT NULL, 
	source_id TEXT NOT NULL, 
	target_kind TEXT NOT NULL, 
	target_id TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	CONSTRAINT pk_lineage_edge PRIMARY KEY (source_kind, source_id, target_kind, target_id, "by")
);
INSERT INTO "lineage_edge" VALUES('dataset','data/old.csv@e018195129362c1d657e163cd019ace2','run','db69d59d-b6d6-448b-ada4-3beb0766ce91','train');
INSERT INTO "lineage_edge" VALUES('dataset','data/new.csv@00299f0a188e622761a48a6890c96289','run','db69d59d-b6d6-448b-ada4-3beb0766ce91','evaluate');
INSERT INTO "lineage_edge" VALUES('run','db69d59d-b6d6-448b-ada4-3beb0766ce91','version','mower@1','');
INSERT INTO "lineage_edge" VALUES('dataset','data/old.csv@e018195129362c1d657e163cd019ace2','run','1b719691-959b-4491-b6fb-624de35e6b77','train');
INSERT INTO "lineage_edge" VALUES('dataset','data/new.csv@00299f0a188e622761a48a6890c96289','run','1b719691-959b-4491-b6fb-624de35e6b77','evaluate');
INSERT INTO "lineage_edge" VALUES('run','1b719691-959b-4491-b6fb-624de35e6b77','version','mower@2','');
INSERT INTO "lineage_edge" VALUES('dataset','data/old.csv@e018195129362c1d657e163cd019ace2','run','4ba78888-38f3-44ea-935d-8e9b3ba7220f','train');
INSERT INTO "lineage_edge" VALUES('dataset','data/new.csv@00299f0a188e622761a48a6890c96289','run','4ba78888-38f3-44ea-935d-8e9b3ba7220f','evaluate');
INSERT INTO "lineage_edge" VALUES('dataset','data/old.csv@e018195129362c1d657e163cd019ace2','run','afe5fc98-5cdb-4b52-a047-6cfb7469ea04','train');
INSERT INTO "lineage_edge" VALUES('dataset','data/new.csv@00299f0a188e622761a48a6890c96289','run','afe5fc98-5cdb-4b52-a047-6cfb7469ea04','evaluate');
INSERT INTO "lineage_edge" VALUES('run','afe5fc98-5cdb-4b52-a047-6cfb7469ea04','version','mower@3','');
INSERT INTO "lineage_edge" VALUES('run','4aa049e9-a0dd-407b-944d-189c40b9982a','version','trimmer@1','');
INSERT INTO "lineage_edge" VALUES('run','a9fadf9b-4269-44f6-a70f-fcdc29203191','version','trimmer@2','');
INSERT INTO "lineage_edge" VALUES('run','c05a9f1f-2bd5-42e8-88ae-e752016f4578','version','trimmer@3','');
INSERT INTO "lineage_edge" VALUES('run','fb106b79-8de5-4265-be51-209a0d3bc883','version','trimmer@4','');
INSERT INTO "lineage_edge" VALUES('run','4722aa20-fd9f-4500-b2ce-214623530f5a','version','edger@1','');
INSERT INTO "lineage_edge" VALUES('run','434e69e4-360d-4f94-9973-d0145a9890f5','version','edger@2','');
INSERT INTO "lineage_edge" VALUES('run','86b27cc9-e67f-4824-9f35-4886de757dec','version','edger@3','');
CREATE TABLE metric (
	run_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	value FLOAT NOT NULL, 
	CONSTRAINT pk_metric PRIMARY KEY (run_id, "key"), 
	CONSTRAINT fk_metric_run_id FOREIGN KEY(run_id) REFERENCES run (id)
);
INSERT INTO "metric" VALUES(1,'rmse',4.05997276689035568875e-01);
INSERT INTO "metric" VALUES(1,'rows',60.0);
INSERT INTO "metric" VALUES(2,'rmse',2.94912035884922651973e-01);
INSERT INTO "metric" VALUES(2,'rows',60.0);
INSERT INTO "metric" VALUES(3,'rmse',2.94912035884922651973e-01);
INSERT INTO "metric" VALUES(3,'rows',60.0);
INSERT INTO "metric" VALUES(4,'rmse',1.4334335666921902419e+00);
INSERT INTO "metric" VALUES(4,'rows',60.0);
INSERT INTO "metric" VALUES(5,'rmse',0.1);
INSERT INTO "metric" VALUES(6,'rmse',0.2);
INSERT INTO "metric" VALUES(7,'rmse',0.3);
INSERT INTO "metric" VALUES(8,'rmse',0.4);
INSERT INTO "metric" VALUES(11,'auc',0.7);
INSERT INTO "metric" VALUES(12,'auc',0.7);
INSERT INTO "metric" VALUES(13,'rmse',1.0e-300);
INSERT INTO "metric" VALUES(14,'rmse',1.0e-300);
CREATE TABLE metric_point (
	run_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	step INTEGER NOT NULL, 
	value FLOAT NOT NULL, 
	CONSTRAINT pk_metric_point PRIMARY KEY (run_id, "key", step), 
	CONSTRAINT fk_metric_point_run_id FOREIGN KEY(run_id) REFERENCES run (id)
);
INSERT INTO "metric_point" VALUES(1,'loss',0,1.0);
INSERT INTO "metric_point" VALUES(1,'loss',1,0.5);
INSERT INTO "metric_point" VALUES(2,'loss',0,1.0);
INSERT INTO "metric_point" VALUES(2,'loss',1,0.5);
INSERT INTO "metric_point" VALUES(3,'loss',0,1.0);
INSERT INTO "metric_point" VALUES(3,'loss',1,0.5);
INSERT INTO "metric_point" VALUES(4,'loss',0,1.0);
INSERT INTO "metric_point" VALUES(4,'loss',1,0.5);
CREATE TABLE model (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	description TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	tagged_at DATETIME, purpose TEXT DEFAULT '' NOT NULL, team TEXT DEFAULT '' NOT NULL, related JSON DEFAULT '[]' NOT NULL, links JSON DEFAULT '[]' NOT NULL, document JSON DEFAULT '{}' NOT NULL, 
	CONSTRAINT pk_model PRIMARY KEY (id), 
	CONSTRAINT uq_model_name UNIQUE (name)
);
INSERT INTO "model" VALUES(1,'mower','ada','','2026-11-23 02:40:47.887678','2026-11-23 02:41:09.000000','to mow','north','[]','[]','{}');
INSERT INTO "model" VALUES(2,'trimmer','ada','','2026-11-23 02:41:14.079145','2026-11-23 02:41:31.000000','','','[]','[]','{}');
INSERT INTO "model" VALUES(3,'edger','ada','','2026-11-23 02:41:18.293150',NULL,'','','[]','[]','{}');
CREATE TABLE model_schema (
	model_id INTEGER NOT NULL, 
	schema JSON NOT NULL, 
	CONSTRAINT pk_model_schema PRIMARY KEY (model_id), 
	CONSTRAINT fk_model_schema_model_id FOREIGN KEY(model_id) REFERENCES model (id)
);
INSERT INTO "model_schema" VALUES(1,'{"type": "object"}');
CREATE TABLE model_tag (
	model_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_model_tag PRIMARY KEY (model_id, "key"), 
	CONSTRAINT fk_model_tag_model_id FOREIGN KEY(model_id) REFERENCES model (id)
);
INSERT INTO "model_tag" VALUES(1,'crew','north');
CREATE TABLE moved (
	url TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	CONSTRAINT pk_moved PRIMARY KEY (url)
);
CREATE TABLE note (
	id INTEGER NOT NULL, 
	model_id INTEGER NOT NULL, 
	version_id INTEGER, 
	text TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	CONSTRAINT pk_note PRIMARY KEY (id), 
	CONSTRAINT fk_note_model_id FOREIGN KEY(model_id) REFERENCES model (id), 
	CONSTRAINT fk_note_version_id FOREIGN KEY(version_id) REFERENCES version (id)
);
INSERT INTO "note" VALUES(1,1,NULL,'looks good','2026-11-23 02:41:22.588541','ada');
INSERT INTO "note" VALUES(2,1,2,'looks good','2026-11-23 02:41:22.735830','ada');
CREATE TABLE outbox (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	repository TEXT NOT NULL, 
	tag JSON NOT NULL
);
INSERT INTO "outbox" VALUES(29,'27c93fe2068ef72d77143b44ca434307b99881ed','{"name": "trimmer#archived#73", "commit": "cb945076e8cc26b7bcb739aee6983f272ed70cbe", "message": "trimmer@4 enters archived", "author": "bob", "at": "2026-11-23T02:41:31Z"}');
CREATE TABLE parameter (
	run_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	value JSON NOT NULL, number FLOAT, text TEXT, 
	CONSTRAINT pk_parameter PRIMARY KEY (run_id, "key"), 
	CONSTRAINT fk_parameter_run_id FOREIGN KEY(run_id) REFERENCES run (id)
);
INSERT INTO "parameter" VALUES(1,'data.seed',1,1.0,NULL);
INSERT INTO "parameter" VALUES(1,'mower.slope',1,1.0,NULL);
INSERT INTO "parameter" VALUES(2,'data.seed',1,1.0,NULL);
INSERT INTO "parameter" VALUES(2,'mower.slope',2,2.0,NULL);
INSERT INTO "parameter" VALUES(3,'data.seed',1,1.0,NULL);
INSERT INTO "parameter" VALUES(3,'mower.slope',2,2.0,NULL);
INSERT INTO "parameter" VALUES(4,'data.seed',1,1.0,NULL);
INSERT INTO "parameter" VALUES(4,'mower.slope',-3,-3.0,NULL);
INSERT INTO "parameter" VALUES(5,'trees',1,1.0,NULL);
INSERT INTO "parameter" VALUES(6,'trees',2,2.0,NULL);
INSERT INTO "parameter" VALUES(7,'trees',3,3.0,NULL);
INSERT INTO "parameter" VALUES(8,'trees',4,4.0,NULL);
INSERT INTO "parameter" VALUES(11,'trees',3,3.0,NULL);
INSERT INTO "parameter" VALUES(12,'trees',4,4.0,NULL);
INSERT INTO "parameter" VALUES(13,'teeth',7,7.0,NULL);
INSERT INTO "parameter" VALUES(13,'shape','{"round": true, "ratio": 0.1}',NULL,'{"ratio": 0.1, "round": true}');
INSERT INTO "parameter" VALUES(14,'teeth',7,7.0,NULL);
INSERT INTO "parameter" VALUES(14,'shape','{"round": true, "ratio": 0.1}',NULL,'{"ratio": 0.1, "round": true}');
CREATE TABLE promotion_attempt (
	id INTEGER NOT NULL, 
	version_id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	target TEXT NOT NULL, 
	environment TEXT NOT NULL, 
	incumbent_id INTEGER, 
	promoted BOOLEAN NOT NULL, 
	judged_by JSON NOT NULL, 
	gates JSON NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	CONSTRAINT pk_promotion_attempt PRIMARY KEY (id), 
	CONSTRAINT fk_promotion_attempt_incumbent_id FOREIGN KEY(incumbent_id) REFERENCES version (id), 
	CONSTRAINT fk_promotion_attempt_version_id FOREIGN KEY(version_id) REFERENCES version (id)
);
INSERT INTO "promotion_attempt" VALUES(1,1,'experiment','staging','default',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "468516d6450d82c9af74080b71c741d960561508"}','[{"gate": "metric rmse", "outcome": "passed", "measured": "0.405997", "bound": "<= 10", "reason": "rmse is 0.405997"}]','2026-11-23 02:40:54.855198','ada','');
INSERT INTO "promotion_attempt" VALUES(2,1,'staging','production','default',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "468516d6450d82c9af74080b71c741d960561508"}','[{"gate": "better-than-production", "outcome": "passed", "measured": "no incumbent", "bound": "lower end of the improvement > 0", "reason": "nobody is in production yet"}]','2026-11-23 02:40:55.061136','ada','');
INSERT INTO "promotion_attempt" VALUES(3,2,'experiment','staging','default',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "ff9b1ebd78fe647b7f01bd944cfb4f15be003c5b"}','[{"gate": "metric rmse", "outcome": "passed", "measured": "0.294912", "bound": "<= 10", "reason": "rmse is 0.294912"}]','2026-11-23 02:40:59.939585','ada','');
INSERT INTO "promotion_attempt" VALUES(4,2,'staging','production','default',1,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "ff9b1ebd78fe647b7f01bd944cfb4f15be003c5b"}','[{"gate": "better-than-production", "outcome": "passed", "measured": "+0.04512 to +0.16605", "bound": "lower end of the improvement > 0", "reason": "rmse 0.29491 against 0.40600 of mower@1 on data/new.csv: improvement +0.04512 to +0.16605 (95 %, 100 resamples of 60 rows)"}]','2026-11-23 02:41:00.094049','ada','');
INSERT INTO "promotion_attempt" VALUES(5,3,'experiment','staging','default',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "ff9b1ebd78fe647b7f01bd944cfb4f15be003c5b"}','[{"gate": "metric rmse", "outcome": "passed", "measured": "1.43343", "bound": "<= 10", "reason": "rmse is 1.43343"}]','2026-11-23 02:41:09.308684','ada','');
INSERT INTO "promotion_attempt" VALUES(6,3,'staging','production','default',2,0,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "ff9b1ebd78fe647b7f01bd944cfb4f15be003c5b"}','[{"gate": "better-than-production", "outcome": "failed", "measured": "-1.33133 to -0.89858", "bound": "lower end of the improvement > 0", "reason": "rmse 1.43343 against 0.29491 of mower@2 on data/new.csv: improvement -1.33133 to -0.89858 (95 %, 100 resamples of 60 rows)"}]','2026-11-23 02:41:09.425991','ada','hope');
INSERT INTO "promotion_attempt" VALUES(7,4,'experiment','staging','default',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "12a574605c828af92cff4b4eadf7b5d7af5c9905"}','[]','2026-11-23 02:41:15.761993','ada','');
INSERT INTO "promotion_attempt" VALUES(8,4,'staging','production','default',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "12a574605c828af92cff4b4eadf7b5d7af5c9905"}','[{"gate": "metric rmse", "outcome": "passed", "measured": "0.1", "bound": "<= 10", "reason": "rmse is 0.1"}]','2026-11-23 02:41:16.326872','ada','');
INSERT INTO "promotion_attempt" VALUES(9,5,'experiment','staging','default',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "12a574605c828af92cff4b4eadf7b5d7af5c9905"}','[]','2026-11-23 02:41:16.526160','ada','');
INSERT INTO "promotion_attempt" VALUES(10,5,'staging','production','default',4,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "12a574605c828af92cff4b4eadf7b5d7af5c9905"}','[{"gate": "metric rmse", "outcome": "passed", "measured": "0.2", "bound": "<= 10", "reason": "rmse is 0.2"}]','2026-11-23 02:41:16.676825','ada','');
INSERT INTO "promotion_attempt" VALUES(11,5,'experiment','staging','eu',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "12a574605c828af92cff4b4eadf7b5d7af5c9905"}','[]','2026-11-23 02:41:17.104909','ada','');
CREATE TABLE repository (
	name TEXT NOT NULL, 
	identity TEXT NOT NULL, 
	CONSTRAINT pk_repository PRIMARY KEY (name)
);
CREATE TABLE reproduction (
	id INTEGER NOT NULL, 
	version_id INTEGER NOT NULL, 
	verdict TEXT NOT NULL, 
	first_different_stage TEXT, 
	differences JSON NOT NULL, 
	outputs INTEGER NOT NULL, 
	duration_s FLOAT NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	CONSTRAINT pk_reproduction PRIMARY KEY (id), 
	CONSTRAINT fk_reproduction_version_id FOREIGN KEY(version_id) REFERENCES version (id)
);
INSERT INTO "reproduction" VALUES(1,2,'identical',NULL,'[]',6,3.3283225619961740449e+00,'2026-11-23 02:41:13.049462','ada');
INSERT INTO "reproduction" VALUES(2,7,'equivalent',NULL,'[]',1,3.00000000000000044408e-01,'2026-11-23 02:41:17.730564','ada');
CREATE TABLE request (
	"key" TEXT NOT NULL, 
	verb TEXT NOT NULL, 
	body_sha256 TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	CONSTRAINT pk_request PRIMARY KEY ("key")
);
INSERT INTO "request" VALUES('once','RegisterFile','1ba4f483e94945b3a907602fe328a1c21e19bd29c41ab5e8f6f8410c8fa2cdfc','{"version":{"uuid":"7e8071ab-6cc2-4d7b-a809-12c21b1133ee","model":"edger","number":3,"semantic_version":"v1.1.0","stages":{"default":"experiment"},"aliases":[],"run":"86b27cc9-e67f-4824-9f35-4886de757dec","commit":null,"model_path":"edger.bin","model_format":"file","sha256":"708d1bfb98560065deec58b98a0d0f0f018aab786b9c18f0cd742ac96eb854b0","md5":"96b0d145956f9afd17eea05645520906","size_bytes":7,"grade":"F","created_at":"2026-11-23T02:41:18.639724Z","created_by":"ada","deleted":false},"created":true,"attempted":[],"bump":"minor","reasons":["parameter: shape","parameter: teeth"]}','2026-11-23 02:41:18.639724','ada');
CREATE TABLE run (
	id INTEGER NOT NULL, 
	uuid TEXT NOT NULL, 
	model_id INTEGER NOT NULL, 
	experiment_id INTEGER NOT NULL, 
	status TEXT NOT NULL, 
	project TEXT NOT NULL, 
	repository TEXT NOT NULL, 
	base_commit TEXT, 
	uncommitted JSON NOT NULL, 
	flow_run TEXT, 
	started_at DATETIME NOT NULL, 
	started_by TEXT NOT NULL, 
	ended_at DATETIME, 
	failure TEXT, 
	"commit" TEXT, 
	recipe JSON, 
	recipe_hash TEXT, 
	outputs_hash TEXT, 
	environment_id INTEGER, 
	environment_files JSON, 
	model_path TEXT, 
	model_format TEXT, 
	signature JSON, 
	duration_s FLOAT, 
	cpu_s FLOAT, 
	peak_memory_bytes BIGINT, hardware JSON, direct_urls JSON, kept_by JSON, exit_code INTEGER, log_tail TEXT, plots JSON, 
	CONSTRAINT pk_run PRIMARY KEY (id), 
	CONSTRAINT fk_run_environment_id FOREIGN KEY(environment_id) REFERENCES environment (id), 
	CONSTRAINT fk_run_experiment_id FOREIGN KEY(experiment_id) REFERENCES experiment (id), 
	CONSTRAINT fk_run_model_id FOREIGN KEY(model_id) REFERENCES model (id), 
	CONSTRAINT uq_run_uuid UNIQUE (uuid)
);
INSERT INTO "run" VALUES(1,'db69d59d-b6d6-448b-ada4-3beb0766ce91',1,1,'finished','project','27c93fe2068ef72d77143b44ca434307b99881ed','468516d6450d82c9af74080b71c741d960561508','[]',NULL,'2026-11-23 02:40:47.887678','ada','2026-11-23 02:40:54.563336',NULL,'e55a066adc8684b006e2665e2468cb75c511879b','{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": 1.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}','4d5a8cf55829280c3ad964be6c568ab25488082003bcefde66afca1b76d4ce86','aa4a286c90c38149df2e171808707c11e62fd4183b82fe4e666c98b0917bf95f',1,'{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}','model/model.json','json','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',5.03766139700019266456e+00,8.29828999999999927794e-01,76726272,'{"cpu": "a processor", "cores": 2, "memory_bytes": 25276518400, "gpus": []}',NULL,NULL,0,'==> 01-raw@old <==
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
','["curves/loss.tsv"]');
INSERT INTO "run" VALUES(2,'1b719691-959b-4491-b6fb-624de35e6b77',1,1,'finished','project','27c93fe2068ef72d77143b44ca434307b99881ed','ff9b1ebd78fe647b7f01bd944cfb4f15be003c5b','[]',NULL,'2026-11-23 02:40:55.310173','ada','2026-11-23 02:40:59.031194',NULL,'17c2c9d192ae714b59e34aef3a507401e19a47e9','{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": 2.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}','d746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577','cfc97aa5a237ca13ad8fdb7cb11efa04d4b25bdc5d6ac287777895ebc8eb8376',1,'{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}','model/model.json','json','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',3.4393773459960357286e+00,0.977039,80035840,'{"cpu": "a processor", "cores": 2, "memory_bytes": 25276518400, "gpus": []}',NULL,NULL,0,'==> 01-raw@old <==
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
','["curves/loss.tsv"]');
INSERT INTO "run" VALUES(3,'4ba78888-38f3-44ea-935d-8e9b3ba7220f',1,1,'finished','project','27c93fe2068ef72d77143b44ca434307b99881ed','ff9b1ebd78fe647b7f01bd944cfb4f15be003c5b','[]',NULL,'2026-11-23 02:41:00.304338','ada','2026-11-23 02:41:03.732115',NULL,'100a4934e309e798ccc43680585da59dc7d307c9','{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": 2.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}','d746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577','cfc97aa5a237ca13ad8fdb7cb11efa04d4b25bdc5d6ac287777895ebc8eb8376',1,'{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}','model/model.json','json','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',3.06222710899601224809e+00,0.936939,101912576,'{"cpu": "a processor", "cores": 2, "memory_bytes": 25276518400, "gpus": []}',NULL,NULL,0,'==> 01-raw@old <==
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
','["curves/loss.tsv"]');
INSERT INTO "run" VALUES(4,'afe5fc98-5cdb-4b52-a047-6cfb7469ea04',1,1,'finished','project','27c93fe2068ef72d77143b44ca434307b99881ed','ff9b1ebd78fe647b7f01bd944cfb4f15be003c5b','[]',NULL,'2026-11-23 02:41:04.062125','ada','2026-11-23 02:41:08.278119',NULL,'41db05f02c3a586ced13dbc3fda1ce736b0dbc94','{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": -3.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}','76922c2cf8c3edd92150db0e96db7908290d1a9e8bfd2e1428b2aee6dffc522d','899861eea4f77d020f71046ad7e6c993ab3690a7a181332891e48c05eec9df4b',1,'{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}','model/model.json','json','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',3.85769877799612,0.902848,104009728,'{"cpu": "a processor", "cores": 2, "memory_bytes": 25276518400, "gpus": []}',NULL,NULL,0,'==> 01-raw@old <==
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
','["curves/loss.tsv"]');
INSERT INTO "run" VALUES(5,'4aa049e9-a0dd-407b-944d-189c40b9982a',2,1,'finished','project','27c93fe2068ef72d77143b44ca434307b99881ed','ff9b1ebd78fe647b7f01bd944cfb4f15be003c5b','[]',NULL,'2026-11-23 02:41:14.079145','ada','2026-11-23 02:41:14.125411',NULL,'7f2cf7ba390a07b895d51459be3c113793606ded','{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 1}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}','49ec77b16731963390a5d6541973fe9ca7164dfa66ad779cc4f86bb4c2565e3b','96d63e6fd5ca358acf48a1a9792d48dd0c2f476fa04af046c16f0164c14d3524',2,'{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}','model.bin','file','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',1.0,1.0,1,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "run" VALUES(6,'a9fadf9b-4269-44f6-a70f-fcdc29203191',2,1,'finished','project','27c93fe2068ef72d77143b44ca434307b99881ed','ff9b1ebd78fe647b7f01bd944cfb4f15be003c5b','[]',NULL,'2026-11-23 02:41:14.446104','ada','2026-11-23 02:41:14.601398',NULL,'4712fc968a293f31406ddce93c17b1fa38641dfb','{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 2}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}','e59ae983d461a65a27561f698c6cedc572829b8557e53d5ec3cd09769b5e05ed','cda78dd8a13c5f35f89f388c4fa2d147b86bac81e1c2c4466683afe5261e3149',2,'{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}','model.bin','file','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',1.0,1.0,1,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "run" VALUES(7,'c05a9f1f-2bd5-42e8-88ae-e752016f4578',2,1,'finished','project','27c93fe2068ef72d77143b44ca434307b99881ed','ff9b1ebd78fe647b7f01bd944cfb4f15be003c5b','[]',NULL,'2026-11-23 02:41:15.001896','ada','2026-11-23 02:41:15.103221',NULL,'1e63a61d9af152b45c9be4c87cbf7f15da33525a','{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 3}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}','43cdb6d9614b4cea985ece02e84fba90481036d3afefc1de968227b7438bd174','f6cfc11915a3c1b14e363be092c4cb3d50ed8c0ff72999212f128cd184818838',2,'{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}','model.bin','file','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',1.0,1.0,1,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "run" VALUES(8,'fb106b79-8de5-4265-be51-209a0d3bc883',2,1,'finished','project','27c93fe2068ef72d77143b44ca434307b99881ed','ff9b1ebd78fe647b7f01bd944cfb4f15be003c5b','[]',NULL,'2026-11-23 02:41:15.321156','ada','2026-11-23 02:41:15.414275',NULL,'cb945076e8cc26b7bcb739aee6983f272ed70cbe','{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 4}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}','811b2e4c886396474a11b22f196e19b4d2803611401385b3320101bee3225c08','f80acf1b4098b003553838abf4196aa1d3c82ff16f9b91c15d59d2b02b77821d',2,'{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}','model.bin','file','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',1.0,1.0,1,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "run" VALUES(9,'5bfc0310-2a9e-4ba1-8d75-d80dbafb3cf2',2,1,'failed','project','27c93fe2068ef72d77143b44ca434307b99881ed','12a574605c828af92cff4b4eadf7b5d7af5c9905','[]',NULL,'2026-11-23 02:41:17.754591','ada','2026-11-23 02:41:17.762924','StageFailed: no petrol',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "run" VALUES(10,'f7c86fc0-3297-4390-9358-f29fac86183a',2,1,'running','project','27c93fe2068ef72d77143b44ca434307b99881ed','12a574605c828af92cff4b4eadf7b5d7af5c9905','["train.py"]',NULL,'2026-11-23 02:41:17.884838','ada',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "run" VALUES(11,'a24d3998-3862-4870-b913-8d1a55da8ed2',2,1,'finished','project','27c93fe2068ef72d77143b44ca434307b99881ed','12a574605c828af92cff4b4eadf7b5d7af5c9905','[]',NULL,'2026-11-23 02:41:17.899540','ada','2026-11-23 02:41:18.013749',NULL,'607f455e9cc9a4ebcbbabd914b86dc81d42f3a7b','{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 3}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}','43cdb6d9614b4cea985ece02e84fba90481036d3afefc1de968227b7438bd174','fca1543bdea33cf9dc28564b610cc839818a55dcaabe522c96e3e97eace7cec4',2,'{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}','model.bin','file','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',1.0,1.0,1,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "run" VALUES(12,'73fc3d4f-acd5-4847-a287-5a21e6145118',2,1,'finished','project','27c93fe2068ef72d77143b44ca434307b99881ed','12a574605c828af92cff4b4eadf7b5d7af5c9905','[]',NULL,'2026-11-23 02:41:18.046926','ada','2026-11-23 02:41:18.101102',NULL,'78467b498fb880ac03ba5db39384ad6107163fca','{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 4}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}','811b2e4c886396474a11b22f196e19b4d2803611401385b3320101bee3225c08','f80acf1b4098b003553838abf4196aa1d3c82ff16f9b91c15d59d2b02b77821d',2,'{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}','model.bin','file','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',1.0,1.0,1,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "run" VALUES(13,'4722aa20-fd9f-4500-b2ce-214623530f5a',3,2,'finished','27c93fe2068ef72d77143b44ca434307b99881ed','27c93fe2068ef72d77143b44ca434307b99881ed',NULL,'[]',NULL,'2026-11-23 02:41:18.293150','ada','2026-11-23 02:41:18.293150',NULL,NULL,'{"code": {}, "commands": {}, "resolved": "", "parameters": {"teeth": 7, "shape": {"round": true, "ratio": 0.1}}, "data": {}, "environment": "e5fdc7146b5dc4c9b68c145e75ae016b54eaa73f37d0eeefe459bf2e05f9a134"}','a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808','c3046d3b18ceb901ad9a8f37771387d6461e76f4efdc583ce5c3e337551fb8cc',3,'{}','edger.bin','file','null',0.0,0.0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "run" VALUES(14,'434e69e4-360d-4f94-9973-d0145a9890f5',3,2,'finished','27c93fe2068ef72d77143b44ca434307b99881ed','27c93fe2068ef72d77143b44ca434307b99881ed',NULL,'[]',NULL,'2026-11-23 02:41:18.451052','ada','2026-11-23 02:41:18.451052',NULL,NULL,'{"code": {}, "commands": {}, "resolved": "", "parameters": {"teeth": 7, "shape": {"round": true, "ratio": 0.1}}, "data": {}, "environment": "e5fdc7146b5dc4c9b68c145e75ae016b54eaa73f37d0eeefe459bf2e05f9a134"}','a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808','79bcd2aeadf86c4c39d7ce4a0630a8b03f7dab188f304a92d7d3b42761ac762b',3,'{}','edger.bin','file','null',0.0,0.0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "run" VALUES(15,'86b27cc9-e67f-4824-9f35-4886de757dec',3,2,'finished','27c93fe2068ef72d77143b44ca434307b99881ed','27c93fe2068ef72d77143b44ca434307b99881ed',NULL,'[]',NULL,'2026-11-23 02:41:18.639724','ada','2026-11-23 02:41:18.639724',NULL,NULL,'{"code": {}, "commands": {}, "resolved": "", "parameters": {}, "data": {}, "environment": "e5fdc7146b5dc4c9b68c145e75ae016b54eaa73f37d0eeefe459bf2e05f9a134"}','ae6a3c55415b11586b61024ea23f2f6f14b5ab07239fd2cae77599c861f621b0','8b5658a690bad6a054cada95b5159f92094f9872cd1b170b4399ac28ab121110',3,'{}','edger.bin','file','null',0.0,0.0,0,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE stage_assignment (
	version_id INTEGER NOT NULL, 
	environment TEXT NOT NULL, 
	model_id INTEGER NOT NULL, 
	stage TEXT NOT NULL, 
	single BOOLEAN NOT NULL, 
	CONSTRAINT pk_stage_assignment PRIMARY KEY (version_id, environment), 
	CONSTRAINT fk_stage_assignment_model_id FOREIGN KEY(model_id) REFERENCES model (id), 
	CONSTRAINT fk_stage_assignment_version_id FOREIGN KEY(version_id) REFERENCES version (id)
);
INSERT INTO "stage_assignment" VALUES(1,'default',1,'experiment',0);
INSERT INTO "stage_assignment" VALUES(2,'default',1,'production',1);
INSERT INTO "stage_assignment" VALUES(3,'default',1,'staging',1);
INSERT INTO "stage_assignment" VALUES(4,'default',2,'production',1);
INSERT INTO "stage_assignment" VALUES(5,'default',2,'experiment',0);
INSERT INTO "stage_assignment" VALUES(6,'default',2,'archived',0);
INSERT INTO "stage_assignment" VALUES(7,'default',2,'archived',0);
INSERT INTO "stage_assignment" VALUES(5,'eu',2,'staging',1);
INSERT INTO "stage_assignment" VALUES(8,'default',3,'experiment',0);
INSERT INTO "stage_assignment" VALUES(9,'default',3,'experiment',0);
INSERT INTO "stage_assignment" VALUES(10,'default',3,'experiment',0);
CREATE TABLE sweep (
	id INTEGER NOT NULL, 
	uuid TEXT NOT NULL, 
	model_id INTEGER NOT NULL, 
	experiment_id INTEGER NOT NULL, 
	"plan" JSON NOT NULL, 
	started_at DATETIME NOT NULL, 
	started_by TEXT NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT pk_sweep PRIMARY KEY (id), 
	CONSTRAINT fk_sweep_model_id FOREIGN KEY(model_id) REFERENCES model (id), 
	CONSTRAINT fk_sweep_experiment_id FOREIGN KEY(experiment_id) REFERENCES experiment (id), 
	CONSTRAINT uq_sweep_uuid UNIQUE (uuid)
);
CREATE TABLE tag (
	version_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_tag PRIMARY KEY (version_id, "key"), 
	CONSTRAINT fk_tag_version_id FOREIGN KEY(version_id) REFERENCES version (id)
);
INSERT INTO "tag" VALUES(1,'crew','north');
INSERT INTO "tag" VALUES(2,'crew','north');
INSERT INTO "tag" VALUES(2,'season','spring');
INSERT INTO "tag" VALUES(8,'from','a drawer');
INSERT INTO "tag" VALUES(9,'from','a drawer');
CREATE TABLE tombstone (
	version_id INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	CONSTRAINT pk_tombstone PRIMARY KEY (version_id), 
	CONSTRAINT fk_tombstone_version_id FOREIGN KEY(version_id) REFERENCES version (id)
);
INSERT INTO "tombstone" VALUES(10,'not ours','2026-11-23 02:41:18.748657','ada');
CREATE TABLE trial (
	sweep_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	parameters JSON NOT NULL, 
	run_id INTEGER NOT NULL, 
	CONSTRAINT pk_trial PRIMARY KEY (sweep_id, number), 
	CONSTRAINT fk_trial_sweep_id FOREIGN KEY(sweep_id) REFERENCES sweep (id), 
	CONSTRAINT fk_trial_run_id FOREIGN KEY(run_id) REFERENCES run (id)
);
CREATE TABLE version (
	id INTEGER NOT NULL, 
	uuid TEXT NOT NULL, 
	model_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	major INTEGER NOT NULL, 
	minor INTEGER NOT NULL, 
	patch INTEGER NOT NULL, 
	bump TEXT NOT NULL, 
	bump_reasons JSON NOT NULL, 
	based_on_id INTEGER, 
	same_recipe_id INTEGER, 
	run_id INTEGER NOT NULL, 
	project TEXT NOT NULL, 
	repository TEXT NOT NULL, 
	"commit" TEXT, 
	recipe_hash TEXT NOT NULL, 
	outputs_hash TEXT NOT NULL, 
	model_path TEXT NOT NULL, 
	model_format TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	md5 TEXT NOT NULL, 
	size_bytes BIGINT NOT NULL, 
	grade TEXT NOT NULL, 
	grade_reasons JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by TEXT NOT NULL, 
	CONSTRAINT pk_version PRIMARY KEY (id), 
	CONSTRAINT fk_version_based_on_id FOREIGN KEY(based_on_id) REFERENCES version (id), 
	CONSTRAINT fk_version_model_id FOREIGN KEY(model_id) REFERENCES model (id), 
	CONSTRAINT fk_version_run_id FOREIGN KEY(run_id) REFERENCES run (id), 
	CONSTRAINT fk_version_same_recipe_id FOREIGN KEY(same_recipe_id) REFERENCES version (id), 
	CONSTRAINT uq_version_model_id_major_minor_patch UNIQUE (model_id, major, minor, patch), 
	CONSTRAINT uq_version_model_id_number UNIQUE (model_id, number), 
	CONSTRAINT uq_version_model_id_recipe_hash_outputs_hash UNIQUE (model_id, recipe_hash, outputs_hash), 
	CONSTRAINT uq_version_run_id UNIQUE (run_id), 
	CONSTRAINT uq_version_uuid UNIQUE (uuid)
);
INSERT INTO "version" VALUES(1,'fd36a230-66d4-460d-8f9b-d3b3a5203e0f',1,1,1,0,0,'first','["the first version"]',NULL,NULL,1,'project','27c93fe2068ef72d77143b44ca434307b99881ed','e55a066adc8684b006e2665e2468cb75c511879b','4d5a8cf55829280c3ad964be6c568ab25488082003bcefde66afca1b76d4ce86','aa4a286c90c38149df2e171808707c11e62fd4183b82fe4e666c98b0917bf95f','model/model.json','json','fe4e9b4a15acfd1f3f4d49a2829b10fdd0af43c4fbcfdd35de044f1f52d81935','43c1d61d32d08530b3edc9ed6b5c4d33',42,'C','["its commit was seen on no Git remote; push the branch, then run `registry sync`", "no rebuild has given the same bytes; run `registry reproduce`"]','2026-11-23 02:40:54.679145','ada');
INSERT INTO "version" VALUES(2,'b0160f6c-5d8e-4da3-923f-190bb0d994c8',1,2,1,1,0,'minor','["parameter: mower.slope"]',1,NULL,2,'project','27c93fe2068ef72d77143b44ca434307b99881ed','17c2c9d192ae714b59e34aef3a507401e19a47e9','d746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577','cfc97aa5a237ca13ad8fdb7cb11efa04d4b25bdc5d6ac287777895ebc8eb8376','model/model.json','json','b9f6617bf21326d7b1d4ffca3b2d6ab852adeaef3ecd74714ab81eb5c8b5a004','3b75b8ccd8e34fd49487dfe2a4fe1677',42,'C','["its commit was seen on no Git remote; push the branch, then run `registry sync`", "no rebuild has given the same bytes; run `registry reproduce`"]','2026-11-23 02:40:59.123720','ada');
INSERT INTO "version" VALUES(3,'f6656c8e-2b85-451a-a5e7-6cc314c037fe',1,3,1,2,0,'minor','["parameter: mower.slope"]',2,NULL,4,'project','27c93fe2068ef72d77143b44ca434307b99881ed','41db05f02c3a586ced13dbc3fda1ce736b0dbc94','76922c2cf8c3edd92150db0e96db7908290d1a9e8bfd2e1428b2aee6dffc522d','899861eea4f77d020f71046ad7e6c993ab3690a7a181332891e48c05eec9df4b','model/model.json','json','5b602f24a67cf12da0431dad441c16049601945205086f36d97f31928a064911','a8018723c1dc388eb0d6603f54e75934',43,'C','["its commit was seen on no Git remote; push the branch, then run `registry sync`", "no rebuild has given the same bytes; run `registry reproduce`"]','2026-11-23 02:41:08.494637','ada');
INSERT INTO "version" VALUES(4,'c3aafa8e-7600-4515-8670-f5a70690af08',2,1,1,0,0,'first','["the first version"]',NULL,NULL,5,'project','27c93fe2068ef72d77143b44ca434307b99881ed','7f2cf7ba390a07b895d51459be3c113793606ded','49ec77b16731963390a5d6541973fe9ca7164dfa66ad779cc4f86bb4c2565e3b','96d63e6fd5ca358acf48a1a9792d48dd0c2f476fa04af046c16f0164c14d3524','model.bin','file','cd36b49d7b2a8b5e4e13663cb54c5e1338c17b7d3af1c506fb3842bd08291822','8a72de2cdf595608905699e2d725a9c0',7,'C','["its commit was seen on no Git remote; push the branch, then run `registry sync`", "no rebuild has given the same bytes; run `registry reproduce`"]','2026-11-23 02:41:14.210462','ada');
INSERT INTO "version" VALUES(5,'0053b16a-dd44-42d8-bb52-0dfb5151655a',2,2,1,1,0,'minor','["parameter: trees"]',4,NULL,6,'project','27c93fe2068ef72d77143b44ca434307b99881ed','4712fc968a293f31406ddce93c17b1fa38641dfb','e59ae983d461a65a27561f698c6cedc572829b8557e53d5ec3cd09769b5e05ed','cda78dd8a13c5f35f89f388c4fa2d147b86bac81e1c2c4466683afe5261e3149','model.bin','file','97e2521720cb4b3821c7ed9df7dbca7a63e04b42ba05ffe3e15dc992f227ae36','a7558513f2cb497034e995ce9813430d',7,'C','["its commit was seen on no Git remote; push the branch, then run `registry sync`", "no rebuild has given the same bytes; run `registry reproduce`"]','2026-11-23 02:41:14.654932','ada');
INSERT INTO "version" VALUES(6,'54e2655e-5527-48de-bf91-b1780d724c08',2,3,1,2,0,'minor','["parameter: trees"]',5,NULL,7,'project','27c93fe2068ef72d77143b44ca434307b99881ed','1e63a61d9af152b45c9be4c87cbf7f15da33525a','43cdb6d9614b4cea985ece02e84fba90481036d3afefc1de968227b7438bd174','f6cfc11915a3c1b14e363be092c4cb3d50ed8c0ff72999212f128cd184818838','model.bin','file','a63f0dfe98cc2a03a21873a3ab0d209eae44045e3810b79a104d42783e2ca194','31b9bbb7094fe62ab2ae88960e6d6939',7,'C','["its commit was seen on no Git remote; push the branch, then run `registry sync`", "no rebuild has given the same bytes; run `registry reproduce`"]','2026-11-23 02:41:15.128678','ada');
INSERT INTO "version" VALUES(7,'f5dbf05b-9eb4-4c87-8c3e-e19ec58080cf',2,4,1,3,0,'minor','["parameter: trees"]',6,NULL,8,'project','27c93fe2068ef72d77143b44ca434307b99881ed','cb945076e8cc26b7bcb739aee6983f272ed70cbe','811b2e4c886396474a11b22f196e19b4d2803611401385b3320101bee3225c08','f80acf1b4098b003553838abf4196aa1d3c82ff16f9b91c15d59d2b02b77821d','model.bin','file','47b98be17c1c80f2a85cd3013c745ec8379b9b591b103c675169996da479f7dd','28aa933e52ad610eace8712fd5577612',7,'C','["its commit was seen on no Git remote; push the branch, then run `registry sync`", "no rebuild has given the same bytes; run `registry reproduce`"]','2026-11-23 02:41:15.437849','ada');
INSERT INTO "version" VALUES(8,'8729d637-1548-4dec-ad27-257b905a544a',3,1,1,0,0,'first','["the first version"]',NULL,NULL,13,'27c93fe2068ef72d77143b44ca434307b99881ed','27c93fe2068ef72d77143b44ca434307b99881ed',NULL,'a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808','c3046d3b18ceb901ad9a8f37771387d6461e76f4efdc583ce5c3e337551fb8cc','edger.bin','file','381adba472d686d3e056b6bb4a7e78117e87ed7d4386799c4d3533734641e670','99181bf19a5620a7e679c9b61380a897',7,'F','["registered without a Git commit and a DVC pipeline"]','2026-11-23 02:41:18.293150','ada');
INSERT INTO "version" VALUES(9,'68981e85-605b-4e42-8b13-39da83a1936a',3,2,1,0,1,'patch','["the same recipe gave other bytes"]',8,8,14,'27c93fe2068ef72d77143b44ca434307b99881ed','27c93fe2068ef72d77143b44ca434307b99881ed',NULL,'a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808','79bcd2aeadf86c4c39d7ce4a0630a8b03f7dab188f304a92d7d3b42761ac762b','edger.bin','file','043738d0d525537e6321b9509e244ceb99cccec77a93e5ac93b0960baefb0a8a','5ea558395e0bd60bf7a0fe90782d2fd2',7,'F','["registered without a Git commit and a DVC pipeline"]','2026-11-23 02:41:18.451052','ada');
INSERT INTO "version" VALUES(10,'7e8071ab-6cc2-4d7b-a809-12c21b1133ee',3,3,1,1,0,'minor','["parameter: shape", "parameter: teeth"]',9,NULL,15,'27c93fe2068ef72d77143b44ca434307b99881ed','27c93fe2068ef72d77143b44ca434307b99881ed',NULL,'ae6a3c55415b11586b61024ea23f2f6f14b5ab07239fd2cae77599c861f621b0','8b5658a690bad6a054cada95b5159f92094f9872cd1b170b4399ac28ab121110','edger.bin','file','708d1bfb98560065deec58b98a0d0f0f018aab786b9c18f0cd742ac96eb854b0','96b0d145956f9afd17eea05645520906',7,'F','["registered without a Git commit and a DVC pipeline"]','2026-11-23 02:41:18.639724','ada');
CREATE TABLE version_grade (
	version_id INTEGER NOT NULL, 
	grade TEXT NOT NULL, 
	reasons JSON NOT NULL, 
	pushed_to TEXT, 
	CONSTRAINT pk_version_grade PRIMARY KEY (version_id), 
	CONSTRAINT fk_version_grade_version_id FOREIGN KEY(version_id) REFERENCES version (id)
);
INSERT INTO "version_grade" VALUES(2,'B','["its commit was seen on no Git remote; push the branch, then run `registry sync`"]',NULL);
CREATE TABLE "version_profile" (
	version_id INTEGER NOT NULL, 
	description TEXT NOT NULL, owner TEXT DEFAULT '' NOT NULL, purpose TEXT DEFAULT '' NOT NULL, team TEXT DEFAULT '' NOT NULL, related JSON DEFAULT '[]' NOT NULL, links JSON DEFAULT '[]' NOT NULL, document JSON DEFAULT '{}' NOT NULL, 
	CONSTRAINT pk_description PRIMARY KEY (version_id), 
	CONSTRAINT fk_description_version_id FOREIGN KEY(version_id) REFERENCES version (id)
);
INSERT INTO "version_profile" VALUES(1,'the first one','','','','[]','[]','{}');
INSERT INTO "version_profile" VALUES(2,'zwei Mäher, 二','','','','[]','[]','{}');
INSERT INTO "version_profile" VALUES(8,'found','','','','[]','[]','{}');
INSERT INTO "version_profile" VALUES(9,'found','','','','[]','[]','{}');
CREATE INDEX ix_lineage_edge_target_kind_target_id ON lineage_edge (target_kind, target_id);
CREATE INDEX ix_dataset_version_md5 ON dataset_version (md5);
CREATE INDEX ix_environment_package_name_version ON environment_package (name, version);
CREATE INDEX ix_run_model_id_started_at ON run (model_id, started_at);
CREATE INDEX ix_run_running ON run (status) WHERE status = 'running';
CREATE INDEX ix_artifact_md5 ON artifact (md5);
CREATE INDEX ix_version_sha256 ON version (sha256);
CREATE INDEX ix_alias_version_id ON alias (version_id);
CREATE INDEX ix_comparison_run_id_incumbent_id ON comparison (run_id, incumbent_id);
CREATE INDEX ix_event_model_id_sequence ON event (model_id, sequence);
CREATE INDEX ix_event_version_id_sequence ON event (version_id, sequence);
CREATE INDEX ix_promotion_attempt_version_id ON promotion_attempt (version_id);
CREATE INDEX ix_reproduction_version_id ON reproduction (version_id);
CREATE UNIQUE INDEX uq_stage_assignment_slot ON stage_assignment (model_id, environment, stage) WHERE single;
CREATE TRIGGER artifact_update_refused BEFORE UPDATE ON artifact  BEGIN SELECT RAISE(ABORT, 'immutable: a row of artifact'); END;
CREATE TRIGGER artifact_delete_refused BEFORE DELETE ON artifact  BEGIN SELECT RAISE(ABORT, 'immutable: a row of artifact'); END;
CREATE TRIGGER artifact_replace_refused BEFORE INSERT ON artifact WHEN EXISTS (SELECT 1 FROM artifact WHERE "run_id" = NEW."run_id" AND "path" = NEW."path") BEGIN SELECT RAISE(ABORT, 'immutable: a row of artifact'); END;
CREATE TRIGGER comparison_update_refused BEFORE UPDATE ON comparison  BEGIN SELECT RAISE(ABORT, 'immutable: a row of comparison'); END;
CREATE TRIGGER comparison_delete_refused BEFORE DELETE ON comparison  BEGIN SELECT RAISE(ABORT, 'immutable: a row of comparison'); END;
CREATE TRIGGER comparison_replace_refused BEFORE INSERT ON comparison WHEN EXISTS (SELECT 1 FROM comparison WHERE "id" = NEW."id") BEGIN SELECT RAISE(ABORT, 'immutable: a row of comparison'); END;
CREATE TRIGGER confirmation_update_refused BEFORE UPDATE ON confirmation  BEGIN SELECT RAISE(ABORT, 'immutable: a row of confirmation'); END;
CREATE TRIGGER confirmation_delete_refused BEFORE DELETE ON confirmation  BEGIN SELECT RAISE(ABORT, 'immutable: a row of confirmation'); END;
CREATE TRIGGER confirmation_replace_refused BEFORE INSERT ON confirmation WHEN EXISTS (SELECT 1 FROM confirmation WHERE "version_id" = NEW."version_id" AND "run_id" = NEW."run_id") BEGIN SELECT RAISE(ABORT, 'immutable: a row of confirmation'); END;
CREATE TRIGGER dataset_use_update_refused BEFORE UPDATE ON dataset_use  BEGIN SELECT RAISE(ABORT, 'immutable: a row of dataset_use'); END;
CREATE TRIGGER dataset_use_delete_refused BEFORE DELETE ON dataset_use  BEGIN SELECT RAISE(ABORT, 'immutable: a row of dataset_use'); END;
CREATE TRIGGER dataset_use_replace_refused BEFORE INSERT ON dataset_use WHEN EXISTS (SELECT 1 FROM dataset_use WHERE "run_id" = NEW."run_id" AND "dataset_version_id" = NEW."dataset_version_id" AND "stage" = NEW."stage") BEGIN SELECT RAISE(ABORT, 'immutable: a row of dataset_use'); END;
CREATE TRIGGER dataset_version_update_refused BEFORE UPDATE ON dataset_version  BEGIN SELECT RAISE(ABORT, 'immutable: a row of dataset_version'); END;
CREATE TRIGGER dataset_version_delete_refused BEFORE DELETE ON dataset_version  BEGIN SELECT RAISE(ABORT, 'immutable: a row of dataset_version'); END;
CREATE TRIGGER dataset_version_replace_refused BEFORE INSERT ON dataset_version WHEN EXISTS (SELECT 1 FROM dataset_version WHERE "id" = NEW."id") OR EXISTS (SELECT 1 FROM dataset_version WHERE "dataset_id" = NEW."dataset_id" AND "md5" = NEW."md5") BEGIN SELECT RAISE(ABORT, 'immutable: a row of dataset_version'); END;
CREATE TRIGGER environment_update_refused BEFORE UPDATE ON environment  BEGIN SELECT RAISE(ABORT, 'immutable: a row of environment'); END;
CREATE TRIGGER environment_delete_refused BEFORE DELETE ON environment  BEGIN SELECT RAISE(ABORT, 'immutable: a row of environment'); END;
CREATE TRIGGER environment_replace_refused BEFORE INSERT ON environment WHEN EXISTS (SELECT 1 FROM environment WHERE "id" = NEW."id") OR EXISTS (SELECT 1 FROM environment WHERE "digest" = NEW."digest") BEGIN SELECT RAISE(ABORT, 'immutable: a row of environment'); END;
CREATE TRIGGER environment_package_update_refused BEFORE UPDATE ON environment_package  BEGIN SELECT RAISE(ABORT, 'immutable: a row of environment_package'); END;
CREATE TRIGGER environment_package_delete_refused BEFORE DELETE ON environment_package  BEGIN SELECT RAISE(ABORT, 'immutable: a row of environment_package'); END;
CREATE TRIGGER environment_package_replace_refused BEFORE INSERT ON environment_package WHEN EXISTS (SELECT 1 FROM environment_package WHERE "environment_id" = NEW."environment_id" AND "name" = NEW."name") BEGIN SELECT RAISE(ABORT, 'immutable: a row of environment_package'); END;
CREATE TRIGGER lineage_edge_update_refused BEFORE UPDATE ON lineage_edge  BEGIN SELECT RAISE(ABORT, 'immutable: a row of lineage_edge'); END;
CREATE TRIGGER lineage_edge_delete_refused BEFORE DELETE ON lineage_edge  BEGIN SELECT RAISE(ABORT, 'immutable: a row of lineage_edge'); END;
CREATE TRIGGER lineage_edge_replace_refused BEFORE INSERT ON lineage_edge WHEN EXISTS (SELECT 1 FROM lineage_edge WHERE "source_kind" = NEW."source_kind" AND "source_id" = NEW."source_id" AND "target_kind" = NEW."target_kind" AND "target_id" = NEW."target_id" AND "by" = NEW."by") BEGIN SELECT RAISE(ABORT, 'immutable: a row of lineage_edge'); END;
CREATE TRIGGER metric_update_refused BEFORE UPDATE ON metric  BEGIN SELECT RAISE(ABORT, 'immutable: a row of metric'); END;
CREATE TRIGGER metric_delete_refused BEFORE DELETE ON metric  BEGIN SELECT RAISE(ABORT, 'immutable: a row of metric'); END;
CREATE TRIGGER metric_replace_refused BEFORE INSERT ON metric WHEN EXISTS (SELECT 1 FROM metric WHERE "run_id" = NEW."run_id" AND "key" = NEW."key") BEGIN SELECT RAISE(ABORT, 'immutable: a row of metric'); END;
CREATE TRIGGER metric_point_update_refused BEFORE UPDATE ON metric_point  BEGIN SELECT RAISE(ABORT, 'immutable: a row of metric_point'); END;
CREATE TRIGGER metric_point_delete_refused BEFORE DELETE ON metric_point  BEGIN SELECT RAISE(ABORT, 'immutable: a row of metric_point'); END;
CREATE TRIGGER metric_point_replace_refused BEFORE INSERT ON metric_point WHEN EXISTS (SELECT 1 FROM metric_point WHERE "run_id" = NEW."run_id" AND "key" = NEW."key" AND "step" = NEW."step") BEGIN SELECT RAISE(ABORT, 'immutable: a row of metric_point'); END;
CREATE TRIGGER promotion_attempt_update_refused BEFORE UPDATE ON promotion_attempt  BEGIN SELECT RAISE(ABORT, 'immutable: a row of promotion_attempt'); END;
CREATE TRIGGER promotion_attempt_delete_refused BEFORE DELETE ON promotion_attempt  BEGIN SELECT RAISE(ABORT, 'immutable: a row of promotion_attempt'); END;
CREATE TRIGGER promotion_attempt_replace_refused BEFORE INSERT ON promotion_attempt WHEN EXISTS (SELECT 1 FROM promotion_attempt WHERE "id" = NEW."id") BEGIN SELECT RAISE(ABORT, 'immutable: a row of promotion_attempt'); END;
CREATE TRIGGER reproduction_update_refused BEFORE UPDATE ON reproduction  BEGIN SELECT RAISE(ABORT, 'immutable: a row of reproduction'); END;
CREATE TRIGGER reproduction_delete_refused BEFORE DELETE ON reproduction  BEGIN SELECT RAISE(ABORT, 'immutable: a row of reproduction'); END;
CREATE TRIGGER reproduction_replace_refused BEFORE INSERT ON reproduction WHEN EXISTS (SELECT 1 FROM reproduction WHERE "id" = NEW."id") BEGIN SELECT RAISE(ABORT, 'immutable: a row of reproduction'); END;
CREATE TRIGGER version_update_refused BEFORE UPDATE ON version  BEGIN SELECT RAISE(ABORT, 'immutable: a row of version'); END;
CREATE TRIGGER version_delete_refused BEFORE DELETE ON version  BEGIN SELECT RAISE(ABORT, 'immutable: a row of version'); END;
CREATE TRIGGER version_replace_refused BEFORE INSERT ON version WHEN EXISTS (SELECT 1 FROM version WHERE "id" = NEW."id") OR EXISTS (SELECT 1 FROM version WHERE "model_id" = NEW."model_id" AND "major" = NEW."major" AND "minor" = NEW."minor" AND "patch" = NEW."patch") OR EXISTS (SELECT 1 FROM version WHERE "model_id" = NEW."model_id" AND "number" = NEW."number") OR EXISTS (SELECT 1 FROM version WHERE "model_id" = NEW."model_id" AND "recipe_hash" = NEW."recipe_hash" AND "outputs_hash" = NEW."outputs_hash") OR EXISTS (SELECT 1 FROM version WHERE "run_id" = NEW."run_id") OR EXISTS (SELECT 1 FROM version WHERE "uuid" = NEW."uuid") BEGIN SELECT RAISE(ABORT, 'immutable: a row of version'); END;
CREATE TRIGGER run_update_refused BEFORE UPDATE ON run WHEN OLD.status <> 'running' BEGIN SELECT RAISE(ABORT, 'immutable: a run that has ended'); END;
CREATE TRIGGER run_delete_refused BEFORE DELETE ON run  BEGIN SELECT RAISE(ABORT, 'immutable: a run'); END;
CREATE TRIGGER run_replace_refused BEFORE INSERT ON run WHEN EXISTS (SELECT 1 FROM run WHERE "id" = NEW."id") OR EXISTS (SELECT 1 FROM run WHERE "uuid" = NEW."uuid") BEGIN SELECT RAISE(ABORT, 'immutable: a run'); END;
CREATE TRIGGER artifact_insert_refused BEFORE INSERT ON artifact WHEN (SELECT status FROM run WHERE id = NEW.run_id) <> 'running' BEGIN SELECT RAISE(ABORT, 'immutable: the artifact list of a run that has ended'); END;
CREATE TRIGGER dataset_use_insert_refused BEFORE INSERT ON dataset_use WHEN (SELECT status FROM run WHERE id = NEW.run_id) <> 'running' BEGIN SELECT RAISE(ABORT, 'immutable: the dataset_use list of a run that has ended'); END;
CREATE TRIGGER metric_insert_refused BEFORE INSERT ON metric WHEN (SELECT status FROM run WHERE id = NEW.run_id) <> 'running' BEGIN SELECT RAISE(ABORT, 'immutable: the metric list of a run that has ended'); END;
CREATE TRIGGER metric_point_insert_refused BEFORE INSERT ON metric_point WHEN (SELECT status FROM run WHERE id = NEW.run_id) <> 'running' BEGIN SELECT RAISE(ABORT, 'immutable: the metric_point list of a run that has ended'); END;
CREATE TRIGGER parameter_insert_refused BEFORE INSERT ON parameter WHEN (SELECT status FROM run WHERE id = NEW.run_id) <> 'running' BEGIN SELECT RAISE(ABORT, 'immutable: the parameter list of a run that has ended'); END;
CREATE INDEX ix_event_run_id ON event (run_id);
CREATE INDEX ix_run_model_id_id ON run (model_id, id);
CREATE TRIGGER dataset_update_refused BEFORE UPDATE ON dataset  BEGIN SELECT RAISE(ABORT, 'immutable: a row of dataset'); END;
CREATE TRIGGER dataset_delete_refused BEFORE DELETE ON dataset  BEGIN SELECT RAISE(ABORT, 'immutable: a row of dataset'); END;
CREATE TRIGGER dataset_replace_refused BEFORE INSERT ON dataset WHEN EXISTS (SELECT 1 FROM dataset WHERE "id" = NEW."id") OR EXISTS (SELECT 1 FROM dataset WHERE "name" = NEW."name") BEGIN SELECT RAISE(ABORT, 'immutable: a row of dataset'); END;
CREATE TRIGGER experiment_update_refused BEFORE UPDATE ON experiment  BEGIN SELECT RAISE(ABORT, 'immutable: a row of experiment'); END;
CREATE TRIGGER experiment_delete_refused BEFORE DELETE ON experiment  BEGIN SELECT RAISE(ABORT, 'immutable: a row of experiment'); END;
CREATE TRIGGER experiment_replace_refused BEFORE INSERT ON experiment WHEN EXISTS (SELECT 1 FROM experiment WHERE "id" = NEW."id") OR EXISTS (SELECT 1 FROM experiment WHERE "name" = NEW."name") BEGIN SELECT RAISE(ABORT, 'immutable: a row of experiment'); END;
CREATE TRIGGER request_update_refused BEFORE UPDATE ON request  BEGIN SELECT RAISE(ABORT, 'immutable: a row of request'); END;
CREATE TRIGGER request_delete_refused BEFORE DELETE ON request  BEGIN SELECT RAISE(ABORT, 'immutable: a row of request'); END;
CREATE TRIGGER request_replace_refused BEFORE INSERT ON request WHEN EXISTS (SELECT 1 FROM request WHERE "key" = NEW."key") BEGIN SELECT RAISE(ABORT, 'immutable: a row of request'); END;
CREATE TRIGGER tombstone_update_refused BEFORE UPDATE ON tombstone  BEGIN SELECT RAISE(ABORT, 'immutable: a row of tombstone'); END;
CREATE TRIGGER tombstone_delete_refused BEFORE DELETE ON tombstone  BEGIN SELECT RAISE(ABORT, 'immutable: a row of tombstone'); END;
CREATE TRIGGER tombstone_replace_refused BEFORE INSERT ON tombstone WHEN EXISTS (SELECT 1 FROM tombstone WHERE "version_id" = NEW."version_id") BEGIN SELECT RAISE(ABORT, 'immutable: a row of tombstone'); END;
CREATE TRIGGER model_update_refused BEFORE UPDATE ON model WHEN OLD.id <> NEW.id OR OLD.name <> NEW.name OR OLD.created_at <> NEW.created_at BEGIN SELECT RAISE(ABORT, 'immutable: the name of a model'); END;
CREATE TRIGGER model_delete_refused BEFORE DELETE ON model  BEGIN SELECT RAISE(ABORT, 'immutable: a model'); END;
CREATE TRIGGER model_replace_refused BEFORE INSERT ON model WHEN EXISTS (SELECT 1 FROM model WHERE "id" = NEW."id") OR EXISTS (SELECT 1 FROM model WHERE "name" = NEW."name") BEGIN SELECT RAISE(ABORT, 'immutable: a model'); END;
CREATE INDEX ix_model_tag_key_value_model_id ON model_tag ("key", value, model_id);
CREATE INDEX ix_note_model_id_id ON note (model_id, id);
CREATE INDEX ix_note_version_id_id ON note (version_id, id);
CREATE INDEX ix_sweep_model_id_id ON sweep (model_id, id);
CREATE TRIGGER parameter_update_refused BEFORE UPDATE ON parameter  BEGIN SELECT RAISE(ABORT, 'immutable: a row of parameter'); END;
CREATE TRIGGER parameter_delete_refused BEFORE DELETE ON parameter  BEGIN SELECT RAISE(ABORT, 'immutable: a row of parameter'); END;
CREATE TRIGGER parameter_replace_refused BEFORE INSERT ON parameter WHEN EXISTS (SELECT 1 FROM parameter WHERE "run_id" = NEW."run_id" AND "key" = NEW."key") BEGIN SELECT RAISE(ABORT, 'immutable: a row of parameter'); END;
CREATE INDEX ix_dataset_profile_owner ON dataset_profile (owner);
CREATE INDEX ix_dataset_shape_run_id ON dataset_shape (run_id);
CREATE INDEX ix_deployment_model_id_until ON deployment (model_id, until);
CREATE INDEX ix_deployment_version_id ON deployment (version_id);
CREATE INDEX ix_run_experiment_id_id ON run (experiment_id, id);
CREATE INDEX ix_run_started_at ON run (started_at);
CREATE INDEX ix_environment_python ON environment (python);
CREATE INDEX ix_version_profile_owner ON version_profile (owner);
CREATE INDEX ix_version_profile_team ON version_profile (team);
CREATE INDEX ix_run_environment_id ON run (environment_id);
CREATE INDEX ix_parameter_key_number_run_id ON parameter ("key", number, run_id);
CREATE INDEX ix_parameter_key_text_run_id ON parameter ("key", text, run_id);
CREATE INDEX ix_metric_key_value_run_id ON metric ("key", value, run_id);
CREATE INDEX ix_version_commit ON version ("commit");
CREATE INDEX ix_version_created_at ON version (created_at);
CREATE INDEX ix_stage_assignment_stage_environment_version_id ON stage_assignment (stage, environment, version_id);
CREATE INDEX ix_alias_name ON alias (name);
CREATE INDEX ix_tag_key_value_version_id ON tag ("key", value, version_id);
CREATE INDEX ix_event_model_id_kind_sequence ON event (model_id, kind, sequence);
CREATE INDEX ix_event_model_id_at_sequence ON event (model_id, at, sequence);
CREATE INDEX ix_dataset_version_dataset_id_id ON dataset_version (dataset_id, id);
CREATE INDEX ix_dataset_use_dataset_version_id_run_id ON dataset_use (dataset_version_id, run_id);
CREATE TRIGGER event_update_refused BEFORE UPDATE ON event  BEGIN SELECT RAISE(ABORT, 'immutable: a row of event'); END;
CREATE TRIGGER event_delete_refused BEFORE DELETE ON event  BEGIN SELECT RAISE(ABORT, 'immutable: a row of event'); END;
CREATE TRIGGER event_replace_refused BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE "sequence" = NEW."sequence") BEGIN SELECT RAISE(ABORT, 'immutable: a row of event'); END;
CREATE INDEX ix_event_entered ON event (model_id, entered, sequence) WHERE entered IS NOT NULL;
CREATE INDEX ix_event_vacated ON event (model_id, vacated, sequence) WHERE vacated IS NOT NULL;
CREATE TRIGGER note_update_refused BEFORE UPDATE ON note  BEGIN SELECT RAISE(ABORT, 'immutable: a row of note'); END;
CREATE TRIGGER note_delete_refused BEFORE DELETE ON note  BEGIN SELECT RAISE(ABORT, 'immutable: a row of note'); END;
CREATE TRIGGER note_replace_refused BEFORE INSERT ON note WHEN EXISTS (SELECT 1 FROM note WHERE "id" = NEW."id") BEGIN SELECT RAISE(ABORT, 'immutable: a row of note'); END;
CREATE TRIGGER feature_importance_update_refused BEFORE UPDATE ON feature_importance  BEGIN SELECT RAISE(ABORT, 'immutable: a row of feature_importance'); END;
CREATE TRIGGER feature_importance_delete_refused BEFORE DELETE ON feature_importance  BEGIN SELECT RAISE(ABORT, 'immutable: a row of feature_importance'); END;
CREATE TRIGGER feature_importance_replace_refused BEFORE INSERT ON feature_importance WHEN EXISTS (SELECT 1 FROM feature_importance WHERE "run_id" = NEW."run_id" AND "feature" = NEW."feature") BEGIN SELECT RAISE(ABORT, 'immutable: a row of feature_importance'); END;
CREATE TRIGGER dataset_shape_update_refused BEFORE UPDATE ON dataset_shape  BEGIN SELECT RAISE(ABORT, 'immutable: a row of dataset_shape'); END;
CREATE TRIGGER dataset_shape_delete_refused BEFORE DELETE ON dataset_shape  BEGIN SELECT RAISE(ABORT, 'immutable: a row of dataset_shape'); END;
CREATE TRIGGER dataset_shape_replace_refused BEFORE INSERT ON dataset_shape WHEN EXISTS (SELECT 1 FROM dataset_shape WHERE "dataset_version_id" = NEW."dataset_version_id") BEGIN SELECT RAISE(ABORT, 'immutable: a row of dataset_shape'); END;
CREATE TRIGGER feature_importance_insert_refused BEFORE INSERT ON feature_importance WHEN (SELECT status FROM run WHERE id = NEW.run_id) <> 'running' BEGIN SELECT RAISE(ABORT, 'immutable: the feature_importance list of a run that has ended'); END;
CREATE TRIGGER deployment_update_refused BEFORE UPDATE ON deployment WHEN OLD.until IS NOT NULL OR NEW.until IS NULL OR NEW.ended_by IS NULL OR CAST(OLD."id" AS TEXT) <> CAST(NEW."id" AS TEXT) OR CAST(OLD."uuid" AS TEXT) <> CAST(NEW."uuid" AS TEXT) OR CAST(OLD."model_id" AS TEXT) <> CAST(NEW."model_id" AS TEXT) OR CAST(OLD."version_id" AS TEXT) <> CAST(NEW."version_id" AS TEXT) OR CAST(OLD."environment" AS TEXT) <> CAST(NEW."environment" AS TEXT) OR CAST(OLD."place" AS TEXT) <> CAST(NEW."place" AS TEXT) OR CAST(OLD."reason" AS TEXT) <> CAST(NEW."reason" AS TEXT) OR CAST(OLD."since" AS TEXT) <> CAST(NEW."since" AS TEXT) OR CAST(OLD."by" AS TEXT) <> CAST(NEW."by" AS TEXT) BEGIN SELECT RAISE(ABORT, 'immutable: a deployment'); END;
CREATE TRIGGER deployment_delete_refused BEFORE DELETE ON deployment  BEGIN SELECT RAISE(ABORT, 'immutable: a deployment'); END;
CREATE TRIGGER deployment_replace_refused BEFORE INSERT ON deployment WHEN EXISTS (SELECT 1 FROM deployment WHERE "id" = NEW."id") OR EXISTS (SELECT 1 FROM deployment WHERE "uuid" = NEW."uuid") BEGIN SELECT RAISE(ABORT, 'immutable: a deployment'); END;
CREATE TRIGGER sweep_update_refused BEFORE UPDATE ON sweep WHEN NEW.ended_at IS NULL OR CAST(OLD."id" AS TEXT) <> CAST(NEW."id" AS TEXT) OR CAST(OLD."uuid" AS TEXT) <> CAST(NEW."uuid" AS TEXT) OR CAST(OLD."model_id" AS TEXT) <> CAST(NEW."model_id" AS TEXT) OR CAST(OLD."experiment_id" AS TEXT) <> CAST(NEW."experiment_id" AS TEXT) OR CAST(OLD."plan" AS TEXT) <> CAST(NEW."plan" AS TEXT) OR CAST(OLD."started_at" AS TEXT) <> CAST(NEW."started_at" AS TEXT) OR CAST(OLD."started_by" AS TEXT) <> CAST(NEW."started_by" AS TEXT) BEGIN SELECT RAISE(ABORT, 'immutable: a sweep'); END;
CREATE TRIGGER sweep_delete_refused BEFORE DELETE ON sweep  BEGIN SELECT RAISE(ABORT, 'immutable: a sweep'); END;
CREATE TRIGGER sweep_replace_refused BEFORE INSERT ON sweep WHEN EXISTS (SELECT 1 FROM sweep WHERE "id" = NEW."id") OR EXISTS (SELECT 1 FROM sweep WHERE "uuid" = NEW."uuid") BEGIN SELECT RAISE(ABORT, 'immutable: a sweep'); END;
CREATE TRIGGER trial_update_refused BEFORE UPDATE ON trial WHEN (NEW.run_id <= OLD.run_id AND EXISTS (SELECT 1 FROM run WHERE id = OLD.run_id)) OR CAST(OLD."sweep_id" AS TEXT) <> CAST(NEW."sweep_id" AS TEXT) OR CAST(OLD."number" AS TEXT) <> CAST(NEW."number" AS TEXT) BEGIN SELECT RAISE(ABORT, 'immutable: a trial'); END;
CREATE TRIGGER trial_delete_refused BEFORE DELETE ON trial  BEGIN SELECT RAISE(ABORT, 'immutable: a trial'); END;
CREATE TRIGGER trial_replace_refused BEFORE INSERT ON trial WHEN EXISTS (SELECT 1 FROM trial WHERE "sweep_id" = NEW."sweep_id" AND "number" = NEW."number") BEGIN SELECT RAISE(ABORT, 'immutable: a trial'); END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('event',73);
INSERT INTO "sqlite_sequence" VALUES('outbox',29);
COMMIT;
