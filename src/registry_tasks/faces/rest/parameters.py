"""What arguments of reading verbs mean: they mean the same wherever they are called the same."""

from types import MappingProxyType
from typing import Any, Final

_REF: Final = "a version: `name@3`, `name@production`, `name@champion`, a UUID, `sha256:...`"
_SUBJECT: Final = "a model by its name, or a version by a reference"
_UPLOAD: Final = {
    "description": "what the version is",
    "format": "the format of a model: `lightgbm`, `skops`, `onnx`, `file` and others",
    "key": "an idempotency key, as the header `Idempotency-Key`",
    "metrics": "numbers by name, as a JSON object",
    "parameters": "what it was made with, as a JSON object",
    "path": "the file's name, without folders",
    "role": "what the file is to its run",
    "signature": "the columns of input and output, as a JSON object",
    "tags": "texts by name, as a JSON object",
}
_BEFORE: Final = "go on after this one: what the last item of the page before has there"
MEANINGS: Final = MappingProxyType[str, str](
    _UPLOAD
    | {
        "account": "the name of an account; everybody's if it is left out",
        "actor": "only what this account or user did",
        "after": "go on after this name, or this id",
        "at": "a time with its zone: what was so then",
        "before": _BEFORE,
        "commit": "a commit of the repository, by any name that Git knows it by",
        "cursor": "`next` of the page before",
        "dataset": "data by its path, or one state of it: `data/flights.csv@<md5>`",
        "dead": "what was given up, in place of what waits",
        "deleted": "whether deleted versions are listed as well",
        "depth": "how many steps to follow; all if it is left out",
        "direction": "`back` to what it was made from, or `forward` to what was made of it",
        "environment": "an environment, such as `default` or `eu`",
        "experiment": "only runs of this experiment",
        "failing": "only those whose last one failed",
        "filter": "what to look for, in the language of docs/search.md",
        "form": "the form of the file: `requirements`, `lock`, `conda`, `sbom` and others",
        "kinds": "only events of these kinds; may be given several times",
        "last": "how many of the newest versions",
        "limit": "how many at most",
        "metric": "the name of a metric",
        "model": "a model's name",
        "name": "a name",
        "nodes": "how many nodes at most, the nearest ones; DVC stages are not counted",
        "order_by": "what comes first, such as `metrics.auc desc`",
        "over": "whether those that ended are listed as well",
        "ref": _REF,
        "refs": "versions (any reference) and runs (`run:<uuid>`); given several times",
        "run": "a run's UUID, or `run:<uuid>`",
        "series": "the names of metric series, all if none; may be given several times",
        "since": "only what happened from this time on, with its zone",
        "stage": "a DVC stage",
        "state": "a state of data: `path@<md5>` or `md5:<hash>`",
        "subject": _SUBJECT,
        "subscription": "the name of a subscription; all of them if it is left out",
        "text": "what would stand in params.yaml",
        "until": "only what happened up to this time, with its zone",
        "uuid": "a UUID",
    }
)
EXAMPLES: Final = MappingProxyType[str, Any](
    {
        "ref": "flight-delays@production",
        "refs": ["flight-delays@1", "flight-delays@2"],
        "model": "flight-delays",
        "subject": "flight-delays@3",
        "metric": "auc",
        "filter": "metrics.auc > 0.7",
        "nodes": "how many nodes at most, the nearest ones; DVC stages are not counted",
        "order_by": "metrics.auc desc",
        "at": "2026-03-02T14:05:00Z",
        "limit": 20,
    }
)
