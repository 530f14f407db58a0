"""This registry as a contestant of a benchmark of model registries.

It implements the adapter protocol `regbench.kit` of an external harness, which starts this file
with its own Python path and times the calls; see README.md. Options:

    {"move": "alias"}    set_alias moves an alias (default): one transaction with its event
    {"move": "promote"}  set_alias promotes, experiment to staging to production, each under a
                         policy with a metric gate read from a Git checkout; the alias follows
                         production. Two promotions a call; for one process.
"""

import hashlib
from pathlib import Path
from typing import Any

from places import commit_policy, settings_in
from regbench.dataset import Dataset, Query, Version
from regbench.kit import Adapter, Context, serve
from seeding import Seed, Target, seed

from registry_tasks import Client, __version__
from registry_tasks.entities.manifest import Artifact, Home
from registry_tasks.faces.sdk.logged_run import LoggedRun
from registry_tasks.registry.registry import Registry
from registry_tasks.settings import Settings
from registry_tasks.stores.artifacts.digests import digest_file
from registry_tasks.stores.metadata.models import put_model

ALIASES = {"production": "champion"}
"""The harness's alias `production` is with us the name of a stage, so another word stands for it."""

POLICY = """\
registry:
  models:
    {model}:
      stages:
        staging: [{{gate: metric, metric: accuracy, at_least: 0}}]
        production: [{{gate: metric, metric: accuracy, at_least: 0}}]
      aliases: {{{alias}: production}}
"""


class RegistryTasks(Adapter):
    """One client in one process, over a state folder without a checkout."""

    def version(self) -> str:
        return f"registry-tasks {__version__}"

    def open(self, ctx: Context) -> None:
        self.promotes = ctx.options.get("move") == "promote"
        self.project = ctx.store_dir / "project" if self.promotes else None
        settings = _settings(ctx, self.project)
        self.client = Client(settings)
        self.registry = Registry(settings)
        self.registry.objects.create()  # seeded versions name objects, but have none
        self.curves: dict[str, LoggedRun] = {}

    def close(self) -> None:
        self.client.close()
        self.registry.metadata.close()

    def seed(self, ctx: Context, data: Dataset) -> None:
        versions = (Seed(r.model, r.number, r.params, r.metrics, r.tags) for r in data.rows())
        alias = ALIASES["production"]
        targets = (Target(m, alias, data.production(n)) for m, n in data.models().items())
        seed(_settings(ctx), versions, targets)

    def cold(self, ctx: Context, model: str, alias: str) -> list[str]:
        where, ref = str(_settings(ctx).state), f"{model}@{ALIASES.get(alias, alias)}"
        code = "from registry_tasks import connect"
        return ["-c", f"{code}; print(connect({where!r}).resolve({ref!r}).number)"]

    def create_model(self, model: str) -> None:
        if self.project is not None:
            commit_policy(self.project, POLICY.format(model=model, alias="candidate"))
        with self.registry.metadata.writing(self.registry.actor) as tx:
            put_model(tx, model)
            tx.commit()

    def register(self, model: str, version: Version, artifact: Path) -> int:
        made = self.client.register(
            artifact,
            model=model,
            parameters=version.params,
            metrics=version.metrics,
            tags=version.tags,
        )
        return made.version.number

    def list_versions(self, model: str) -> list[int]:
        return [version.number for version in self.client.versions(model, limit=1_000_000)]

    def read_version(self, model: str, number: int) -> dict[str, Any]:
        record = self.client.show(f"{model}@{number}")
        content = self.client.download(record.version.ref).read_bytes()
        return {
            "metrics": record.metrics,
            "params": record.parameters,
            "tags": record.tags,
            "artifact_md5": hashlib.md5(content, usedforsecurity=False).hexdigest(),
        }

    def resolve(self, model: str, alias: str) -> dict[str, Any]:
        version = self.client.resolve(f"{model}@{ALIASES.get(alias, alias)}")
        return {"version": version.number, "uri": f"sha256:{version.sha256}"}

    def set_alias(self, model: str, alias: str, number: int) -> None:
        ref = f"{model}@{number}"
        if self.promotes:
            if self.client.resolve(ref).stage == "production":
                return
            self.client.promote(ref, "staging")
            self.client.promote(ref, "production")
        else:
            self.client.point_alias(ref, ALIASES.get(alias, alias))

    def curve_start(self) -> str:
        run = self.client.log_run("curves", experiment="bench")
        self.curves[run.uuid] = run
        return run.uuid

    def curve_point(self, curve: str, step: int, value: float) -> None:
        self.curves[curve].log_metric("loss", value, step=step)

    def curve_batch(self, curve: str, points: list[tuple[int, float]]) -> None:
        self.curves[curve].log_points("loss", points)

    def curve_read(self, curve: str) -> list[tuple[int, float]]:
        (found,) = self.client.curves(f"run:{curve}", series=("loss",)).curves
        return list(zip(found.steps, found.values, strict=True))

    def search(self, query: Query) -> list[dict[str, Any]]:
        text = query.value.replace("'", "''")
        page = self.client.search_versions(
            f"metrics.{query.metric} > {query.threshold} and tags.{query.tag} = '{text}'",
            order_by=f"metrics.{query.metric} desc",
            limit=query.limit,
        )
        return [{"model": found.model, "version": found.number} for found in page.items]

    def compare(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        found = self.client.compare(*(f"{row['model']}@{row['version']}" for row in rows))
        told: list[dict[str, Any]] = [{"metrics": {}, "params": {}} for _ in rows]
        names = {"metrics": "metrics", "parameters": "params"}
        for row in found.rows:
            for place, value in enumerate(row.values) if row.group in names else ():
                if value is not None:
                    told[place][names[row.group]][row.name] = value
        return told

    def put_artifact(self, source: Path, label: str) -> list[dict[str, Any]]:
        files = (
            [source] if source.is_file() else sorted(p for p in source.rglob("*") if p.is_file())
        )
        self.registry.objects.create()
        stored = []
        for file in files:
            found = digest_file(file)
            artifact = Artifact(
                path="" if file == source else file.relative_to(source).as_posix(),
                md5=found.md5,
                sha256=found.sha256,
                size_bytes=found.size_bytes,
                home=Home.REMOTE,
                stage=None,
            )
            self.registry.objects.put(file, artifact.md5)
            self.registry.objects.verify(artifact)
            stored.append(artifact.model_dump(mode="json"))
        return stored

    def get_artifact(self, ref: list[dict[str, Any]], target: Path) -> None:
        for fields in ref:
            artifact = Artifact(**fields)
            self.registry.objects.fetch(artifact, target / artifact.path)

    def delete_artifact(self, ref: list[dict[str, Any]]) -> None:
        for fields in ref:
            self.registry.objects.path(fields["md5"]).unlink(missing_ok=True)


def _settings(ctx: Context, project: Path | None = None) -> Settings:
    return settings_in(ctx.store_dir / "state", project)


if __name__ == "__main__":
    serve(RegistryTasks)
