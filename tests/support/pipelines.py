"""A whole DVC project in miniature: raw data, a model, its metrics, signature and score command."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from registry_tasks.stores.dvc.workspace import dvc_environment, point_workspace
from support.world import World

ROOT = Path(__file__).parents[2]

RAW = """
import random, sys
import params
month = sys.argv[1]
random.seed(f"{params.read()['data']['seed']} {month}")
with open(f"data/{month}.csv", "w") as out:
    out.write("x,y\\n")
    for _ in range(60):
        x = random.random()
        out.write(f"{x!r},{2 * x + random.random()!r}\\n")
print("wrote", month)
"""
TRAIN = """
import csv, json, os
import params
p = params.read()
rows = list(csv.DictReader(open("data/old.csv")))
mean = lambda name: sum(float(row[name]) for row in rows) / len(rows)
slope = p["mower"]["slope"]
os.makedirs("model", exist_ok=True)
os.makedirs("curves", exist_ok=True)
json.dump({"slope": slope, "base": mean("y") - slope * mean("x")}, open("model/model.json", "w"))
column = lambda name: {"name": name, "type": "float64"}
json.dump({"inputs": [column("x")], "outputs": [column("y")]}, open("model/signature.json", "w"))
open("curves/loss.tsv", "w").write("step\\tloss\\n0\\t1.0\\n1\\t0.5\\n")
print("trained with slope", slope)
"""
EVALUATE = """
import csv, json
model = json.load(open("model/model.json"))
rows = list(csv.DictReader(open("data/new.csv")))
error = sum((model["slope"] * float(r["x"]) + model["base"] - float(r["y"])) ** 2 for r in rows)
json.dump({"rmse": (error / len(rows)) ** 0.5, "rows": len(rows)}, open("metrics.json", "w"))
"""
SCORE = """
import csv, json, sys
model = json.load(open("model/model.json"))
with open(sys.argv[2], "w") as out:
    out.write("label,prediction\\n")
    for r in csv.DictReader(open(sys.argv[1])):
        out.write(f"{r['y']},{model['slope'] * float(r['x']) + model['base']!r}\\n")
"""
READ_PARAMS = """
import json, re, sys
def read():
    found, section = {}, None
    for line in open("params.yaml"):
        if line.strip() and not line.startswith((" ", "#")):
            section = found.setdefault(line.split(":")[0], {})
        elif pair := re.fullmatch(r"  (\\w+): (\\S+)\\n", line):
            section[pair[1]] = json.loads(pair[2])
    return found
"""
DVC_YAML = """
stages:
  raw:
    foreach: [old, new]
    do:
      cmd: python raw.py ${item}
      deps: [raw.py, params.py]
      params: [data]
      outs: ["data/${item}.csv"]
  train:
    cmd: python train.py
    deps: [train.py, params.py, data/old.csv]
    params: [mower]
    outs:
      - model/model.json
      - model/signature.json: {cache: false}
    plots:
      - curves: {cache: false}
  evaluate:
    cmd: python evaluate.py
    deps: [evaluate.py, model/model.json, data/new.csv]
    metrics:
      - metrics.json: {cache: false}
artifacts:
  mower:
    path: model/model.json
    type: model
    meta:
      format: json
      pipeline: evaluate
      metrics: metrics.json
      curves: curves
      signature: model/signature.json
      holdout: data/new.csv
      score: python score.py {holdout} {predictions}
"""
PARAMS = """\
data:
  seed: 1
mower:
  slope: 1.0
registry:
  models:
    mower:
      evaluation: {metric: rmse, higher_is_better: false, resamples: 100}
      stages:
        staging: [{gate: metric, metric: rmse, at_most: 10}]
        production: [{gate: better-than-production}]
      aliases: {champion: production}
"""
FILES = {
    "raw.py": RAW,
    "train.py": TRAIN,
    "evaluate.py": EVALUATE,
    "score.py": SCORE,
    "params.py": READ_PARAMS,
    "dvc.yaml": DVC_YAML,
    "params.yaml": PARAMS,
    "requirements.lock": "nothing\n",
    ".gitignore": "__pycache__/\n",
    ".dvcignore": "",
    ".dvc/config": "[core]\n    analytics = false\n    autostage = false\n",
    ".dvc/.gitignore": "/config.local\n/tmp\n/cache\n",
    "data/.gitignore": "/*.csv\n",
    "model/.gitignore": "/model.json\n",
}


class Project(World):
    """A world whose project has a DVC pipeline of four DVC stages, run once and committed."""

    def make_pipeline(
        self,
        files: Mapping[str, str] = MappingProxyType(FILES),
        tracked: Mapping[str, Path] | None = None,
    ) -> None:
        """``tracked`` is data for `dvc add`: path in the project -> file to copy."""
        self.root.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main", "--template=")
        (self.root / ".git" / "info").mkdir(exist_ok=True)
        for name in ("data", "model"):
            (self.root / name).mkdir()
        shutil.copytree(
            ROOT / "flows", self.root / "flows", ignore=shutil.ignore_patterns("__pycache__")
        )
        self.commit(files)
        for name, source in (tracked or {}).items():
            shutil.copy(source, self.root / name)
            added = self.dvc("add", name)
            assert added.returncode == 0, added.stdout + added.stderr
        self.registry().objects.create()
        self.registry().metadata.migrate()
        point_workspace(self.root, self.root / ".dvc" / "cache", self.settings.remote)
        done = self.dvc("repro")
        assert done.returncode == 0, done.stdout + done.stderr
        self.commit({})
        self.close()

    def dvc(self, *arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run the real DVC as a person does, without the registry."""
        return subprocess.run(
            [sys.executable, "-m", "dvc", *arguments],
            cwd=folder or self.root,
            env=dvc_environment(self.state),
            capture_output=True,
            text=True,
            check=False,
        )

    def moved(self) -> None:
        """Tell DVC where things are, after this project was copied to another place."""
        point_workspace(self.root, self.root / ".dvc" / "cache", self.settings.remote)

    def set_parameters(self, **changed: str) -> None:
        """Commit other values: ``slope="2.0"``."""
        text = (self.root / "params.yaml").read_text()
        for name, value in changed.items():
            lines = (
                f"  {name}: {value}" if line.startswith(f"  {name}: ") else line
                for line in text.splitlines()
            )
            text = "\n".join(lines) + "\n"
        self.commit({"params.yaml": text})

    def environment(self, prefect: Mapping[str, str] | None = None) -> dict[str, str]:
        """What a process needs to work on this registry."""
        return {
            **os.environ,
            "PYTHONDONTWRITEBYTECODE": "1",  # as the command line does: the checkout is the user's
            **self.variables(),
            **(prefect or {}),
        }
