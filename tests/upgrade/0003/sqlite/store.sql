BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
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
INSERT INTO "comparison" VALUES(1,2,1,'data/new.csv','e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327','rmse',0,'{"candidate": 0.2949120358849226, "incumbent": 0.40599727668903557, "difference": -0.11108524080411297, "low": -0.16605318310256426, "high": -0.045120836366928235, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}','2026-11-22 22:40:42.457500','ada');
INSERT INTO "comparison" VALUES(2,4,2,'data/new.csv','e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327','rmse',0,'{"candidate": 1.4334335666921902, "incumbent": 0.2949120358849226, "difference": 1.1385215308072676, "low": 0.8985840711636498, "high": 1.3313315698205292, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}','2026-11-22 22:40:48.263667','ada');
INSERT INTO "comparison" VALUES(3,8,4,'data.csv','0000000000000000000000000000000000000000000000000000000000000000','auc',1,'{"candidate": 0.8, "incumbent": 0.7, "difference": 0.02, "low": 0.01, "high": 0.03, "confidence": 0.95, "resamples": 1000, "seed": 0, "rows": 10}','2026-11-22 22:40:53.657262','ada');
CREATE TABLE confirmation (
	version_id INTEGER NOT NULL, 
	run_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	CONSTRAINT pk_confirmation PRIMARY KEY (version_id, run_id), 
	CONSTRAINT fk_confirmation_run_id FOREIGN KEY(run_id) REFERENCES run (id), 
	CONSTRAINT fk_confirmation_version_id FOREIGN KEY(version_id) REFERENCES version (id)
);
INSERT INTO "confirmation" VALUES(2,3,'2026-11-22 22:40:45.314676','ada');
INSERT INTO "confirmation" VALUES(7,12,'2026-11-22 22:40:54.196733','ada');
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
INSERT INTO "event" VALUES(1,'2026-11-22 22:40:37.270508','ada','model.created',1,NULL,NULL,'','null','{"name": "mower"}');
INSERT INTO "event" VALUES(2,'2026-11-22 22:40:37.270508','ada','run.started',1,NULL,1,'','null','{"origin": {"project": "project", "repository": "8318fa272b5d8d048f53278eddd319ffc6d39583", "base_commit": "4e759efa3294daee3ff1de7b9878388b39ea46cc", "uncommitted": []}, "parameters": {}}');
INSERT INTO "event" VALUES(3,'2026-11-22 22:40:39.288244','ada','run.finished',1,NULL,1,'','null','{"commit": "0ca77054bce2ded7334e92582ff3a23e87cf4946", "recipe": "4d5a8cf55829280c3ad964be6c568ab25488082003bcefde66afca1b76d4ce86"}');
INSERT INTO "event" VALUES(4,'2026-11-22 22:40:39.357664','ada','version.registered',1,1,1,'','null','{"number": 1, "semantic_version": "v1.0.0", "stage": "experiment", "commit": "0ca77054bce2ded7334e92582ff3a23e87cf4946", "sha256": "fe4e9b4a15acfd1f3f4d49a2829b10fdd0af43c4fbcfdd35de044f1f52d81935", "tags": {"crew": "north"}, "description": "the first one"}');
INSERT INTO "event" VALUES(5,'2026-11-22 22:40:39.447858','ada','version.promoted',1,1,NULL,'','{"stage": "experiment", "environment": "default"}','{"stage": "staging", "environment": "default"}');
INSERT INTO "event" VALUES(6,'2026-11-22 22:40:39.557489','ada','version.promoted',1,1,NULL,'','{"stage": "staging", "environment": "default"}','{"stage": "production", "environment": "default"}');
INSERT INTO "event" VALUES(7,'2026-11-22 22:40:39.557489','ada','alias.moved',1,1,NULL,'follows production','{"alias": "champion", "version": null}','{"alias": "champion", "version": 1}');
INSERT INTO "event" VALUES(8,'2026-11-22 22:40:39.809520','ada','run.started',1,NULL,2,'','null','{"origin": {"project": "project", "repository": "8318fa272b5d8d048f53278eddd319ffc6d39583", "base_commit": "132c692304c4721aeb236576b8761e2db6131bff", "uncommitted": []}, "parameters": {}}');
INSERT INTO "event" VALUES(9,'2026-11-22 22:40:41.861355','ada','run.finished',1,NULL,2,'','null','{"commit": "5440fd053b435ec67a909a1c2b942b1edfe1591f", "recipe": "d746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577"}');
INSERT INTO "event" VALUES(10,'2026-11-22 22:40:41.929499','ada','version.registered',1,2,2,'','null','{"number": 2, "semantic_version": "v1.1.0", "stage": "experiment", "commit": "5440fd053b435ec67a909a1c2b942b1edfe1591f", "sha256": "b9f6617bf21326d7b1d4ffca3b2d6ab852adeaef3ecd74714ab81eb5c8b5a004", "tags": {"crew": "north", "season": "spring"}, "description": ""}');
INSERT INTO "event" VALUES(11,'2026-11-22 22:40:42.458285','ada','run.compared',1,NULL,2,'','null','{"run": "dc5bd6f5-1bab-4242-8afd-f0ccc7585813", "incumbent": "mower@1", "incumbent_uuid": "44c5ede8-e274-408c-a344-cb8e627d15b4", "holdout": "data/new.csv", "holdout_sha256": "e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327", "metric": "rmse", "higher_is_better": false, "bootstrap": {"candidate": 0.2949120358849226, "incumbent": 0.40599727668903557, "difference": -0.11108524080411297, "low": -0.16605318310256426, "high": -0.045120836366928235, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}, "at": "2026-11-22T22:40:42.457500Z", "by": "ada"}');
INSERT INTO "event" VALUES(12,'2026-11-22 22:40:42.547806','ada','version.promoted',1,2,NULL,'','{"stage": "experiment", "environment": "default"}','{"stage": "staging", "environment": "default"}');
INSERT INTO "event" VALUES(13,'2026-11-22 22:40:42.692300','ada','version.displaced',1,1,NULL,'displaced by mower@2','{"stage": "production", "environment": "default"}','{"stage": "experiment", "environment": "default"}');
INSERT INTO "event" VALUES(14,'2026-11-22 22:40:42.692300','ada','version.promoted',1,2,NULL,'','{"stage": "staging", "environment": "default"}','{"stage": "production", "environment": "default"}');
INSERT INTO "event" VALUES(15,'2026-11-22 22:40:42.692300','ada','alias.moved',1,2,NULL,'follows production','{"alias": "champion", "version": 1}','{"alias": "champion", "version": 2}');
INSERT INTO "event" VALUES(16,'2026-11-22 22:40:42.976698','ada','run.started',1,NULL,3,'','null','{"origin": {"project": "project", "repository": "8318fa272b5d8d048f53278eddd319ffc6d39583", "base_commit": "132c692304c4721aeb236576b8761e2db6131bff", "uncommitted": []}, "parameters": {}}');
INSERT INTO "event" VALUES(17,'2026-11-22 22:40:45.211508','ada','run.finished',1,NULL,3,'','null','{"commit": "7d3a9b74a555d295002128d30ac3e705fa567641", "recipe": "d746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577"}');
INSERT INTO "event" VALUES(18,'2026-11-22 22:40:45.314676','ada','version.confirmed',1,2,3,'','null','{"confirmed_at": "2026-11-22T22:40:45.314676+00:00"}');
INSERT INTO "event" VALUES(19,'2026-11-22 22:40:45.460357','ada','run.started',1,NULL,4,'','null','{"origin": {"project": "project", "repository": "8318fa272b5d8d048f53278eddd319ffc6d39583", "base_commit": "132c692304c4721aeb236576b8761e2db6131bff", "uncommitted": []}, "parameters": {"mower.slope": -3.0}}');
INSERT INTO "event" VALUES(20,'2026-11-22 22:40:47.691178','ada','run.finished',1,NULL,4,'','null','{"commit": "265c56f3e6e9f5aa9d9d80bfd7c9c6419f35191e", "recipe": "76922c2cf8c3edd92150db0e96db7908290d1a9e8bfd2e1428b2aee6dffc522d"}');
INSERT INTO "event" VALUES(21,'2026-11-22 22:40:47.809552','ada','version.registered',1,3,4,'','null','{"number": 3, "semantic_version": "v1.2.0", "stage": "experiment", "commit": "265c56f3e6e9f5aa9d9d80bfd7c9c6419f35191e", "sha256": "5b602f24a67cf12da0431dad441c16049601945205086f36d97f31928a064911", "tags": {}, "description": ""}');
INSERT INTO "event" VALUES(22,'2026-11-22 22:40:48.264544','ada','run.compared',1,NULL,4,'','null','{"run": "af5c0aaa-1658-4e30-819c-bf022bf9fe91", "incumbent": "mower@2", "incumbent_uuid": "389ee4c1-6716-4b34-86e1-ca8ec0ab3318", "holdout": "data/new.csv", "holdout_sha256": "e66f07765baeac192f4e391b9101345025f5facdfdeb0b37ff22765b7e90d327", "metric": "rmse", "higher_is_better": false, "bootstrap": {"candidate": 1.4334335666921902, "incumbent": 0.2949120358849226, "difference": 1.1385215308072676, "low": 0.8985840711636498, "high": 1.3313315698205292, "confidence": 0.95, "resamples": 100, "seed": 0, "rows": 60}, "at": "2026-11-22T22:40:48.263667Z", "by": "ada"}');
INSERT INTO "event" VALUES(23,'2026-11-22 22:40:48.335469','ada','version.promoted',1,3,NULL,'','{"stage": "experiment", "environment": "default"}','{"stage": "staging", "environment": "default"}');
INSERT INTO "event" VALUES(24,'2026-11-22 22:40:48.423620','ada','version.refused',1,3,NULL,'hope','{"stage": "staging", "environment": "default"}','{"stage": "staging", "environment": "default", "refused": "production", "gates": [{"gate": "better-than-production", "outcome": "failed", "measured": "-1.33133 to -0.89858", "bound": "lower end of the improvement > 0", "reason": "rmse 1.43343 against 0.29491 of mower@2 on data/new.csv: improvement -1.33133 to -0.89858 (95 %, 100 resamples of 60 rows)"}]}');
INSERT INTO "event" VALUES(25,'2026-11-22 22:40:50.564755','ada','version.reproduced',1,2,NULL,'','null','{"verdict": "identical", "first_different_stage": null, "differences": [], "outputs": 6, "duration_s": 1.9627911529969424}');
INSERT INTO "event" VALUES(26,'2026-11-22 22:40:50.761762','ada','version.described',1,2,NULL,'','{"description": ""}','{"description": "a first text"}');
INSERT INTO "event" VALUES(27,'2026-11-22 22:40:50.788982','ada','version.described',1,2,NULL,'','{"description": "a first text"}','{"description": "zwei M\u00e4her, \u4e8c"}');
INSERT INTO "event" VALUES(28,'2026-11-22 22:40:50.849394','ada','model.created',2,NULL,NULL,'','null','{"name": "trimmer"}');
INSERT INTO "event" VALUES(29,'2026-11-22 22:40:50.940323','ada','version.registered',2,4,5,'','null','{"number": 1, "semantic_version": "v1.0.0", "stage": "experiment", "commit": "34914f5d6ba6dbce3245dd9bd783c53e18dc5cab", "sha256": "cd36b49d7b2a8b5e4e13663cb54c5e1338c17b7d3af1c506fb3842bd08291822", "tags": {}, "description": ""}');
INSERT INTO "event" VALUES(30,'2026-11-22 22:40:51.106656','ada','version.registered',2,5,6,'','null','{"number": 2, "semantic_version": "v1.1.0", "stage": "experiment", "commit": "50cd0f5d44096499b75b89931cbfac8a975fa223", "sha256": "97e2521720cb4b3821c7ed9df7dbca7a63e04b42ba05ffe3e15dc992f227ae36", "tags": {}, "description": ""}');
INSERT INTO "event" VALUES(31,'2026-11-22 22:40:51.375506','ada','version.registered',2,6,7,'','null','{"number": 3, "semantic_version": "v1.2.0", "stage": "experiment", "commit": "3c881325d6d1dc9b30aac63e3d03f08ab6eef4bb", "sha256": "a63f0dfe98cc2a03a21873a3ab0d209eae44045e3810b79a104d42783e2ca194", "tags": {}, "description": ""}');
INSERT INTO "event" VALUES(32,'2026-11-22 22:40:51.713401','ada','version.registered',2,7,8,'','null','{"number": 4, "semantic_version": "v1.3.0", "stage": "experiment", "commit": "96c696ec8774b497dabd8e5f275e430b96c111af", "sha256": "47b98be17c1c80f2a85cd3013c745ec8379b9b591b103c675169996da479f7dd", "tags": {}, "description": ""}');
INSERT INTO "event" VALUES(33,'2026-11-22 22:40:51.959341','ada','version.promoted',2,4,NULL,'','{"stage": "experiment", "environment": "default"}','{"stage": "staging", "environment": "default"}');
INSERT INTO "event" VALUES(34,'2026-11-22 22:40:52.204193','ada','version.promoted',2,4,NULL,'','{"stage": "staging", "environment": "default"}','{"stage": "production", "environment": "default"}');
INSERT INTO "event" VALUES(35,'2026-11-22 22:40:52.204193','ada','alias.moved',2,4,NULL,'follows production','{"alias": "champion", "version": null}','{"alias": "champion", "version": 1}');
INSERT INTO "event" VALUES(36,'2026-11-22 22:40:52.441390','ada','version.promoted',2,5,NULL,'','{"stage": "experiment", "environment": "default"}','{"stage": "staging", "environment": "default"}');
INSERT INTO "event" VALUES(37,'2026-11-22 22:40:52.568872','ada','version.displaced',2,4,NULL,'displaced by trimmer@2','{"stage": "production", "environment": "default"}','{"stage": "experiment", "environment": "default"}');
INSERT INTO "event" VALUES(38,'2026-11-22 22:40:52.568872','ada','version.promoted',2,5,NULL,'','{"stage": "staging", "environment": "default"}','{"stage": "production", "environment": "default"}');
INSERT INTO "event" VALUES(39,'2026-11-22 22:40:52.568872','ada','alias.moved',2,5,NULL,'follows production','{"alias": "champion", "version": 1}','{"alias": "champion", "version": 2}');
INSERT INTO "event" VALUES(40,'2026-11-22 22:40:52.755790','ada','version.displaced',2,5,NULL,'rolled back to trimmer@1','{"stage": "production", "environment": "default"}','{"stage": "experiment", "environment": "default"}');
INSERT INTO "event" VALUES(41,'2026-11-22 22:40:52.755790','ada','version.rolled_back',2,4,NULL,'two was loud','{"stage": "experiment", "environment": "default"}','{"stage": "production", "environment": "default"}');
INSERT INTO "event" VALUES(42,'2026-11-22 22:40:52.755790','ada','alias.moved',2,4,NULL,'follows production','{"alias": "champion", "version": 2}','{"alias": "champion", "version": 1}');
INSERT INTO "event" VALUES(43,'2026-11-22 22:40:53.111240','ada','version.promoted',2,5,NULL,'','{"stage": "experiment", "environment": "eu"}','{"stage": "staging", "environment": "eu"}');
INSERT INTO "event" VALUES(44,'2026-11-22 22:40:53.216253','ada','version.archived',2,6,NULL,'old','{"stage": "experiment", "environment": "default"}','{"stage": "archived", "environment": "default"}');
INSERT INTO "event" VALUES(45,'2026-11-22 22:40:53.279357','ada','version.restored',2,6,NULL,'not so old','{"stage": "archived", "environment": "default"}','{"stage": "experiment", "environment": "default"}');
INSERT INTO "event" VALUES(46,'2026-11-22 22:40:53.362496','ada','version.archived',2,6,NULL,'','{"stage": "experiment", "environment": "default"}','{"stage": "archived", "environment": "default"}');
INSERT INTO "event" VALUES(47,'2026-11-22 22:40:53.441690','ada','alias.moved',2,4,NULL,'','{"alias": "challenger", "version": null}','{"alias": "challenger", "version": 1}');
INSERT INTO "event" VALUES(48,'2026-11-22 22:40:53.491583','ada','alias.moved',2,5,NULL,'','{"alias": "challenger", "version": 1}','{"alias": "challenger", "version": 2}');
INSERT INTO "event" VALUES(49,'2026-11-22 22:40:53.538893','ada','alias.moved',2,7,NULL,'','{"alias": "trial", "version": null}','{"alias": "trial", "version": 4}');
INSERT INTO "event" VALUES(50,'2026-11-22 22:40:53.603588','ada','alias.removed',2,7,NULL,'tried','{"alias": "trial", "version": 4}','null');
INSERT INTO "event" VALUES(51,'2026-11-22 22:40:53.657262','ada','run.compared',2,NULL,8,'','null','{"run": "f10e5e42-f341-40ff-a90c-59241d97c4e2", "incumbent": "trimmer@1", "incumbent_uuid": "634bd349-a684-45e3-8659-fb39de71b902", "holdout": "data.csv", "holdout_sha256": "0000000000000000000000000000000000000000000000000000000000000000", "metric": "auc", "higher_is_better": true, "bootstrap": {"candidate": 0.8, "incumbent": 0.7, "difference": 0.02, "low": 0.01, "high": 0.03, "confidence": 0.95, "resamples": 1000, "seed": 0, "rows": 10}, "at": "2026-11-22T22:40:53.657262Z", "by": "ada"}');
INSERT INTO "event" VALUES(52,'2026-11-22 22:40:53.687897','ada','version.reproduced',2,7,NULL,'','null','{"verdict": "equivalent", "first_different_stage": null, "differences": [], "outputs": 1, "duration_s": 1.0}');
INSERT INTO "event" VALUES(53,'2026-11-22 22:40:53.731406','ada','run.failed',2,NULL,9,'','null','{"failure": "StageFailed: no petrol"}');
INSERT INTO "event" VALUES(54,'2026-11-22 22:40:54.196733','ada','version.confirmed',2,7,12,'','null','{"confirmed_at": "2026-11-22T22:40:54.196733+00:00"}');
INSERT INTO "event" VALUES(55,'2026-11-22 22:40:54.325351','ada','model.created',3,NULL,NULL,'','null','{"name": "edger"}');
INSERT INTO "event" VALUES(56,'2026-11-22 22:40:54.325351','ada','version.registered',3,8,13,'','null','{"number": 1, "semantic_version": "v1.0.0", "stage": "experiment", "commit": null, "sha256": "381adba472d686d3e056b6bb4a7e78117e87ed7d4386799c4d3533734641e670", "tags": {"from": "a drawer"}, "description": "found"}');
INSERT INTO "event" VALUES(57,'2026-11-22 22:40:54.549572','ada','version.registered',3,9,14,'','null','{"number": 2, "semantic_version": "v1.0.1", "stage": "experiment", "commit": null, "sha256": "043738d0d525537e6321b9509e244ceb99cccec77a93e5ac93b0960baefb0a8a", "tags": {"from": "a drawer"}, "description": "found"}');
INSERT INTO "event" VALUES(58,'2026-11-22 22:40:54.756261','ada','version.registered',3,10,15,'','null','{"number": 3, "semantic_version": "v1.1.0", "stage": "experiment", "commit": null, "sha256": "708d1bfb98560065deec58b98a0d0f0f018aab786b9c18f0cd742ac96eb854b0", "tags": {}, "description": ""}');
INSERT INTO "event" VALUES(59,'2026-11-22 22:40:54.875779','ada','version.deleted',3,10,NULL,'not ours','{"stages": {"default": "experiment"}, "deleted": false}','{"stages": {"default": "experiment"}, "deleted": true}');
INSERT INTO "event" VALUES(60,'2026-11-22 22:40:54.933183','ada','version.held',1,1,NULL,'asked for','{"held": false}','{"held": true}');
INSERT INTO "event" VALUES(61,'2026-11-22 22:40:55.005583','ada','version.held',1,2,NULL,'asked for','{"held": false}','{"held": true}');
INSERT INTO "event" VALUES(62,'2026-11-22 22:40:55.061344','ada','version.released',1,1,NULL,'no more','{"held": true}','{"held": false}');
INSERT INTO "event" VALUES(63,'2026-11-22 22:40:55.122868','bob','version.archived',2,7,NULL,'from the road','{"stage": "experiment", "environment": "default"}','{"stage": "archived", "environment": "default"}');
CREATE TABLE experiment (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_experiment PRIMARY KEY (id), 
	CONSTRAINT uq_experiment_name UNIQUE (name)
);
INSERT INTO "experiment" VALUES(1,'default');
INSERT INTO "experiment" VALUES(2,'files');
CREATE TABLE hold (
	version_id INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	CONSTRAINT pk_hold PRIMARY KEY (version_id), 
	CONSTRAINT fk_hold_version_id FOREIGN KEY(version_id) REFERENCES version (id)
);
INSERT INTO "hold" VALUES(2,'asked for','2026-11-22 22:40:55.005583','ada');
CREATE TABLE lineage_edge (
	source_kind TEXT NOT NULL, 
	source_id TEXT NOT NULL, 
	target_kind TEXT NOT NULL, 
	target_id TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	CONSTRAINT pk_lineage_edge PRIMARY KEY (source_kind, source_id, target_kind, target_id, "by")
);
INSERT INTO "lineage_edge" VALUES('dataset','data/old.csv@e018195129362c1d657e163cd019ace2','run','d42721fa-f593-42f8-9d01-6f8f9d0494d6','train');
INSERT INTO "lineage_edge" VALUES('dataset','data/new.csv@00299f0a188e622761a48a6890c96289','run','d42721fa-f593-42f8-9d01-6f8f9d0494d6','evaluate');
INSERT INTO "lineage_edge" VALUES('run','d42721fa-f593-42f8-9d01-6f8f9d0494d6','version','mower@1','');
INSERT INTO "lineage_edge" VALUES('dataset','data/old.csv@e018195129362c1d657e163cd019ace2','run','dc5bd6f5-1bab-4242-8afd-f0ccc7585813','train');
INSERT INTO "lineage_edge" VALUES('dataset','data/new.csv@00299f0a188e622761a48a6890c96289','run','dc5bd6f5-1bab-4242-8afd-f0ccc7585813','evaluate');
INSERT INTO "lineage_edge" VALUES('run','dc5bd6f5-1bab-4242-8afd-f0ccc7585813','version','mower@2','');
INSERT INTO "lineage_edge" VALUES('dataset','data/old.csv@e018195129362c1d657e163cd019ace2','run','8c270e16-91ed-4550-9ddc-f0f110b84f52','train');
INSERT INTO "lineage_edge" VALUES('dataset','data/new.csv@00299f0a188e622761a48a6890c96289','run','8c270e16-91ed-4550-9ddc-f0f110b84f52','evaluate');
INSERT INTO "lineage_edge" VALUES('dataset','data/old.csv@e018195129362c1d657e163cd019ace2','run','af5c0aaa-1658-4e30-819c-bf022bf9fe91','train');
INSERT INTO "lineage_edge" VALUES('dataset','data/new.csv@00299f0a188e622761a48a6890c96289','run','af5c0aaa-1658-4e30-819c-bf022bf9fe91','evaluate');
INSERT INTO "lineage_edge" VALUES('run','af5c0aaa-1658-4e30-819c-bf022bf9fe91','version','mower@3','');
INSERT INTO "lineage_edge" VALUES('run','e55f927b-03d1-4ed0-b9aa-7ae35453b279','version','trimmer@1','');
INSERT INTO "lineage_edge" VALUES('run','ce4b8634-2955-4832-a015-a5cca8deb878','version','trimmer@2','');
INSERT INTO "lineage_edge" VALUES('run','5ed6a031-b4e4-4635-9544-3ceb4c48882d','version','trimmer@3','');
INSERT INTO "lineage_edge" VALUES('run','f10e5e42-f341-40ff-a90c-59241d97c4e2','version','trimmer@4','');
INSERT INTO "lineage_edge" VALUES('run','c0aafa7e-950a-4ae7-b783-26148462e97a','version','edger@1','');
INSERT INTO "lineage_edge" VALUES('run','01b93cbf-3fc9-4a99-9ca8-dbc3b213aa61','version','edger@2','');
INSERT INTO "lineage_edge" VALUES('run','14c5f19f-6497-4860-a1f8-e7c1cae69f50','version','edger@3','');
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
INSERT INTO "model" VALUES(1,'mower','ada','','2026-11-22 22:40:37.270508','2026-11-22 22:40:49.000000');
INSERT INTO "model" VALUES(2,'trimmer','ada','','2026-11-22 22:40:50.849394','2026-11-22 22:41:07.000000');
INSERT INTO "model" VALUES(3,'edger','ada','','2026-11-22 22:40:54.325351',NULL);
CREATE TABLE moved (
	url TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	CONSTRAINT pk_moved PRIMARY KEY (url)
);
CREATE TABLE outbox (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	repository TEXT NOT NULL, 
	tag JSON NOT NULL
);
INSERT INTO "outbox" VALUES(29,'8318fa272b5d8d048f53278eddd319ffc6d39583','{"name": "trimmer#archived#63", "commit": "96c696ec8774b497dabd8e5f275e430b96c111af", "message": "trimmer@4 enters archived", "author": "bob", "at": "2026-11-22T22:41:07Z"}');
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
INSERT INTO "promotion_attempt" VALUES(1,1,'experiment','staging','default',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "4e759efa3294daee3ff1de7b9878388b39ea46cc"}','[{"gate": "metric rmse", "outcome": "passed", "measured": "0.405997", "bound": "<= 10", "reason": "rmse is 0.405997"}]','2026-11-22 22:40:39.447858','ada','');
INSERT INTO "promotion_attempt" VALUES(2,1,'staging','production','default',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "4e759efa3294daee3ff1de7b9878388b39ea46cc"}','[{"gate": "better-than-production", "outcome": "passed", "measured": "no incumbent", "bound": "lower end of the improvement > 0", "reason": "nobody is in production yet"}]','2026-11-22 22:40:39.557489','ada','');
INSERT INTO "promotion_attempt" VALUES(3,2,'experiment','staging','default',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "132c692304c4721aeb236576b8761e2db6131bff"}','[{"gate": "metric rmse", "outcome": "passed", "measured": "0.294912", "bound": "<= 10", "reason": "rmse is 0.294912"}]','2026-11-22 22:40:42.547806','ada','');
INSERT INTO "promotion_attempt" VALUES(4,2,'staging','production','default',1,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "132c692304c4721aeb236576b8761e2db6131bff"}','[{"gate": "better-than-production", "outcome": "passed", "measured": "+0.04512 to +0.16605", "bound": "lower end of the improvement > 0", "reason": "rmse 0.29491 against 0.40600 of mower@1 on data/new.csv: improvement +0.04512 to +0.16605 (95 %, 100 resamples of 60 rows)"}]','2026-11-22 22:40:42.692300','ada','');
INSERT INTO "promotion_attempt" VALUES(5,3,'experiment','staging','default',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "132c692304c4721aeb236576b8761e2db6131bff"}','[{"gate": "metric rmse", "outcome": "passed", "measured": "1.43343", "bound": "<= 10", "reason": "rmse is 1.43343"}]','2026-11-22 22:40:48.335469','ada','');
INSERT INTO "promotion_attempt" VALUES(6,3,'staging','production','default',2,0,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 100, "confidence": 0.95, "seed": 0}, "stages": {"staging": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}], "production": [{"gate": "better-than-production", "margin": 0.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "132c692304c4721aeb236576b8761e2db6131bff"}','[{"gate": "better-than-production", "outcome": "failed", "measured": "-1.33133 to -0.89858", "bound": "lower end of the improvement > 0", "reason": "rmse 1.43343 against 0.29491 of mower@2 on data/new.csv: improvement -1.33133 to -0.89858 (95 %, 100 resamples of 60 rows)"}]','2026-11-22 22:40:48.423620','ada','hope');
INSERT INTO "promotion_attempt" VALUES(7,4,'experiment','staging','default',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "99d57311507df0350417b78d59fa8b1040a41f0e"}','[]','2026-11-22 22:40:51.959341','ada','');
INSERT INTO "promotion_attempt" VALUES(8,4,'staging','production','default',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "99d57311507df0350417b78d59fa8b1040a41f0e"}','[{"gate": "metric rmse", "outcome": "passed", "measured": "0.1", "bound": "<= 10", "reason": "rmse is 0.1"}]','2026-11-22 22:40:52.204193','ada','');
INSERT INTO "promotion_attempt" VALUES(9,5,'experiment','staging','default',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "99d57311507df0350417b78d59fa8b1040a41f0e"}','[]','2026-11-22 22:40:52.441390','ada','');
INSERT INTO "promotion_attempt" VALUES(10,5,'staging','production','default',4,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "99d57311507df0350417b78d59fa8b1040a41f0e"}','[{"gate": "metric rmse", "outcome": "passed", "measured": "0.2", "bound": "<= 10", "reason": "rmse is 0.2"}]','2026-11-22 22:40:52.568872','ada','');
INSERT INTO "promotion_attempt" VALUES(11,5,'experiment','staging','eu',NULL,1,'{"policy": {"require_clean": false, "evaluation": {"metric": "rmse", "higher_is_better": false, "resamples": 1000, "confidence": 0.95, "seed": 0}, "stages": {"production": [{"gate": "metric", "metric": "rmse", "at_least": null, "at_most": 10.0}]}, "aliases": {"champion": "production"}, "retention": {"keep_superseded": 1, "keep_stale": 1}, "reproduction_tolerance": 1e-09}, "commit": "99d57311507df0350417b78d59fa8b1040a41f0e"}','[]','2026-11-22 22:40:53.111240','ada','');
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
INSERT INTO "reproduction" VALUES(1,2,'identical',NULL,'[]',6,1.96279115299694240093e+00,'2026-11-22 22:40:50.564780','ada');
INSERT INTO "reproduction" VALUES(2,7,'equivalent',NULL,'[]',1,1.0,'2026-11-22 22:40:53.687897','ada');
CREATE TABLE request (
	"key" TEXT NOT NULL, 
	verb TEXT NOT NULL, 
	body_sha256 TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	CONSTRAINT pk_request PRIMARY KEY ("key")
);
INSERT INTO "request" VALUES('once','RegisterFile','1ba4f483e94945b3a907602fe328a1c21e19bd29c41ab5e8f6f8410c8fa2cdfc','{"version":{"uuid":"8047cf03-55e9-40ae-9186-bb48cd4e2be9","model":"edger","number":3,"semantic_version":"v1.1.0","stages":{"default":"experiment"},"aliases":[],"run":"14c5f19f-6497-4860-a1f8-e7c1cae69f50","commit":null,"model_path":"edger.bin","model_format":"file","sha256":"708d1bfb98560065deec58b98a0d0f0f018aab786b9c18f0cd742ac96eb854b0","md5":"96b0d145956f9afd17eea05645520906","size_bytes":7,"grade":"F","created_at":"2026-11-22T22:40:54.756261Z","created_by":"ada","deleted":false},"created":true,"attempted":[],"bump":"minor","reasons":["parameter: shape","parameter: teeth"]}','2026-11-22 22:40:54.756261','ada');
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
INSERT INTO "run" VALUES(1,'d42721fa-f593-42f8-9d01-6f8f9d0494d6',1,1,'finished','project','8318fa272b5d8d048f53278eddd319ffc6d39583','4e759efa3294daee3ff1de7b9878388b39ea46cc','[]',NULL,'2026-11-22 22:40:37.270508','ada','2026-11-22 22:40:39.288244',NULL,'0ca77054bce2ded7334e92582ff3a23e87cf4946','{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": 1.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}','4d5a8cf55829280c3ad964be6c568ab25488082003bcefde66afca1b76d4ce86','aa4a286c90c38149df2e171808707c11e62fd4183b82fe4e666c98b0917bf95f',1,'{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}','model/model.json','json','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',1.78183422799338586628e+00,0.806577,72495104);
INSERT INTO "run" VALUES(2,'dc5bd6f5-1bab-4242-8afd-f0ccc7585813',1,1,'finished','project','8318fa272b5d8d048f53278eddd319ffc6d39583','132c692304c4721aeb236576b8761e2db6131bff','[]',NULL,'2026-11-22 22:40:39.809520','ada','2026-11-22 22:40:41.861355',NULL,'5440fd053b435ec67a909a1c2b942b1edfe1591f','{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": 2.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}','d746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577','cfc97aa5a237ca13ad8fdb7cb11efa04d4b25bdc5d6ac287777895ebc8eb8376',1,'{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}','model/model.json','json','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',1.8688342419991386123e+00,0.892741,75804672);
INSERT INTO "run" VALUES(3,'8c270e16-91ed-4550-9ddc-f0f110b84f52',1,1,'finished','project','8318fa272b5d8d048f53278eddd319ffc6d39583','132c692304c4721aeb236576b8761e2db6131bff','[]',NULL,'2026-11-22 22:40:42.976698','ada','2026-11-22 22:40:45.211508',NULL,'7d3a9b74a555d295002128d30ac3e705fa567641','{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": 2.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}','d746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577','cfc97aa5a237ca13ad8fdb7cb11efa04d4b25bdc5d6ac287777895ebc8eb8376',1,'{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}','model/model.json','json','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',2.03498457999376114457e+00,8.90145999999999881779e-01,96878592);
INSERT INTO "run" VALUES(4,'af5c0aaa-1658-4e30-819c-bf022bf9fe91',1,1,'finished','project','8318fa272b5d8d048f53278eddd319ffc6d39583','132c692304c4721aeb236576b8761e2db6131bff','[]',NULL,'2026-11-22 22:40:45.460357','ada','2026-11-22 22:40:47.691178',NULL,'265c56f3e6e9f5aa9d9d80bfd7c9c6419f35191e','{"code": {"params.py": "88c491c3171ac73b9d058c807f2f35e6", "raw.py": "7c94b71ea7156e759ed5a01116f57fb5", "train.py": "9e521fef71aa6471382b24cfe691aca6", "evaluate.py": "a08a15589efef5ce323f586bd8ff5f17"}, "commands": {"evaluate": "python evaluate.py", "raw": "python raw.py ${item}", "train": "python train.py"}, "resolved": "97e10b2d68d23639ceac9b95a6c2936e988322270a3a26144bb624b4f74aa34d", "parameters": {"data.seed": 1, "mower.slope": -3.0}, "data": {"data/old.csv": "e018195129362c1d657e163cd019ace2", "data/new.csv": "00299f0a188e622761a48a6890c96289"}, "environment": "024f855a25eb1dc0bdb2e1f42fe2da2c5b28dea15847b9875f71d5a2235e7586"}','76922c2cf8c3edd92150db0e96db7908290d1a9e8bfd2e1428b2aee6dffc522d','899861eea4f77d020f71046ad7e6c993ab3690a7a181332891e48c05eec9df4b',1,'{"requirements.lock": "72bc30bd85d75d05c5eeca0df5481028d4b05593848133a144b580af382e3a60"}','model/model.json','json','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',1.95905119900271529331e+00,9.28694999999999937223e-01,98844672);
INSERT INTO "run" VALUES(5,'e55f927b-03d1-4ed0-b9aa-7ae35453b279',2,1,'finished','project','8318fa272b5d8d048f53278eddd319ffc6d39583','132c692304c4721aeb236576b8761e2db6131bff','[]',NULL,'2026-11-22 22:40:50.849394','ada','2026-11-22 22:40:50.910333',NULL,'34914f5d6ba6dbce3245dd9bd783c53e18dc5cab','{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 1}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}','49ec77b16731963390a5d6541973fe9ca7164dfa66ad779cc4f86bb4c2565e3b','96d63e6fd5ca358acf48a1a9792d48dd0c2f476fa04af046c16f0164c14d3524',2,'{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}','model.bin','file','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',1.0,1.0,1);
INSERT INTO "run" VALUES(6,'ce4b8634-2955-4832-a015-a5cca8deb878',2,1,'finished','project','8318fa272b5d8d048f53278eddd319ffc6d39583','132c692304c4721aeb236576b8761e2db6131bff','[]',NULL,'2026-11-22 22:40:51.028244','ada','2026-11-22 22:40:51.093459',NULL,'50cd0f5d44096499b75b89931cbfac8a975fa223','{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 2}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}','e59ae983d461a65a27561f698c6cedc572829b8557e53d5ec3cd09769b5e05ed','cda78dd8a13c5f35f89f388c4fa2d147b86bac81e1c2c4466683afe5261e3149',2,'{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}','model.bin','file','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',1.0,1.0,1);
INSERT INTO "run" VALUES(7,'5ed6a031-b4e4-4635-9544-3ceb4c48882d',2,1,'finished','project','8318fa272b5d8d048f53278eddd319ffc6d39583','132c692304c4721aeb236576b8761e2db6131bff','[]',NULL,'2026-11-22 22:40:51.246271','ada','2026-11-22 22:40:51.317941',NULL,'3c881325d6d1dc9b30aac63e3d03f08ab6eef4bb','{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 3}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}','43cdb6d9614b4cea985ece02e84fba90481036d3afefc1de968227b7438bd174','f6cfc11915a3c1b14e363be092c4cb3d50ed8c0ff72999212f128cd184818838',2,'{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}','model.bin','file','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',1.0,1.0,1);
INSERT INTO "run" VALUES(8,'f10e5e42-f341-40ff-a90c-59241d97c4e2',2,1,'finished','project','8318fa272b5d8d048f53278eddd319ffc6d39583','132c692304c4721aeb236576b8761e2db6131bff','[]',NULL,'2026-11-22 22:40:51.604527','ada','2026-11-22 22:40:51.695965',NULL,'96c696ec8774b497dabd8e5f275e430b96c111af','{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 4}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}','811b2e4c886396474a11b22f196e19b4d2803611401385b3320101bee3225c08','f80acf1b4098b003553838abf4196aa1d3c82ff16f9b91c15d59d2b02b77821d',2,'{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}','model.bin','file','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',1.0,1.0,1);
INSERT INTO "run" VALUES(9,'175a1b79-54ac-4b1c-9aaf-2cd2f40f7dca',2,1,'failed','project','8318fa272b5d8d048f53278eddd319ffc6d39583','99d57311507df0350417b78d59fa8b1040a41f0e','[]',NULL,'2026-11-22 22:40:53.711078','ada','2026-11-22 22:40:53.731406','StageFailed: no petrol',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "run" VALUES(10,'01509f17-5d02-4a63-aed3-e8454abad2f6',2,1,'running','project','8318fa272b5d8d048f53278eddd319ffc6d39583','99d57311507df0350417b78d59fa8b1040a41f0e','["train.py"]',NULL,'2026-11-22 22:40:53.817824','ada',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "run" VALUES(11,'2b9841e1-0634-4a44-b23f-b938d5fee085',2,1,'finished','project','8318fa272b5d8d048f53278eddd319ffc6d39583','99d57311507df0350417b78d59fa8b1040a41f0e','[]',NULL,'2026-11-22 22:40:53.846611','ada','2026-11-22 22:40:53.975806',NULL,'a6caba9af949e0934dc4bcae74caa187ed7e039c','{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 3}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}','43cdb6d9614b4cea985ece02e84fba90481036d3afefc1de968227b7438bd174','fca1543bdea33cf9dc28564b610cc839818a55dcaabe522c96e3e97eace7cec4',2,'{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}','model.bin','file','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',1.0,1.0,1);
INSERT INTO "run" VALUES(12,'930af08a-e3c9-4c2e-bc2e-3c551b70cc14',2,1,'finished','project','8318fa272b5d8d048f53278eddd319ffc6d39583','99d57311507df0350417b78d59fa8b1040a41f0e','[]',NULL,'2026-11-22 22:40:54.024479','ada','2026-11-22 22:40:54.160381',NULL,'495ccc165a1029b595c8d7aed960f5174e9a917e','{"code": {"train.py": "11111111111111111111111111111111"}, "commands": {"train": "python train.py"}, "resolved": "[(''train'', ''python train.py'')]", "parameters": {"trees": 4}, "data": {"data.csv": "22222222222222222222222222222222"}, "environment": "95ca251e7d0b69afa1029830642e47473e7994d9c7ef1b2453f2c0a30bad19af"}','811b2e4c886396474a11b22f196e19b4d2803611401385b3320101bee3225c08','f80acf1b4098b003553838abf4196aa1d3c82ff16f9b91c15d59d2b02b77821d',2,'{"uv.lock": "3333333333333333333333333333333333333333333333333333333333333333"}','model.bin','file','{"inputs": [{"name": "x", "type": "float64", "shape": []}], "outputs": [{"name": "y", "type": "float64", "shape": []}]}',1.0,1.0,1);
INSERT INTO "run" VALUES(13,'c0aafa7e-950a-4ae7-b783-26148462e97a',3,2,'finished','8318fa272b5d8d048f53278eddd319ffc6d39583','8318fa272b5d8d048f53278eddd319ffc6d39583',NULL,'[]',NULL,'2026-11-22 22:40:54.325351','ada','2026-11-22 22:40:54.325351',NULL,NULL,'{"code": {}, "commands": {}, "resolved": "", "parameters": {"teeth": 7, "shape": {"round": true, "ratio": 0.1}}, "data": {}, "environment": "e5fdc7146b5dc4c9b68c145e75ae016b54eaa73f37d0eeefe459bf2e05f9a134"}','a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808','c3046d3b18ceb901ad9a8f37771387d6461e76f4efdc583ce5c3e337551fb8cc',3,'{}','edger.bin','file','null',0.0,0.0,0);
INSERT INTO "run" VALUES(14,'01b93cbf-3fc9-4a99-9ca8-dbc3b213aa61',3,2,'finished','8318fa272b5d8d048f53278eddd319ffc6d39583','8318fa272b5d8d048f53278eddd319ffc6d39583',NULL,'[]',NULL,'2026-11-22 22:40:54.549572','ada','2026-11-22 22:40:54.549572',NULL,NULL,'{"code": {}, "commands": {}, "resolved": "", "parameters": {"teeth": 7, "shape": {"round": true, "ratio": 0.1}}, "data": {}, "environment": "e5fdc7146b5dc4c9b68c145e75ae016b54eaa73f37d0eeefe459bf2e05f9a134"}','a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808','79bcd2aeadf86c4c39d7ce4a0630a8b03f7dab188f304a92d7d3b42761ac762b',3,'{}','edger.bin','file','null',0.0,0.0,0);
INSERT INTO "run" VALUES(15,'14c5f19f-6497-4860-a1f8-e7c1cae69f50',3,2,'finished','8318fa272b5d8d048f53278eddd319ffc6d39583','8318fa272b5d8d048f53278eddd319ffc6d39583',NULL,'[]',NULL,'2026-11-22 22:40:54.756261','ada','2026-11-22 22:40:54.756261',NULL,NULL,'{"code": {}, "commands": {}, "resolved": "", "parameters": {}, "data": {}, "environment": "e5fdc7146b5dc4c9b68c145e75ae016b54eaa73f37d0eeefe459bf2e05f9a134"}','ae6a3c55415b11586b61024ea23f2f6f14b5ab07239fd2cae77599c861f621b0','8b5658a690bad6a054cada95b5159f92094f9872cd1b170b4399ac28ab121110',3,'{}','edger.bin','file','null',0.0,0.0,0);
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
INSERT INTO "tombstone" VALUES(10,'not ours','2026-11-22 22:40:54.875779','ada');
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
INSERT INTO "version" VALUES(1,'44c5ede8-e274-408c-a344-cb8e627d15b4',1,1,1,0,0,'first','["the first version"]',NULL,NULL,1,'project','8318fa272b5d8d048f53278eddd319ffc6d39583','0ca77054bce2ded7334e92582ff3a23e87cf4946','4d5a8cf55829280c3ad964be6c568ab25488082003bcefde66afca1b76d4ce86','aa4a286c90c38149df2e171808707c11e62fd4183b82fe4e666c98b0917bf95f','model/model.json','json','fe4e9b4a15acfd1f3f4d49a2829b10fdd0af43c4fbcfdd35de044f1f52d81935','43c1d61d32d08530b3edc9ed6b5c4d33',42,'B','[]','2026-11-22 22:40:39.357664','ada');
INSERT INTO "version" VALUES(2,'389ee4c1-6716-4b34-86e1-ca8ec0ab3318',1,2,1,1,0,'minor','["parameter: mower.slope"]',1,NULL,2,'project','8318fa272b5d8d048f53278eddd319ffc6d39583','5440fd053b435ec67a909a1c2b942b1edfe1591f','d746cc5a963ab4f4d3d72d82c153afb9561d1b19e8b54b712a89ca1b258fc577','cfc97aa5a237ca13ad8fdb7cb11efa04d4b25bdc5d6ac287777895ebc8eb8376','model/model.json','json','b9f6617bf21326d7b1d4ffca3b2d6ab852adeaef3ecd74714ab81eb5c8b5a004','3b75b8ccd8e34fd49487dfe2a4fe1677',42,'B','[]','2026-11-22 22:40:41.929499','ada');
INSERT INTO "version" VALUES(3,'6f452e15-5dcc-4ca4-a7a6-1b73b4ea866f',1,3,1,2,0,'minor','["parameter: mower.slope"]',2,NULL,4,'project','8318fa272b5d8d048f53278eddd319ffc6d39583','265c56f3e6e9f5aa9d9d80bfd7c9c6419f35191e','76922c2cf8c3edd92150db0e96db7908290d1a9e8bfd2e1428b2aee6dffc522d','899861eea4f77d020f71046ad7e6c993ab3690a7a181332891e48c05eec9df4b','model/model.json','json','5b602f24a67cf12da0431dad441c16049601945205086f36d97f31928a064911','a8018723c1dc388eb0d6603f54e75934',43,'B','[]','2026-11-22 22:40:47.809552','ada');
INSERT INTO "version" VALUES(4,'634bd349-a684-45e3-8659-fb39de71b902',2,1,1,0,0,'first','["the first version"]',NULL,NULL,5,'project','8318fa272b5d8d048f53278eddd319ffc6d39583','34914f5d6ba6dbce3245dd9bd783c53e18dc5cab','49ec77b16731963390a5d6541973fe9ca7164dfa66ad779cc4f86bb4c2565e3b','96d63e6fd5ca358acf48a1a9792d48dd0c2f476fa04af046c16f0164c14d3524','model.bin','file','cd36b49d7b2a8b5e4e13663cb54c5e1338c17b7d3af1c506fb3842bd08291822','8a72de2cdf595608905699e2d725a9c0',7,'B','[]','2026-11-22 22:40:50.940323','ada');
INSERT INTO "version" VALUES(5,'823314cf-0b56-4ba7-ba97-a5b322a3606e',2,2,1,1,0,'minor','["parameter: trees"]',4,NULL,6,'project','8318fa272b5d8d048f53278eddd319ffc6d39583','50cd0f5d44096499b75b89931cbfac8a975fa223','e59ae983d461a65a27561f698c6cedc572829b8557e53d5ec3cd09769b5e05ed','cda78dd8a13c5f35f89f388c4fa2d147b86bac81e1c2c4466683afe5261e3149','model.bin','file','97e2521720cb4b3821c7ed9df7dbca7a63e04b42ba05ffe3e15dc992f227ae36','a7558513f2cb497034e995ce9813430d',7,'B','[]','2026-11-22 22:40:51.106656','ada');
INSERT INTO "version" VALUES(6,'67cf1895-d227-4473-99fd-ea989cf664af',2,3,1,2,0,'minor','["parameter: trees"]',5,NULL,7,'project','8318fa272b5d8d048f53278eddd319ffc6d39583','3c881325d6d1dc9b30aac63e3d03f08ab6eef4bb','43cdb6d9614b4cea985ece02e84fba90481036d3afefc1de968227b7438bd174','f6cfc11915a3c1b14e363be092c4cb3d50ed8c0ff72999212f128cd184818838','model.bin','file','a63f0dfe98cc2a03a21873a3ab0d209eae44045e3810b79a104d42783e2ca194','31b9bbb7094fe62ab2ae88960e6d6939',7,'B','[]','2026-11-22 22:40:51.375506','ada');
INSERT INTO "version" VALUES(7,'2376a817-a295-4be3-a68f-37afe24803b7',2,4,1,3,0,'minor','["parameter: trees"]',6,NULL,8,'project','8318fa272b5d8d048f53278eddd319ffc6d39583','96c696ec8774b497dabd8e5f275e430b96c111af','811b2e4c886396474a11b22f196e19b4d2803611401385b3320101bee3225c08','f80acf1b4098b003553838abf4196aa1d3c82ff16f9b91c15d59d2b02b77821d','model.bin','file','47b98be17c1c80f2a85cd3013c745ec8379b9b591b103c675169996da479f7dd','28aa933e52ad610eace8712fd5577612',7,'B','[]','2026-11-22 22:40:51.713401','ada');
INSERT INTO "version" VALUES(8,'f9327f1f-2c02-4b3e-8f20-ac831647e615',3,1,1,0,0,'first','["the first version"]',NULL,NULL,13,'8318fa272b5d8d048f53278eddd319ffc6d39583','8318fa272b5d8d048f53278eddd319ffc6d39583',NULL,'a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808','c3046d3b18ceb901ad9a8f37771387d6461e76f4efdc583ce5c3e337551fb8cc','edger.bin','file','381adba472d686d3e056b6bb4a7e78117e87ed7d4386799c4d3533734641e670','99181bf19a5620a7e679c9b61380a897',7,'F','["registered without a Git commit and a DVC pipeline"]','2026-11-22 22:40:54.325351','ada');
INSERT INTO "version" VALUES(9,'d0c24038-7f49-49c7-9dfe-0989a56b20e3',3,2,1,0,1,'patch','["the same recipe gave other bytes"]',8,8,14,'8318fa272b5d8d048f53278eddd319ffc6d39583','8318fa272b5d8d048f53278eddd319ffc6d39583',NULL,'a3c0365ed3797e62ae760118858426aa627df5622d18558b9733e0bf9731e808','79bcd2aeadf86c4c39d7ce4a0630a8b03f7dab188f304a92d7d3b42761ac762b','edger.bin','file','043738d0d525537e6321b9509e244ceb99cccec77a93e5ac93b0960baefb0a8a','5ea558395e0bd60bf7a0fe90782d2fd2',7,'F','["registered without a Git commit and a DVC pipeline"]','2026-11-22 22:40:54.549572','ada');
INSERT INTO "version" VALUES(10,'8047cf03-55e9-40ae-9186-bb48cd4e2be9',3,3,1,1,0,'minor','["parameter: shape", "parameter: teeth"]',9,NULL,15,'8318fa272b5d8d048f53278eddd319ffc6d39583','8318fa272b5d8d048f53278eddd319ffc6d39583',NULL,'ae6a3c55415b11586b61024ea23f2f6f14b5ab07239fd2cae77599c861f621b0','8b5658a690bad6a054cada95b5159f92094f9872cd1b170b4399ac28ab121110','edger.bin','file','708d1bfb98560065deec58b98a0d0f0f018aab786b9c18f0cd742ac96eb854b0','96b0d145956f9afd17eea05645520906',7,'F','["registered without a Git commit and a DVC pipeline"]','2026-11-22 22:40:54.756261','ada');
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('event',63);
INSERT INTO "sqlite_sequence" VALUES('outbox',29);
COMMIT;
