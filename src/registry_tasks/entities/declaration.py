"""A model as dvc.yaml declares it under ``artifacts:``."""

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.names import ModelName


class ModelDeclaration(Entity):
    """What the registry must know of a model's pipeline.

    Paths are relative to the project's root. In ``holdout`` ``{dotted.parameter}`` is filled in
    from params.yaml; in ``score`` ``{holdout}`` and ``{predictions}`` are filled in, and the
    command then writes a CSV of ``label,prediction`` rows in an order that the partition fixes.
    """

    name: ModelName
    path: str  # the model file
    format: str  # lightgbm, skops, joblib or anything else
    pipeline: str  # the DVC stage at the end of this model's pipeline
    metrics: str  # JSON file of numbers
    curves: str | None = None  # folder of <series>.tsv files with a step column
    importance: str | None = None  # CSV file of features and one number each
    signature: str | None = None  # JSON file
    holdout: str | None = None  # raw partition that the newest model is tested on
    score: str | None = None  # command that scores the model on a partition
    description: str = ""
