"""A project of two models whose data comes month by month: what arrived is said by a feed."""

import json
from pathlib import Path
from typing import Final

from registry_tasks.entities.errors import ModelNotFound
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.run import Run
from registry_tasks.registry.catalogue.show import list_versions
from registry_tasks.stores.metadata import runs
from support.pipelines import FILES, Project

MODELS: Final = ("mower", "trimmer")
MONTHS: Final = tuple(f"{year}-{month:02}" for year in range(2013, 2018) for month in range(1, 13))
FIRST: Final = 3
"""Months that are there at first: two to train on, and the holdout."""
_RAW: Final = """
import random, sys
month = sys.argv[1]
random.seed(month)
shift = int(month[-2:]) / 4
with open(f"data/{month}.csv", "w") as out:
    out.write("x,y\\n")
    for _ in range(60):
        x = random.random() + shift
        out.write(f"{x!r},{2 * x + random.random()!r}\\n")
print("wrote", month)
"""
_TRAIN: Final = """
import csv, json, os, sys
import params
name = sys.argv[1]
p = params.read()
rows = [row for m in p["data"]["months"] for row in csv.DictReader(open(f"data/{m}.csv"))]
mean = lambda name: sum(float(row[name]) for row in rows) / len(rows)
slope = p[name]["slope"]
os.makedirs("model", exist_ok=True)
found = {"slope": slope, "base": mean("y") - slope * mean("x")}
json.dump(found, open(f"model/{name}.json", "w"))
column = lambda name: {"name": name, "type": "float64"}
told = {"inputs": [column("x")], "outputs": [column("y")]}
json.dump(told, open(f"model/{name}-signature.json", "w"))
print("trained on", p["data"]["months"])
"""
_EVALUATE: Final = """
import csv, json, sys
import params
name = sys.argv[1]
model = json.load(open(f"model/{name}.json"))
rows = list(csv.DictReader(open(f"data/{params.read()['data']['holdout']}.csv")))
error = sum((model["slope"] * float(r["x"]) + model["base"] - float(r["y"])) ** 2 for r in rows)
json.dump({"rmse": (error / len(rows)) ** 0.5}, open(f"{name}-metrics.json", "w"))
"""
_SCORE: Final = """
import csv, json, sys
model = json.load(open(f"model/{sys.argv[1]}.json"))
with open(sys.argv[3], "w") as out:
    out.write("label,prediction\\n")
    for r in csv.DictReader(open(sys.argv[2])):
        out.write(f"{r['y']},{model['slope'] * float(r['x']) + model['base']!r}\\n")
"""
_PARAMS: Final = """
from ruamel.yaml import YAML
def read():
    with open("params.yaml") as text:
        return YAML(typ="safe").load(text)
"""
_WINDOW: Final = """
import json, sys
trained, there = json.load(open(sys.argv[1])), json.load(open(FEED))
months = trained.get("data.months", ["2013-01", "2013-02"])
holdout = trained.get("data.holdout", "2013-03")
later = [month for month in there if month > holdout] if trained else []
if later:
    months, holdout = [*months[1:], holdout], later[0]
json.dump({"data.months": months, "data.holdout": holdout}, open(sys.argv[2], "w"))
"""
_STAGES: Final = """
  train-{name}:
    cmd: python train.py {name}
    deps: [train.py, params.py, "data/${{data.months[0]}}.csv", "data/${{data.months[1]}}.csv"]
    params: [data.months, {name}]
    outs:
      - model/{name}.json
      - model/{name}-signature.json: {{cache: false}}
  evaluate-{name}:
    cmd: python evaluate.py {name}
    deps: [evaluate.py, params.py, model/{name}.json, "data/${{data.holdout}}.csv"]
    params: [data]
    metrics:
      - {name}-metrics.json: {{cache: false}}
"""
_ARTIFACT: Final = """
  {name}:
    path: model/{name}.json
    type: model
    meta:
      format: json
      pipeline: evaluate-{name}
      metrics: {name}-metrics.json
      signature: model/{name}-signature.json
      holdout: data/{{data.holdout}}.csv
      score: python score.py {name} {{holdout}} {{predictions}}
"""
_RAW_STAGE: Final = """stages:
  raw:
    foreach: ["${data.months[0]}", "${data.months[1]}", "${data.holdout}"]
    do:
      cmd: python raw.py ${item}
      deps: [raw.py]
      outs: ["data/${item}.csv"]
"""
_POLICY: Final = """
    {name}:
      evaluation: {{metric: rmse, higher_is_better: false, resamples: 100}}
      stages:
        staging: [{{gate: metric, metric: rmse, at_most: 100}}]
        production: [{{gate: metric, metric: rmse, at_most: 100}}{people}]
      retraining:
        overlapping: {overlapping}
        window: python window.py {{trained}} {{next}}
        drift: {{training: "data/{{data.months}}.csv", newest: "data/{{data.holdout}}.csv", at_most: 1}}
"""


class Garden(Project):
    """Its pipeline has run once on the first months; nothing is registered."""

    @property
    def feed(self) -> Path:
        """The file that says which months have arrived."""
        return self.folder / "feed.json"

    def make(self, overlapping: str = "wait", people: str = "") -> None:
        """Make project, pipeline, store and remote; ``people`` is a gate more before production."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.arrive(FIRST)
        stages = "".join(_STAGES.format(name=name) for name in MODELS)
        artifacts = "".join(_ARTIFACT.format(name=name) for name in MODELS)
        self.make_pipeline(
            {
                **{n: t for n, t in FILES.items() if n not in ("dvc.yaml", "params.yaml")},
                "raw.py": _RAW,
                "train.py": _TRAIN,
                "evaluate.py": _EVALUATE,
                "score.py": _SCORE,
                "params.py": _PARAMS,
                "window.py": f"FEED = {str(self.feed)!r}\n{_WINDOW}",
                "dvc.yaml": f"{_RAW_STAGE}{stages}artifacts:{artifacts}",
                "params.yaml": parameters(overlapping, people),
                "model/.gitignore": "".join(f"/{name}.json\n" for name in MODELS),
            }
        )

    def arrive(self, months: int) -> None:
        """Let so many months be there."""
        self.feed.write_text(json.dumps(MONTHS[:months]))

    def arrive_next(self) -> str:
        """Let one more month be there; returns it."""
        there = len(json.loads(self.feed.read_text()))
        self.arrive(there + 1)
        return MONTHS[there]

    def runs(self, model: str) -> tuple[Run, ...]:
        """Return a model's runs, the newest first; none of one that nobody trained yet."""
        with self.registry().metadata.reading() as connection:
            return runs.list_runs(connection, model)

    def versions(self, model: str) -> list[ModelVersion]:
        """Return a model's versions, the oldest first; none of one that nobody trained yet."""
        try:
            return list(reversed(list_versions(self.registry(), model)))
        except ModelNotFound:
            return []


def parameters(overlapping: str, people: str = "") -> str:
    """Return the text of params.yaml."""
    data = 'data:\n  months: ["2013-01", "2013-02"]\n  holdout: "2013-03"\n'
    slopes = "".join(f"{name}:\n  slope: 2.0\n" for name in MODELS)
    policies = "".join(
        _POLICY.format(name=name, overlapping=overlapping, people=people) for name in MODELS
    )
    return f"{data}{slopes}registry:\n  models:{policies}"
