BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
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
	own BOOLEAN NOT NULL, 
	CONSTRAINT pk_artifact PRIMARY KEY (run_id, path), 
	CONSTRAINT fk_artifact_run_id FOREIGN KEY(run_id) REFERENCES run (id)
);
INSERT INTO "artifact" VALUES(1,'curves/loss.tsv','5c5b4fe7eea668f8fd9d5a266bfcfe22','54e7650d9097170342bbf7c81f97ce28faaa71b27cff839a80972f1d641a6432',22,'git','train',1);
INSERT INTO "artifact" VALUES(1,'data/new.csv','00299f0a188e622761a48a6890c96289','b286018292607d63463a630177f765380d039c92a1c28db76efb0bbbf985cfac',2290,'remote','raw@new',1);
INSERT INTO "artifact" VALUES(1,'data/old.csv','e018195129362c1d657e163cd019ace2','69ed1466a8c66f2a63ea47de2c400e5dcfdce1c8176d9cdf8d625b1d94f5f7b3',2295,'remote','raw@old',1);
INSERT INTO "artifact" VALUES(1,'metrics.json','613936a39b86c50ec1e29b9e64455544','29e245e74b4ab843aaf8313b72262f8d690e4c5a6f0600bde0b4efdaa269defe',41,'git','evaluate',1);
INSERT INTO "artifact" VALUES(1,'model/model.json','43c1d61d32d08530b3edc9ed6b5c4d33','fe4e9b4a15acfd1f3f4d49a2829b10fdd0af43c4fbcfdd35de044f1f52d81935',42,'remote','train',1);
INSERT INTO "artifact" VALUES(1,'model/signature.json','2c46d64caa9bb38e14cbd2dde9f7d417','db989d01dd7b050e33059d4ba3f796e85b3f04c9b216411a15a0c235392586b8',93,'git','train',1);
INSERT INTO "artifact" VALUES(2,'curves/loss.tsv','5c5b4fe7eea668f8fd9d5a266bfcfe22','54e7650d9097170342bbf7c81f97ce28faaa71b27cff839a80972f1d641a6432',22,'git','train',1);
INSERT INTO "artifact" VALUES(2,'data/new.csv','00299f0a188e622761a48a6890c96289','b286018292607d63463a630177f765380d039c92a1c28db76efb0bbbf985cfac',2290,'remote','raw@new',1);
INSERT INTO "artifact" VALUES(2,'data/old.csv','e018195129362c1d657e163cd019ace2','69ed1466a8c66f2a63ea47de2c400e5dcfdce1c8176d9cdf8d625b1d94f5f7b3',2295,'remote','raw@old',1);
INSERT INTO "artifact" VALUES(2,'metrics.json','5278008b459359374322d4a27155ee7d','f71fab3b759231ba16f4b8a332d8f83c61f4751f3df0cc828ef0b1c35b9ecd6b',41,'git','evaluate',1);
INSERT INTO "artifact" VALUES(2,'model/model.json','3b75b8ccd8e34fd49487dfe2a4fe1677','b9f6617bf21326d7b1d4ffca3b2d6ab852adeaef3ecd74714ab81eb5c8b5a004',42,'remote','train',1);
INSERT INTO "artifact" VALUES(2,'model/signature.json','2c46d64caa9bb38e14cbd2dde9f7d417','db989d01dd7b050e33059d4ba3f796e85b3f04c9b216411a15a0c235392586b8',93,'git','train',1);
INSERT INTO "artifact" VALUES(3,'curves/loss.tsv','5c5b4fe7eea668f8fd9d5a266bfcfe22','54e7650d9097170342bbf7c81f97ce28faaa71b27cff839a80972f1d641a6432',22,'git','train',1);
INSERT INTO "artifact" VALUES(3,'data/new.csv','00299f0a188e622761a48a6890c96289','b286018292607d63463a630177f765380d039c92a1c28db76efb0bbbf985cfac',2290,'remote','raw@new',1);
INSERT INTO "artifact" VALUES(3,'data/old.csv','e018195129362c1d657e163cd019ace2','69ed1466a8c66f2a63ea47de2c400e5dcfdce1c8176d9cdf8d625b1d94f5f7b3',2295,'remote','raw@old',1);
INSERT INTO "artifact" VALUES(3,'metrics.json','5278008b459359374322d4a27155ee7d','f71fab3b759231ba16f4b8a332d8f83c61f4751f3df0cc828ef0b1c35b9ecd6b',41,'git','evaluate',1);
INSERT INTO "artifact" VALUES(3,'model/model.json','3b75b8ccd8e34fd49487dfe2a4fe1677','b9f6617bf21326d7b1d4ffca3b2d6ab852adeaef3ecd74714ab81eb5c8b5a004',42,'remote','train',1);
INSERT INTO "artifact" VALUES(3,'model/signature.json','2c46d64caa9bb38e14cbd2dde9f7d417','db989d01dd7b050e33059d4ba3f796e85b3f04c9b216411a15a0c235392586b8',93,'git','train',1);
INSERT INTO "artifact" VALUES(4,'curves/loss.tsv','5c5b4fe7eea668f8fd9d5a266bfcfe22','54e7650d9097170342bbf7c81f97ce28faaa71b27cff839a80972f1d641a6432',22,'git','train',1);
INSERT INTO "artifact" VALUES(4,'data/new.csv','00299f0a188e622761a48a6890c96289','b286018292607d63463a630177f765380d039c92a1c28db76efb0bbbf985cfac',2290,'remote','raw@new',1);
INSERT INTO "artifact" VALUES(4,'data/old.csv','e018195129362c1d657e163cd019ace2','69ed1466a8c66f2a63ea47de2c400e5dcfdce1c8176d9cdf8d625b1d94f5f7b3',2295,'remote','raw@old',1);
INSERT INTO "artifact" VALUES(4,'metrics.json','b2bb6e2908e2ac3a674b4b611d89ac00','c914f993b2e65e3446c4c2d1677cebcf56e14709b9c6f77a9b7a2356ca51e65d',40,'git','evaluate',1);
INSERT INTO "artifact" VALUES(4,'model/model.json','a8018723c1dc388eb0d6603f54e75934','5b602f24a67cf12da0431dad441c16049601945205086f36d97f31928a064911',43,'remote','train',1);
INSERT INTO "artifact" VALUES(4,'model/signature.json','2c46d64caa9bb38e14cbd2dde9f7d417','db989d01dd7b050e33059d4ba3f796e85b3f04c9b216411a15a0c235392586b8',93,'git','train',1);
INSERT INTO "artifact" VALUES(5,'model.bin','8a72de2cdf595608905699e2d725a9c0','cd36b49d7b2a8b5e4e13663cb54c5e1338c17b7d3af1c506fb3842bd08291822',7,'remote','train',1);
INSERT INTO "artifact" VALUES(6,'model.bin','a7558513f2cb497034e995ce9813430d','97e2521720cb4b3821c7ed9df7dbca7a63e04b42ba05ffe3e15dc992f227ae36',7,'remote','train',1);
INSERT INTO "artifact" VALUES(7,'model.bin','31b9bbb7094fe62ab2ae88960e6d6939','a63f0dfe98cc2a03a21873a3ab0d209eae44045e3810b79a104d42783e2ca194',7,'remote','train',1);
INSERT INTO "artifact" VALUES(8,'model.bin','28aa933e52ad610eace8712fd5577612','47b98be17c1c80f2a85cd3013c745ec8379b9b591b103c675169996da479f7dd',7,'remote','train',1);
INSERT INTO "artifact" VALUES(11,'model.bin','0f46aff8749162b946564f1138f1a287','de5a3afe07939bad0bf980634b5d1d00658f2c278c3abd8af395998b322ee770',16,'remote','train',1);
INSERT INTO "artifact" VALUES(12,'model.bin','28aa933e52ad610eace8712fd5577612','47b98be17c1c80f2a85cd3013c745ec8379b9b591b103c675169996da479f7dd',7,'remote','train',1);
INSERT INTO "artifact" VALUES(13,'edger.bin','99181bf19a5620a7e679c9b61380a897','381adba472d686d3e056b6bb4a7e78117e87ed7d4386799c4d3533734641e670',7,'remote',NULL,1);
INSERT INTO "artifact" VALUES(14,'edger.bin','5ea558395e0bd60bf7a0fe90782d2fd2','043738d0d525537e6321b9509e244ceb99cccec77a93e5ac93b0960baefb0a8a',7,'remote',NULL,1);
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
INSERT INTO "comparison" VALUES(1,2,1,'data/new.csv','e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327','rmse',0,'{"candidate": 0.2949120358849226, "incumbent": 0.40599727668903557, "difference": -0.11108524080411297, "low": -0.16605318310256426, "high": -0.045120836366928235, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}','2026-11-22 15:00:29.227364','ada');
INSERT INTO "comparison" VALUES(2,4,2,'data/new.csv','e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327','rmse',0,'{"candidate": 1.4334335666921902, "incumbent": 0.2949120358849226, "difference": 1.1385215308072676, "low": 0.8985840711636498, "high": 1.3313315698205292, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}','2026-11-22 15:00:30.922418','ada');
INSERT INTO "comparison" VALUES(3,8,4,'data.csv','0000000000000000000000000000000000000000000000000000000000000000','auc',1,'{"candidate": 0.8, "incumbent": 0.7, "difference": 0.02, "low": 0.01, "high": 0.03, "confidence": 0.95, "resamples": 1000, "seed": 0, "rows": 10}','2026-11-22 15:00:32.004895','ada');
CREATE TABLE confirmation (
	version_id INTEGER NOT NULL, 
	run_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	CONSTRAINT pk_confirmation PRIMARY KEY (version_id, run_id), 
	CONSTRAINT fk_confirmation_run_id FOREIGN KEY(run_id) REFERENCES run (id), 
	CONSTRAINT fk_confirmation_version_id FOREIGN KEY(version_id) REFERENCES version (id)
);
INSERT INTO "confirmation" VALUES(2,3,'2026-11-22 15:00:30.042184','ada');
INSERT INTO "confirmation" VALUES(7,12,'2026-11-22 15:00:32.063446','ada');
CREATE TABLE dataset (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_dataset PRIMARY KEY (id), 
	CONSTRAINT uq_dataset_name UNIQUE (name)
);
INSERT INTO "dataset" VALUES(1,'data/old.csv');
INSERT INTO "dataset" VALUES(2,'data/new.csv');
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
CREATE TABLE description (
	version_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_description PRIMARY KEY (version_id), 
	CONSTRAINT fk_description_version_id FOREIGN KEY(version_id) REFERENCES version (id)
);
INSERT INTO "description" VALUES(1,'the first one');
INSERT INTO "description" VALUES(2,'zwei Mäher, 二');
INSERT INTO "description" VALUES(8,'found');
INSERT INTO "description" VALUES(9,'found');
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
	"after" JSON NOT NULL, 
	CONSTRAINT fk_event_model_id FOREIGN KEY(model_id) REFERENCES model (id), 
	CONSTRAINT fk_event_run_id FOREIGN KEY(run_id) REFERENCES run (id), 
	CONSTRAINT fk_event_version_id FOREIGN KEY(version_id) REFERENCES version (id)
);
INSERT INTO "event" VALUES(1,'2026-11-22 15:00:27.358442','ada','model.created',1,NULL,NULL,'','null','{"name": "mower"}');
INSERT INTO "event" VALUES(2,'2026-11-22 15:00:27.358442','ada','run.started',1,NULL,1,'','null','{"origin": {"project": "project", "repository": "/srv/registry-fixture/orchard/project", "base_commit": "b52d1525435c7f8b7f72aace02b2b8afdfd7212c", "uncommitted": []}, "parameters": {}}');
INSERT INTO "event" VALUES(3,'2026-11-22 15:00:28.074472','ada','run.finished',1,NULL,1,'','null','{"commit": "038a3d3155592459494465bdba0d65db7a9f0f11", "recipe": "4d5a8cf55829280c3ad964be6c568ab25488082003bcefde66afca1b76d4ce86"}');
INSERT INTO "event" VALUES(4,'2026-11-22 15:00:28.087812','ada','version.registered',1,1,1,'','null','{"number": 1, "semantic_version": "v1.0.0", "stage": "experiment", "commit": "038a3d3155592459494465bdba0d65db7a9f0f11", "sha256": "fe4e9b4a15acfd1f3f4d49a2829b10fdd0af43c4fbcfdd35de044f1f52d81935", "tags": {"crew": "north"}, "description": "the first one"}');
INSERT INTO "event" VALUES(5,'2026-11-22 15:00:28.120938','ada','version.promoted',1,1,NULL,'','{"stage": "experiment", "environment": "default"}','{"stage": "staging", "environment": "default"}');
INSERT INTO "event" VALUES(6,'2026-11-22 15:00:28.143857','ada','version.promoted',1,1,NULL,'','{"stage": "staging", "environment": "default"}','{"stage": "production", "environment": "default"}');
INSERT INTO "event" VALUES(7,'2026-11-22 15:00:28.143857','ada','alias.moved',1,1,NULL,'follows production','{"alias": "champion", "version": null}','{"alias": "champion", "version": 1}');
INSERT INTO "event" VALUES(8,'2026-11-22 15:00:28.211203','ada','run.started',1,NULL,2,'','null','{"origin": {"project": "project", "repository": "/srv/registry-fixture/orchard/project", "base_commit": "52fad2d64b376f2ac2ff1d95570afba5221a92a6", "uncommitted": []}, "parameters": {}}');
INSERT INTO "event" VALUES(9,'2026-11-22 15:00:28.982948','ada','run.finished',1,NULL,2,'','null','{"commit": "16731c299903f4ba69dea88139e7494dc5c0bc70", "recipe": "d746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577"}');
INSERT INTO "event" VALUES(10,'2026-11-22 15:00:28.997457','ada','version.registered',1,2,2,'','null','{"number": 2, "semantic_version": "v1.1.0", "stage": "experiment", "commit": "16731c299903f4ba69dea88139e7494dc5c0bc70", "sha256": "b9f6617bf21326d7b1d4ffca3b2d6ab852adeaef3ecd74714ab81eb5c8b5a004", "tags": {"crew": "north", "season": "spring"}, "description": ""}');
INSERT INTO "event" VALUES(11,'2026-11-22 15:00:29.227717','ada','run.compared',1,NULL,2,'','null','{"run": "89c2362c-59c9-4eb6-bb94-6c307bb94183", "incumbent": "mower@1", "incumbent_uuid": "8764ad19-3bde-42bf-a645-c9593475675e", "holdout": "data/new.csv", "holdout_sha256": "e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327", "metric": "rmse", "higher_is_better": false, "bootstrap": {"candidate": 0.2949120358849226, "incumbent": 0.40599727668903557, "difference": -0.11108524080411297, "low": -0.16605318310256426, "high": -0.045120836366928235, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}, "at": "2026-11-22T15:00:29.227364Z", "by": "ada"}');
INSERT INTO "event" VALUES(12,'2026-11-22 15:00:29.240292','ada','version.promoted',1,2,NULL,'','{"stage": "experiment", "environment": "default"}','{"stage": "staging", "environment": "default"}');
INSERT INTO "event" VALUES(13,'2026-11-22 15:00:29.262267','ada','version.displaced',1,1,NULL,'displaced by mower@2','{"stage": "production", "environment": "default"}','{"stage": "experiment", "environment": "default"}');
INSERT INTO "event" VALUES(14,'2026-11-22 15:00:29.262267','ada','version.promoted',1,2,NULL,'','{"stage": "staging", "environment": "default"}','{"stage": "production", "environment": "default"}');
INSERT INTO "event" VALUES(15,'2026-11-22 15:00:29.262267','ada','alias.moved',1,2,NULL,'follows production','{"alias": "champion", "version": 1}','{"alias": "champion", "version": 2}');
INSERT INTO "event" VALUES(16,'2026-11-22 15:00:29.319493','ada','run.started',1,NULL,3,'','null','{"origin": {"project": "project", "repository": "/srv/registry-fixture/orchard/project", "base_commit": "52fad2d64b376f2ac2ff1d95570afba5221a92a6", "uncommitted": []}, "parameters": {}}');
INSERT INTO "event" VALUES(17,'2026-11-22 15:00:30.032242','ada','run.finished',1,NULL,3,'','null','{"commit": "cedc874fb897c942ce8d4233c07aac3432ba6956", "recipe": "d746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577"}');
INSERT INTO "event" VALUES(18,'2026-11-22 15:00:30.042184','ada','version.confirmed',1,2,3,'','null','{"confirmed_at": "2026-11-22T15:00:30.042184+00:00"}');
INSERT INTO "event" VALUES(19,'2026-11-22 15:00:30.075580','ada','run.started',1,NULL,4,'','null','{"origin": {"project": "project", "repository": "/srv/registry-fixture/orchard/project", "base_commit": "52fad2d64b376f2ac2ff1d95570afba5221a92a6", "uncommitted": []}, "parameters": {"mower.slope": -3.0}}');
INSERT INTO "event" VALUES(20,'2026-11-22 15:00:30.807907','ada','run.finished',1,NULL,4,'','null','{"commit": "acc0d14cc9bec235f8790a417d8345f7efb1e43e", "recipe": "76922c2cf8c3edd92150db0e96db7908290d1a9e8bfd2e1428b2aee6dffc522d"}');
INSERT INTO "event" VALUES(21,'2026-11-22 15:00:30.817906','ada','version.registered',1,3,4,'','null','{"number": 3, "semantic_version": "v1.2.0", "stage": "experiment", "commit": "acc0d14cc9bec235f8790a417d8345f7efb1e43e", "sha256": "5b602f24a67cf12da0431dad441c16049601945205086f36d97f31928a064911", "tags": {}, "description": ""}');
INSERT INTO "event" VALUES(22,'2026-11-22 15:00:30.922789','ada','run.compared',1,NULL,4,'','null','{"run": "836e6d76-4db3-47cb-ba20-f3362ac4ad91", "incumbent": "mower@2", "incumbent_uuid": "ed9cc23e-5ffd-4890-98d7-97e1279c9ab9", "holdout": "data/new.csv", "holdout_sha256": "e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327", "metric": "rmse", "higher_is_better": false, "bootstrap": {"candidate": 1.4334335666921902, "incumbent": 0.2949120358849226, "difference": 1.1385215308072676, "low": 0.8985840711636498, "high": 1.3313315698205292, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}, "at": "2026-11-22T15:00:30.922418Z", "by": "ada"}');
INSERT INTO "event" VALUES(23,'2026-11-22 15:00:30.929386','ada','version.promoted',1,3,NULL,'','{"stage": "experiment", "environment": "default"}','{"stage": "staging", "environment": "default"}');
INSERT INTO "event" VALUES(24,'2026-11-22 15:00:30.950083','ada','version.refused',1,3,NULL,'hope','{"stage": "staging", "environment": "default"}','{"stage": "staging", "environment": "default", "refused": "production", "gates": [{"gate": "better-than-production", "outcome": "failed", "measured": "-1.33133 to -0.89858", "bound": "lower end of the improvement > 0", "reason": "rmse 1.43343 against 0.29491 of mower@2 on data/new.csv: improvement -1.33133 to -0.89858 (95 %, 100 resamples of 60 rows)"}]}');
INSERT INTO "event" VALUES(25,'2026-11-22 15:00:31.644822','ada','version.reproduced',1,2,NULL,'','null','{"verdict": "identical", "first_different_stage": null, "differences": [], "outputs": 6, "duration_s": 0.6594380429996818}');
INSERT INTO "event" VALUES(26,'2026-11-22 15:00:31.655161','ada','version.described',1,2,NULL,'','{"description": ""}','{"description": "a first text"}');
INSERT INTO "event" VALUES(27,'2026-11-22 15:00:31.657806','ada','version.described',1,2,NULL,'','{"description": "a first text"}','{"description": "zwei M\u00e4her, \u4e8c"}');
INSERT INTO "event" VALUES(28,'2026-11-22 15:00:31.663148','ada','model.created',2,NULL,NULL,'','null','{"name": "trimmer"}');
INSERT INTO "event" VALUES(29,'2026-11-22 15:00:31.684205','ada','version.registered',2,4,5,'','null','{"number": 1, "semantic_version": "v1.0.0", "stage": "experiment", "commit": "ebe25adc03e6839082e6b52cb20a8939bf4c6ee6", "sha256": "cd36b49d7b2a8b5e4e13663cb54c5e1338c17b7d3af1c506fb3842bd08291822", "tags": {}, "description": ""}');
INSERT INTO "event" VALUES(30,'2026-11-22 15:00:31.723433','ada','version.registered',2,5,6,'','null','{"number": 2, "semantic_version": "v1.1.0", "stage": "experiment", "commit": "a68a354361b11811ae560c72dd790dda549c38b4", "sha256": "97e2521720cb4b3821c7ed9df7dbca7a63e04b42ba05ffe3e15dc992f227ae36", "tags": {}, "description": ""}');
INSERT INTO "event" VALUES(31,'2026-11-22 15:00:31.763452','ada','version.registered',2,6,7,'','null','{"number": 3, "semantic_version": "v1.2.0", "stage": "experiment", "commit": "42b0833320ab5bd9f1fee08bf4866a4d53b63f96", "sha256": "a63f0dfe98cc2a03a21873a3ab0d209eae44045e3810b79a104d42783e2ca194", "tags": {}, "description": ""}');
INSERT INTO "event" VALUES(32,'2026-11-22 15:00:31.803771','ada','version.registered',2,7,8,'','null','{"number": 4, "semantic_version": "v1.3.0", "stage": "experiment", "commit": "4b38547c949247ed1bdaa738d7cea263c019221c", "sha256": "47b98be17c1c80f2a85cd3013c745ec8379b9b591b103c675169996da479f7dd", "tags": {}, "description": ""}');
INSERT INTO "event" VALUES(33,'2026-11-22 15:00:31.838136','ada','version.promoted',2,4,NULL,'','{"stage": "experiment", "environment": "default"}','{"stage": "staging", "environment": "default"}');
INSERT INTO "event" VALUES(34,'2026-11-22 15:00:31.856207','ada','version.promoted',2,4,NULL,'','{"stage": "staging", "environment": "default"}','{"stage": "production", "environment": "default"}');
INSERT INTO "event" VALUES(35,'2026-11-22 15:00:31.856207','ada','alias.moved',2,4,NULL,'follows production','{"alias": "champion", "version": null}','{"alias": "champion", "version": 1}');
INSERT INTO "event" VALUES(36,'2026-11-22 15:00:31.881339','ada','version.promoted',2,5,NULL,'','{"stage": "experiment", "environment": "default"}','{"stage": "staging", "environment": "default"}');
INSERT INTO "event" VALUES(37,'2026-11-22 15:00:31.900246','ada','version.displaced',2,4,NULL,'displaced by trimmer@2','{"stage": "production", "environment": "default"}','{"stage": "experiment", "environment": "default"}');
INSERT INTO "event" VALUES(38,'2026-11-22 15:00:31.900246','ada','version.promoted',2,5,NULL,'','{"stage": "staging", "environment": "default"}','{"stage": "production", "environment": "default"}');
INSERT INTO "event" VALUES(39,'2026-11-22 15:00:31.900246','ada','alias.moved',2,5,NULL,'follows production','{"alias": "champion", "version": 1}','{"alias": "champion", "version": 2}');
INSERT INTO "event" VALUES(40,'2026-11-22 15:00:31.934415','ada','version.displaced',2,5,NULL,'rolled back to trimmer@1','{"stage": "production", "environment": "default"}','{"stage": "experiment", "environment": "default"}');
INSERT INTO "event" VALUES(41,'2026-11-22 15:00:31.934415','ada','version.rolled_back',2,4,NULL,'two was loud','{"stage": "experiment", "environment": "default"}','{"stage": "production", "environment": "default"}');
INSERT INTO "event" VALUES(42,'2026-11-22 15:00:31.934415','ada','alias.moved',2,4,NULL,'follows production','{"alias": "champion", "version": 2}','{"alias": "champion", "version": 1}');
INSERT INTO "event" VALUES(43,'2026-11-22 15:00:31.957231','ada','version.promoted',2,5,NULL,'','{"stage": "experiment", "environment": "eu"}','{"stage": "staging", "environment": "eu"}');
INSERT INTO "event" VALUES(44,'2026-11-22 15:00:31.967797','ada','version.archived',2,6,NULL,'old','{"stage": "experiment", "environment": "default"}','{"stage": "archived", "environment": "default"}');
INSERT INTO "event" VALUES(45,'2026-11-22 15:00:31.976398','ada','version.restored',2,6,NULL,'not so old','{"stage": "archived", "environment": "default"}','{"stage": "experiment", "environment": "default"}');
INSERT INTO "event" VALUES(46,'2026-11-22 15:00:31.985006','ada','version.archived',2,6,NULL,'','{"stage": "experiment", "environment": "default"}','{"stage": "archived", "environment": "default"}');
INSERT INTO "event" VALUES(47,'2026-11-22 15:00:31.995900','ada','alias.moved',2,4,NULL,'','{"alias": "challenger", "version": null}','{"alias": "challenger", "version": 1}');
INSERT INTO "event" VALUES(48,'2026-11-22 15:00:31.998571','ada','alias.moved',2,5,NULL,'','{"alias": "challenger", "version": 1}','{"alias": "challenger", "version": 2}');
INSERT INTO "event" VALUES(49,'2026-11-22 15:00:32.000826','ada','alias.moved',2,7,NULL,'','{"alias": "trial", "version": null}','{"alias": "trial", "version": 4}');
INSERT INTO "event" VALUES(50,'2026-11-22 15:00:32.002954','ada','alias.removed',2,7,NULL,'tried','{"alias": "trial", "version": 4}','null');
INSERT INTO "event" VALUES(51,'2026-11-22 15:00:32.014056','ada','run.failed',2,NULL,9,'','null','{"failure": "StageFailed: no petrol"}');
INSERT INTO "event" VALUES(52,'2026-11-22 15:00:32.063446','ada','version.confirmed',2,7,12,'','null','{"confirmed_at": "2026-11-22T15:00:32.063446+00:00"}');
INSERT INTO "event" VALUES(53,'2026-11-22 15:00:32.071276','ada','model.created',3,NULL,NULL,'','null','{"name": "edger"}');
INSERT INTO "event" VALUES(54,'2026-11-22 15:00:32.071276','ada','version.registered',3,8,13,'','null','{"number": 1, "semantic_version": "v1.0.0", "stage": "experiment", "commit": null, "sha256": "381adba472d686d3e056b6bb4a7e78117e87ed7d4386799c4d3533734641e670", "tags": {"from": "a drawer"}, "description": "found"}');
INSERT INTO "event" VALUES(55,'2026-11-22 15:00:32.083222','ada','version.registered',3,9,14,'','null','{"number": 2, "semantic_version": "v1.0.1", "stage": "experiment", "commit": null, "sha256": "043738d0d525537e6321b9509e244ceb99cccec77a93e5ac93b0960baefb0a8a", "tags": {"from": "a drawer"}, "description": "found"}');
INSERT INTO "event" VALUES(56,'2026-11-22 15:00:32.092931','bob','version.archived',2,7,NULL,'from the road','{"stage": "experiment", "environment": "default"}','{"stage": "archived", "environment": "default"}');
CREATE TABLE experiment (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_experiment PRIMARY KEY (id), 
	CONSTRAINT uq_experiment_name UNIQUE (name)
);
INSERT INTO "experiment" VALUES(1,'default');
INSERT INTO "experiment" VALUES(2,'files');
CREATE TABLE lineage_edge (
	source_kind TEXT NOT NULL, 
	source_id TEXT NOT NULL, 
	target_kind TEXT NOT NULL, 
	target_id TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	CONSTRAINT pk_lineage_edge PRIMARY KEY (source_kind, source_id, target_kind, target_id, "by")
);
INSERT INTO "lineage_edge" VALUES('dataset','data/old.csv@e018195129362c1d657e163cd019ace2','run','24b20721-3668-4b85-92e6-ba1cda3097d4','train');
INSERT INTO "lineage_edge" VALUES('dataset','data/new.csv@00299f0a188e622761a48a6890c96289','run','24b20721-3668-4b85-92e6-ba1cda3097d4','evaluate');
INSERT INTO "lineage_edge" VALUES('run','24b20721-3668-4b85-92e6-ba1cda3097d4','version','mower@1','');
INSERT INTO "lineage_edge" VALUES('dataset','data/old.csv@e018195129362c1d657e163cd019ace2','run','89c2362c-59c9-4eb6-bb94-6c307bb94183','train');
INSERT INTO "lineage_edge" VALUES('dataset','data/new.csv@00299f0a188e622761a48a6890c96289','run','89c2362c-59c9-4eb6-bb94-6c307bb94183','evaluate');
INSERT INTO "lineage_edge" VALUES('run','89c2362c-59c9-4eb6-bb94-6c307bb94183','version','mower@2','');
INSERT INTO "lineage_edge" VALUES('dataset','data/old.csv@e018195129362c1d657e163cd019ace2','run','211dae5e-a25d-427d-afa4-a8de9e6da4ea','train');
INSERT INTO "lineage_edge" VALUES('dataset','data/new.csv@00299f0a188e622761a48a6890c96289','run','211dae5e-a25d-427d-afa4-a8de9e6da4ea','evaluate');
INSERT INTO "lineage_edge" VALUES('dataset','data/old.csv@e018195129362c1d657e163cd019ace2','run','836e6d76-4db3-47cb-ba20-f3362ac4ad91','train');
INSERT INTO "lineage_edge" VALUES('dataset','data/new.csv@00299f0a188e622761a48a6890c96289','run','836e6d76-4db3-47cb-ba20-f3362ac4ad91','evaluate');
INSERT INTO "lineage_edge" VALUES('run','836e6d76-4db3-47cb-ba20-f3362ac4ad91','version','mower@3','');
INSERT INTO "lineage_edge" VALUES('run','792f8227-5d2c-4cf9-8069-fa8b1afc568c','version','trimmer@1','');
INSERT INTO "lineage_edge" VALUES('run','4463591c-71ec-46c5-ae9c-c40aa8765870','version','trimmer@2','');
INSERT INTO "lineage_edge" VALUES('run','1a53a63a-66b8-435c-9b28-dec19bf5bf84','version','trimmer@3','');
INSERT INTO "lineage_edge" VALUES('run','bb6fd8c8-8e6a-4252-8ff2-1a96f0609443','version','trimmer@4','');
INSERT INTO "lineage_edge" VALUES('run','11796fe1-0181-4dfb-b821-c2e3d364c28d','version','edger@1','');
INSERT INTO "lineage_edge" VALUES('run','93b7b219-afd8-4aca-baa8-ea2b196558b9','version','edger@2','');
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
	tagged_at DATETIME, 
	CONSTRAINT pk_model PRIMARY KEY (id), 
	CONSTRAINT uq_model_name UNIQUE (name)
);
INSERT INTO "model" VALUES(1,'mower','ada','','2026-11-22 15:00:27.358442','2026-11-22 15:00:38.000000');
INSERT INTO "model" VALUES(2,'trimmer','ada','','2026-11-22 15:00:31.663148','2026-11-22 15:00:48.000000');
INSERT INTO "model" VALUES(3,'edger','ada','','2026-11-22 15:00:32.071276',NULL);
CREATE TABLE outbox (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	repository TEXT NOT NULL, 
	tag JSON NOT NULL
);
INSERT INTO "outbox" VALUES(29,'/srv/registry-fixture/orchard/project','{"name": "trimmer#archived#56", "commit": "4b38547c949247ed1bdaa738d7cea263c019221c", "message": "trimmer@4 enters archived", "author": "bob", "at": "2026-11-22T15:00:48Z"}');
CREATE TABLE parameter (
	run_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	value JSON NOT NULL, 
	CONSTRAINT pk_parameter PRIMARY KEY (run_id, "key"), 
	CONSTRAINT fk_parameter_run_id FOREIGN KEY(run_id) REFERENCES run (id)
);
INSERT INTO "parameter" VALUES(1,'data.seed',1);
INSERT INTO "parameter" VALUES(1,'mower.slope',1);
INSERT INTO "parameter" VALUES(2,'data.seed',1);
INSERT INTO "parameter" VALUES(2,'mower.slope',2);
INSERT INTO "parameter" VALUES(3,'data.seed',1);
INSERT INTO "parameter" VALUES(3,'mower.slope',2);
INSERT INTO "parameter" VALUES(4,'data.seed',1);
INSERT INTO "parameter" VALUES(4,'mower.slope',-3);
INSERT INTO "parameter" VALUES(5,'trees',1);
INSERT INTO "parameter" VALUES(6,'trees',2);
INSERT INTO "parameter" VALUES(7,'trees',3);
INSERT INTO "parameter" VALUES(8,'trees',4);
INSERT INTO "parameter" VALUES(11,'trees',3);
INSERT INTO "parameter" VALUES(12,'trees',4);
INSERT INTO "parameter" VALUES(13,'teeth',7);
INSERT INTO "parameter" VALUES(13,'shape','{"round": true, "ratio": 0.1}');
INSERT INTO "parameter" VALUES(14,'teeth',7);
INSERT INTO "parameter" VALUES(14,'shape','{"round": true, "ratio": 0.1}');
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
INSERT INTO "promotion_attempt" VALUES(1,1,'experiment','staging','default',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "b52d1525435c7f8b7f72aace02b2b8afdfd7212c"}','[{"gate": "metric rmse", "outcome": "passed", "measured": "0.405997", "bound": "<= 10", "reason": "rmse is 0.405997"}]','2026-11-22 15:00:28.120938','ada','');
INSERT INTO "promotion_attempt" VALUES(2,1,'staging','production','default',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "b52d1525435c7f8b7f72aace02b2b8afdfd7212c"}','[{"gate": "better-than-production", "outcome": "passed", "measured": "no incumbent", "bound": "lower end of the improvement > 0", "reason": "nobody is in production yet"}]','2026-11-22 15:00:28.143857','ada','');
INSERT INTO "promotion_attempt" VALUES(3,2,'experiment','staging','default',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "52fad2d64b376f2ac2ff1d95570afba5221a92a6"}','[{"gate": "metric rmse", "outcome": "passed", "measured": "0.294912", "bound": "<= 10", "reason": "rmse is 0.294912"}]','2026-11-22 15:00:29.240292','ada','');
INSERT INTO "promotion_attempt" VALUES(4,2,'staging','production','default',1,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "52fad2d64b376f2ac2ff1d95570afba5221a92a6"}','[{"gate": "better-than-production", "outcome": "passed", "measured": "+0.04512 to +0.16605", "bound": "lower end of the improvement > 0", "reason": "rmse 0.29491 against 0.40600 of mower@1 on data/new.csv: improvement +0.04512 to +0.16605 (95 %, 100 resamples of 60 rows)"}]','2026-11-22 15:00:29.262267','ada','');
INSERT INTO "promotion_attempt" VALUES(5,3,'experiment','staging','default',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "52fad2d64b376f2ac2ff1d95570afba5221a92a6"}','[{"gate": "metric rmse", "outcome": "passed", "measured": "1.43343", "bound": "<= 10", "reason": "rmse is 1.43343"}]','2026-11-22 15:00:30.929386','ada','');
INSERT INTO "promotion_attempt" VALUES(6,3,'staging','production','default',2,0,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "52fad2d64b376f2ac2ff1d95570afba5221a92a6"}','[{"gate": "better-than-production", "outcome": "failed", "measured": "-1.33133 to -0.89858", "bound": "lower end of the improvement > 0", "reason": "rmse 1.43343 against 0.29491 of mower@2 on data/new.csv: improvement -1.33133 to -0.89858 (95 %, 100 resamples of 60 rows)"}]','2026-11-22 15:00:30.950083','ada','hope');
INSERT INTO "promotion_attempt" VALUES(7,4,'experiment','staging','default',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "272fdb5bcdf1fff59d1f20145f4214425da44ceb"}','[]','2026-11-22 15:00:31.838136','ada','');
INSERT INTO "promotion_attempt" VALUES(8,4,'staging','production','default',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "272fdb5bcdf1fff59d1f20145f4214425da44ceb"}','[{"gate": "metric rmse", "outcome": "passed", "measured": "0.1", "bound": "<= 10", "reason": "rmse is 0.1"}]','2026-11-22 15:00:31.856207','ada','');
INSERT INTO "promotion_attempt" VALUES(9,5,'experiment','staging','default',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "272fdb5bcdf1fff59d1f20145f4214425da44ceb"}','[]','2026-11-22 15:00:31.881339','ada','');
INSERT INTO "promotion_attempt" VALUES(10,5,'staging','production','default',4,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "272fdb5bcdf1fff59d1f20145f4214425da44ceb"}','[{"gate": "metric rmse", "outcome": "passed", "measured": "0.2", "bound": "<= 10", "reason": "rmse is 0.2"}]','2026-11-22 15:00:31.900246','ada','');
INSERT INTO "promotion_attempt" VALUES(11,5,'experiment','staging','eu',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "272fdb5bcdf1fff59d1f20145f4214425da44ceb"}','[]','2026-11-22 15:00:31.957231','ada','');
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
INSERT INTO "reproduction" VALUES(1,2,'identical',NULL,'[]',6,6.5943804299968178384e-01,'2026-11-22 15:00:31.644837','ada');
INSERT INTO "reproduction" VALUES(2,7,'equivalent',NULL,'[]',1,1.0,'2026-11-22 15:00:32.007801','ada');
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
	peak_memory_bytes BIGINT, 
	CONSTRAINT pk_run PRIMARY KEY (id), 
	CONSTRAINT fk_run_environment_id FOREIGN KEY(environment_id) REFERENCES environment (id), 
	CONSTRAINT fk_run_experiment_id FOREIGN KEY(experiment_id) REFERENCES experiment (id), 
	CONSTRAINT fk_run_model_id FOREIGN KEY(model_id) REFERENCES model (id), 
	CONSTRAINT uq_run_uuid UNIQUE (uuid)
);
INSERT INTO "run" VALUES(1,'24b20721-3668-4b85-92e6-ba1cda3097d4',1,1,'finished','project','/srv/registry-fixture/orchard/project','b52d1525435c7f8b7f72aace02b2b8afdfd7212c','[]',NULL,'2026-11-22 15:00:27.358442','ada','2026-11-22 15:00:28.074472',NULL,'038a3d3155592459494465bdba0d65db7a9f0f11','{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": 1.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}','4d5a8cf55829280c3ad964be6c568ab25488082003bcefde66afca1b76d4ce86','aa4a286c90c38149df2e171808707c11e62fd4183b82fe4e666c98b0917bf95f',1,'{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}','model/model.json','json','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',6.46301995000612805597e-01,0.63131,70754304);
INSERT INTO "run" VALUES(2,'89c2362c-59c9-4eb6-bb94-6c307bb94183',1,1,'finished','project','/srv/registry-fixture/orchard/project','52fad2d64b376f2ac2ff1d95570afba5221a92a6','[]',NULL,'2026-11-22 15:00:28.211203','ada','2026-11-22 15:00:28.982948',NULL,'16731c299903f4ba69dea88139e7494dc5c0bc70','{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": 2.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}','d746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577','cfc97aa5a237ca13ad8fdb7cb11efa04d4b25bdc5d6ac287777895ebc8eb8376',1,'{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}','model/model.json','json','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',7.07023535000189440324e-01,0.688385,72986624);
INSERT INTO "run" VALUES(3,'211dae5e-a25d-427d-afa4-a8de9e6da4ea',1,1,'finished','project','/srv/registry-fixture/orchard/project','52fad2d64b376f2ac2ff1d95570afba5221a92a6','[]',NULL,'2026-11-22 15:00:29.319493','ada','2026-11-22 15:00:30.032242',NULL,'cedc874fb897c942ce8d4233c07aac3432ba6956','{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": 2.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}','d746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577','cfc97aa5a237ca13ad8fdb7cb11efa04d4b25bdc5d6ac287777895ebc8eb8376',1,'{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}','model/model.json','json','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',6.65688504999707220122e-01,0.653686,92708864);
INSERT INTO "run" VALUES(4,'836e6d76-4db3-47cb-ba20-f3362ac4ad91',1,1,'finished','project','/srv/registry-fixture/orchard/project','52fad2d64b376f2ac2ff1d95570afba5221a92a6','[]',NULL,'2026-11-22 15:00:30.075580','ada','2026-11-22 15:00:30.807907',NULL,'acc0d14cc9bec235f8790a417d8345f7efb1e43e','{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": -3.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}','76922c2cf8c3edd92150db0e96db7908290d1a9e8bfd2e1428b2aee6dffc522d','899861eea4f77d020f71046ad7e6c993ab3690a7a181332891e48c05eec9df4b',1,'{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}','model/model.json','json','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',0.683887818000585,0.672132,94019584);
INSERT INTO "run" VALUES(5,'792f8227-5d2c-4cf9-8069-fa8b1afc568c',2,1,'finished','project','/srv/registry-fixture/orchard/project','52fad2d64b376f2ac2ff1d95570afba5221a92a6','[]',NULL,'2026-11-22 15:00:31.663148','ada','2026-11-22 15:00:31.678279',NULL,'ebe25adc03e6839082e6b52cb20a8939bf4c6ee6','{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 1}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}','49ec77b16731963390a5d6541973fe9ca7164dfa66ad779cc4f86bb4c2565e3b','96d63e6fd5ca358acf48a1a9792d48dd0c2f476fa04af046c16f0164c14d3524',2,'{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}','model.bin','file','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',1.0,1.0,1);
INSERT INTO "run" VALUES(6,'4463591c-71ec-46c5-ae9c-c40aa8765870',2,1,'finished','project','/srv/registry-fixture/orchard/project','52fad2d64b376f2ac2ff1d95570afba5221a92a6','[]',NULL,'2026-11-22 15:00:31.704115','ada','2026-11-22 15:00:31.718323',NULL,'a68a354361b11811ae560c72dd790dda549c38b4','{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 2}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}','e59ae983d461a65a27561f698c6cedc572829b8557e53d5ec3cd09769b5e05ed','cda78dd8a13c5f35f89f388c4fa2d147b86bac81e1c2c4466683afe5261e3149',2,'{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}','model.bin','file','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',1.0,1.0,1);
INSERT INTO "run" VALUES(7,'1a53a63a-66b8-435c-9b28-dec19bf5bf84',2,1,'finished','project','/srv/registry-fixture/orchard/project','52fad2d64b376f2ac2ff1d95570afba5221a92a6','[]',NULL,'2026-11-22 15:00:31.743921','ada','2026-11-22 15:00:31.758075',NULL,'42b0833320ab5bd9f1fee08bf4866a4d53b63f96','{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 3}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}','43cdb6d9614b4cea985ece02e84fba90481036d3afefc1de968227b7438bd174','f6cfc11915a3c1b14e363be092c4cb3d50ed8c0ff72999212f128cd184818838',2,'{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}','model.bin','file','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',1.0,1.0,1);
INSERT INTO "run" VALUES(8,'bb6fd8c8-8e6a-4252-8ff2-1a96f0609443',2,1,'finished','project','/srv/registry-fixture/orchard/project','52fad2d64b376f2ac2ff1d95570afba5221a92a6','[]',NULL,'2026-11-22 15:00:31.783456','ada','2026-11-22 15:00:31.797207',NULL,'4b38547c949247ed1bdaa738d7cea263c019221c','{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 4}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}','811b2e4c886396474a11b22f196e19b4d2803611401385b3320101bee3225c08','f80acf1b4098b003553838abf4196aa1d3c82ff16f9b91c15d59d2b02b77821d',2,'{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}','model.bin','file','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',1.0,1.0,1);
INSERT INTO "run" VALUES(9,'b8763352-4229-4989-8aec-47606e72eb36',2,1,'failed','project','/srv/registry-fixture/orchard/project','272fdb5bcdf1fff59d1f20145f4214425da44ceb','[]',NULL,'2026-11-22 15:00:32.012662','ada','2026-11-22 15:00:32.014056','StageFailed: no petrol',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "run" VALUES(10,'8614d4e9-f13c-4616-86bc-cd5f3bf11e5a',2,1,'running','project','/srv/registry-fixture/orchard/project','272fdb5bcdf1fff59d1f20145f4214425da44ceb','["train.py"]',NULL,'2026-11-22 15:00:32.019096','ada',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "run" VALUES(11,'74e7c495-da98-4f68-887f-00621cba3607',2,1,'finished','project','/srv/registry-fixture/orchard/project','272fdb5bcdf1fff59d1f20145f4214425da44ceb','[]',NULL,'2026-11-22 15:00:32.023813','ada','2026-11-22 15:00:32.037536',NULL,'d4e7492605d9ded0b72cbcddce22fbb2215e332a','{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 3}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}','43cdb6d9614b4cea985ece02e84fba90481036d3afefc1de968227b7438bd174','fca1543bdea33cf9dc28564b610cc839818a55dcaabe522c96e3e97eace7cec4',2,'{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}','model.bin','file','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',1.0,1.0,1);
INSERT INTO "run" VALUES(12,'7ff8e4ea-0363-4664-a993-d6f6a353f157',2,1,'finished','project','/srv/registry-fixture/orchard/project','272fdb5bcdf1fff59d1f20145f4214425da44ceb','[]',NULL,'2026-11-22 15:00:32.043886','ada','2026-11-22 15:00:32.057008',NULL,'6a8544455b83ca14a955aa30f5e58a3f0822681c','{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 4}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}','811b2e4c886396474a11b22f196e19b4d2803611401385b3320101bee3225c08','f80acf1b4098b003553838abf4196aa1d3c82ff16f9b91c15d59d2b02b77821d',2,'{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}','model.bin','file','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',1.0,1.0,1);
INSERT INTO "run" VALUES(13,'11796fe1-0181-4dfb-b821-c2e3d364c28d',3,2,'finished','project','/srv/registry-fixture/orchard/project',NULL,'[]',NULL,'2026-11-22 15:00:32.071276','ada','2026-11-22 15:00:32.071276',NULL,NULL,'{"code": {}, "commands": {}, "resolved": "", "parameters": {"teeth": 7, "shape": {"round": true, "ratio": 0.1}}, "data": {}, "environment": "e5fdc7146b5dc4c9b68c145e75ae016b54eaa73f37d0eeefe459bf2e05f9a134"}','a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808','c3046d3b18ceb901ad9a8f37771387d6461e76f4efdc583ce5c3e337551fb8cc',3,'{}','edger.bin','file','null',0.0,0.0,0);
INSERT INTO "run" VALUES(14,'93b7b219-afd8-4aca-baa8-ea2b196558b9',3,2,'finished','project','/srv/registry-fixture/orchard/project',NULL,'[]',NULL,'2026-11-22 15:00:32.083222','ada','2026-11-22 15:00:32.083222',NULL,NULL,'{"code": {}, "commands": {}, "resolved": "", "parameters": {"teeth": 7, "shape": {"round": true, "ratio": 0.1}}, "data": {}, "environment": "e5fdc7146b5dc4c9b68c145e75ae016b54eaa73f37d0eeefe459bf2e05f9a134"}','a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808','79bcd2aeadf86c4c39d7ce4a0630a8b03f7dab188f304a92d7d3b42761ac762b',3,'{}','edger.bin','file','null',0.0,0.0,0);
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
INSERT INTO "version" VALUES(1,'8764ad19-3bde-42bf-a645-c9593475675e',1,1,1,0,0,'first','["the first version"]',NULL,NULL,1,'project','/srv/registry-fixture/orchard/project','038a3d3155592459494465bdba0d65db7a9f0f11','4d5a8cf55829280c3ad964be6c568ab25488082003bcefde66afca1b76d4ce86','aa4a286c90c38149df2e171808707c11e62fd4183b82fe4e666c98b0917bf95f','model/model.json','json','fe4e9b4a15acfd1f3f4d49a2829b10fdd0af43c4fbcfdd35de044f1f52d81935','43c1d61d32d08530b3edc9ed6b5c4d33',42,'B','[]','2026-11-22 15:00:28.087812','ada');
INSERT INTO "version" VALUES(2,'ed9cc23e-5ffd-4890-98d7-97e1279c9ab9',1,2,1,1,0,'minor','["parameter: mower.slope"]',1,NULL,2,'project','/srv/registry-fixture/orchard/project','16731c299903f4ba69dea88139e7494dc5c0bc70','d746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577','cfc97aa5a237ca13ad8fdb7cb11efa04d4b25bdc5d6ac287777895ebc8eb8376','model/model.json','json','b9f6617bf21326d7b1d4ffca3b2d6ab852adeaef3ecd74714ab81eb5c8b5a004','3b75b8ccd8e34fd49487dfe2a4fe1677',42,'B','[]','2026-11-22 15:00:28.997457','ada');
INSERT INTO "version" VALUES(3,'9cc17872-98ed-46a9-8454-8b93eeafb854',1,3,1,2,0,'minor','["parameter: mower.slope"]',2,NULL,4,'project','/srv/registry-fixture/orchard/project','acc0d14cc9bec235f8790a417d8345f7efb1e43e','76922c2cf8c3edd92150db0e96db7908290d1a9e8bfd2e1428b2aee6dffc522d','899861eea4f77d020f71046ad7e6c993ab3690a7a181332891e48c05eec9df4b','model/model.json','json','5b602f24a67cf12da0431dad441c16049601945205086f36d97f31928a064911','a8018723c1dc388eb0d6603f54e75934',43,'B','[]','2026-11-22 15:00:30.817906','ada');
INSERT INTO "version" VALUES(4,'843a7771-3a79-496e-a37a-186e238aa8e1',2,1,1,0,0,'first','["the first version"]',NULL,NULL,5,'project','/srv/registry-fixture/orchard/project','ebe25adc03e6839082e6b52cb20a8939bf4c6ee6','49ec77b16731963390a5d6541973fe9ca7164dfa66ad779cc4f86bb4c2565e3b','96d63e6fd5ca358acf48a1a9792d48dd0c2f476fa04af046c16f0164c14d3524','model.bin','file','cd36b49d7b2a8b5e4e13663cb54c5e1338c17b7d3af1c506fb3842bd08291822','8a72de2cdf595608905699e2d725a9c0',7,'B','[]','2026-11-22 15:00:31.684205','ada');
INSERT INTO "version" VALUES(5,'6b04e384-e49b-47e0-827a-640cda00f722',2,2,1,1,0,'minor','["parameter: trees"]',4,NULL,6,'project','/srv/registry-fixture/orchard/project','a68a354361b11811ae560c72dd790dda549c38b4','e59ae983d461a65a27561f698c6cedc572829b8557e53d5ec3cd09769b5e05ed','cda78dd8a13c5f35f89f388c4fa2d147b86bac81e1c2c4466683afe5261e3149','model.bin','file','97e2521720cb4b3821c7ed9df7dbca7a63e04b42ba05ffe3e15dc992f227ae36','a7558513f2cb497034e995ce9813430d',7,'B','[]','2026-11-22 15:00:31.723433','ada');
INSERT INTO "version" VALUES(6,'28fc60ba-b971-4436-a20d-bc3b6564b86e',2,3,1,2,0,'minor','["parameter: trees"]',5,NULL,7,'project','/srv/registry-fixture/orchard/project','42b0833320ab5bd9f1fee08bf4866a4d53b63f96','43cdb6d9614b4cea985ece02e84fba90481036d3afefc1de968227b7438bd174','f6cfc11915a3c1b14e363be092c4cb3d50ed8c0ff72999212f128cd184818838','model.bin','file','a63f0dfe98cc2a03a21873a3ab0d209eae44045e3810b79a104d42783e2ca194','31b9bbb7094fe62ab2ae88960e6d6939',7,'B','[]','2026-11-22 15:00:31.763452','ada');
INSERT INTO "version" VALUES(7,'94f8adf4-d584-4e9a-8a56-ba5122de6b04',2,4,1,3,0,'minor','["parameter: trees"]',6,NULL,8,'project','/srv/registry-fixture/orchard/project','4b38547c949247ed1bdaa738d7cea263c019221c','811b2e4c886396474a11b22f196e19b4d2803611401385b3320101bee3225c08','f80acf1b4098b003553838abf4196aa1d3c82ff16f9b91c15d59d2b02b77821d','model.bin','file','47b98be17c1c80f2a85cd3013c745ec8379b9b591b103c675169996da479f7dd','28aa933e52ad610eace8712fd5577612',7,'B','[]','2026-11-22 15:00:31.803771','ada');
INSERT INTO "version" VALUES(8,'36b285e7-8a7e-462b-a3bc-a388227ff67b',3,1,1,0,0,'first','["the first version"]',NULL,NULL,13,'project','/srv/registry-fixture/orchard/project',NULL,'a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808','c3046d3b18ceb901ad9a8f37771387d6461e76f4efdc583ce5c3e337551fb8cc','edger.bin','file','381adba472d686d3e056b6bb4a7e78117e87ed7d4386799c4d3533734641e670','99181bf19a5620a7e679c9b61380a897',7,'F','["registered without a Git commit and a DVC pipeline"]','2026-11-22 15:00:32.071276','ada');
INSERT INTO "version" VALUES(9,'f910efd4-bd9d-41ae-a81f-50436ec7cbfe',3,2,1,0,1,'patch','["the same recipe gave other bytes"]',8,8,14,'project','/srv/registry-fixture/orchard/project',NULL,'a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808','79bcd2aeadf86c4c39d7ce4a0630a8b03f7dab188f304a92d7d3b42761ac762b','edger.bin','file','043738d0d525537e6321b9509e244ceb99cccec77a93e5ac93b0960baefb0a8a','5ea558395e0bd60bf7a0fe90782d2fd2',7,'F','["registered without a Git commit and a DVC pipeline"]','2026-11-22 15:00:32.083222','ada');
CREATE INDEX ix_lineage_edge_target_kind_target_id ON lineage_edge (target_kind, target_id);
CREATE INDEX ix_dataset_version_md5 ON dataset_version (md5);
CREATE INDEX ix_environment_package_name_version ON environment_package (name, version);
CREATE INDEX ix_run_model_id_started_at ON run (model_id, started_at);
CREATE INDEX ix_run_running ON run (status) WHERE status = 'running';
CREATE INDEX ix_artifact_md5 ON artifact (md5);
CREATE INDEX ix_dataset_use_dataset_version_id ON dataset_use (dataset_version_id);
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
CREATE TRIGGER event_update_refused BEFORE UPDATE ON event  BEGIN SELECT RAISE(ABORT, 'immutable: a row of event'); END;
CREATE TRIGGER event_delete_refused BEFORE DELETE ON event  BEGIN SELECT RAISE(ABORT, 'immutable: a row of event'); END;
CREATE TRIGGER event_replace_refused BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE "sequence" = NEW."sequence") BEGIN SELECT RAISE(ABORT, 'immutable: a row of event'); END;
CREATE TRIGGER lineage_edge_update_refused BEFORE UPDATE ON lineage_edge  BEGIN SELECT RAISE(ABORT, 'immutable: a row of lineage_edge'); END;
CREATE TRIGGER lineage_edge_delete_refused BEFORE DELETE ON lineage_edge  BEGIN SELECT RAISE(ABORT, 'immutable: a row of lineage_edge'); END;
CREATE TRIGGER lineage_edge_replace_refused BEFORE INSERT ON lineage_edge WHEN EXISTS (SELECT 1 FROM lineage_edge WHERE "source_kind" = NEW."source_kind" AND "source_id" = NEW."source_id" AND "target_kind" = NEW."target_kind" AND "target_id" = NEW."target_id" AND "by" = NEW."by") BEGIN SELECT RAISE(ABORT, 'immutable: a row of lineage_edge'); END;
CREATE TRIGGER metric_update_refused BEFORE UPDATE ON metric  BEGIN SELECT RAISE(ABORT, 'immutable: a row of metric'); END;
CREATE TRIGGER metric_delete_refused BEFORE DELETE ON metric  BEGIN SELECT RAISE(ABORT, 'immutable: a row of metric'); END;
CREATE TRIGGER metric_replace_refused BEFORE INSERT ON metric WHEN EXISTS (SELECT 1 FROM metric WHERE "run_id" = NEW."run_id" AND "key" = NEW."key") BEGIN SELECT RAISE(ABORT, 'immutable: a row of metric'); END;
CREATE TRIGGER metric_point_update_refused BEFORE UPDATE ON metric_point  BEGIN SELECT RAISE(ABORT, 'immutable: a row of metric_point'); END;
CREATE TRIGGER metric_point_delete_refused BEFORE DELETE ON metric_point  BEGIN SELECT RAISE(ABORT, 'immutable: a row of metric_point'); END;
CREATE TRIGGER metric_point_replace_refused BEFORE INSERT ON metric_point WHEN EXISTS (SELECT 1 FROM metric_point WHERE "run_id" = NEW."run_id" AND "key" = NEW."key" AND "step" = NEW."step") BEGIN SELECT RAISE(ABORT, 'immutable: a row of metric_point'); END;
CREATE TRIGGER parameter_update_refused BEFORE UPDATE ON parameter  BEGIN SELECT RAISE(ABORT, 'immutable: a row of parameter'); END;
CREATE TRIGGER parameter_delete_refused BEFORE DELETE ON parameter  BEGIN SELECT RAISE(ABORT, 'immutable: a row of parameter'); END;
CREATE TRIGGER parameter_replace_refused BEFORE INSERT ON parameter WHEN EXISTS (SELECT 1 FROM parameter WHERE "run_id" = NEW."run_id" AND "key" = NEW."key") BEGIN SELECT RAISE(ABORT, 'immutable: a row of parameter'); END;
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('event',56);
INSERT INTO "sqlite_sequence" VALUES('outbox',29);
COMMIT;
