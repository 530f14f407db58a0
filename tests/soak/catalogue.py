"""What people say of models and data, where versions run, notebooks; and what is asked of it all."""

import tempfile
import time
from pathlib import Path
from typing import Final

from soak.worker import MODELS, Act, Worker

WRITES: Final = (
    *("note", "tag", "describe_model", "put_schema", "remove_schema", "describe_dataset"),
    *("start_deployment", "end_deployment", "log_run"),
)
_PLACES: Final = ("API", "batch", "pod 7")
_DATA: Final = "data/old.csv"  # what the pipeline reads
_POINTS: Final = 50


class Saying(Worker):
    """Writes notes, tags, documents and schemas, records deployments, logs runs without DVC."""

    def acts(self) -> dict[Act, int]:
        return {
            self.note: 5,
            self.tag: 5,
            self.describe_model: 4,
            self.put_schema: 2,
            self.remove_schema: 1,
            self.describe_dataset: 2,
            self.start_deployment: 5,
            self.end_deployment: 3,
            self.log_run: 5,
        }

    def note(self) -> None:
        self.client.note(self._subject(), f"noted at {time.time()}")

    def tag(self) -> None:
        key = self.random.choice(("team", "season", "region"))
        put = {key: str(self.random.randrange(9))}
        self.client.tag(self._subject(), put, remove=("gone",))

    def describe_model(self) -> None:
        document = {"blades": self.random.randrange(4), "links": [self.random.random()]}
        self.client.describe_model(
            self.model(), f"said at {time.time()}", team="garden", document=document
        )

    def put_schema(self) -> None:
        blades = {"type": "integer", "maximum": self.random.randrange(4, 20)}
        schema = {"type": "object", "properties": {"blades": blades}}
        self.client.put_schema(self.model(), schema)

    def remove_schema(self) -> None:
        self.client.remove_schema(self.model())

    def describe_dataset(self) -> None:
        owner = self.random.choice(("ada", "bob"))
        self.client.describe_dataset(_DATA, owner=owner, description=f"said at {time.time()}")

    def start_deployment(self) -> None:
        self.client.start_deployment(
            self.any_ref(),
            environment="eu",
            place=self._place(),
            replace=self.random.random() < 0.7,
        )

    def end_deployment(self) -> None:
        used = self.client.deployments(self.model())
        if used:
            one = self.random.choice(used)
            self.client.end_deployment(one.version, environment=one.environment, place=one.place)

    def log_run(self) -> None:
        """As a notebook does: a series, a file, and sometimes a model that is registered."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "model.pkl"
            file.write_bytes(self.content())
            with self.client.log_run(self.model(), parameters={"depth": 3}) as run:
                points = ((step, self.random.random()) for step in range(_POINTS))
                run.log_points("loss", points)
                run.log_metric("auc", self.random.uniform(0.4, 1))
                run.log_artifact(file, "copy.pkl")
                run.log_model(file, format="pickle")
        if self.random.random() < 0.3:
            made = self.client.register_run(run.uuid).version
            self.tell({"made": [made.model, made.number, made.sha256]})

    def _subject(self) -> str:
        return self.any_ref() if self.random.random() < 0.7 else self.model()

    def _place(self) -> str:
        return self.random.choice(_PLACES)


class Asking(Worker):
    """Searches and compares."""

    def acts(self) -> dict[Act, int]:
        return {self.search: 6, self.compare: 4, self.read_catalogue: 4}

    def search(self) -> None:
        least = round(self.random.uniform(0.4, 1), 2)
        found = self.client.search_versions(f"metrics.auc >= {least}", limit=20)
        if found.next is not None:
            self.client.search_versions(f"metrics.auc >= {least}", limit=20, cursor=found.next)
        self.client.search_runs("status = 'finished'", model=self.model(), limit=20)
        self.client.search_models("tags.team = '3'")

    def compare(self) -> None:
        model = self.model()
        newest = self.client.resolve(f"{model}@latest").number
        numbers = self.random.sample(range(max(1, newest - 9), newest + 1), min(2, newest))
        refs = [f"{model}@{number}" for number in numbers]
        self.client.compare(*refs)
        self.client.diff(refs[0], refs[-1])

    def read_catalogue(self) -> None:
        model = self.model()
        self.client.show_model(model)
        self.client.notes(model)
        self.client.deployments(model, over=True)
        self.client.experiments(model)
        self.client.trend(self.random.choice(MODELS), "auc", last=50)
