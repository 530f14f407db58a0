"""Each command of the command line and each method of the client, with arguments that go well.

What looks must change nothing; what writes must do so by verbs that have a case of their own.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from registry_tasks import Client

LOOKING: dict[str, tuple[str, ...]] = {
    "models": ("--json",),
    "versions": ("mower --before 9 --limit 5 --deleted --json",),
    "runs": ("mower --limit 5 --json",),
    "show": ("mower@1 --json",),
    "compare": ("mower@1 mower@2 --all --json",),
    "history": ("mower --before 9 --limit 5 --json",),
    "lineage": ("mower@1 --json", "--dataset data.csv@" + "2" * 32),
    "resolve": ("mower@1 --json",),
}
"""Command -> ways to ask it, with all its options."""

WRITING: tuple[str, ...] = (
    "register {file} --model mower",
    "promote mower@2 --to production",
    "rollback mower",
    "archive mower@3",
    "restore mower@3",
    "describe mower@3 text",
    "hold mower@3 --reason audit",
    "release mower@3 --reason over",
    "delete mower@3 --reason mistake",
    "alias set mower@1 shadow",
    "alias remove mower shadow",
    "evaluate mower@1",
    "download mower@1 --to {folder}/fetched",
    "doctor --sample 1",
    "doctor --repair",
    "sync",
    "migrate",
    "backup {folder}/backups",
    "--store sqlite:///{folder}/recovered.db recover {folder}/backups",
    "rebuild --from-git --into sqlite:///{folder}/rebuilt.db",
    "move-store --to sqlite:///{folder}/moved.db",
    "move-store --undo",
)
"""In an order in which all go well."""

FLOWS = frozenset({"train", "retrain", "reproduce"})
"""They start flows, whose tasks call the core: `doors` finds what these import."""

LOOKS: dict[str, Callable[[Client], object]] = {
    "resolve": lambda client: client.resolve("mower@1"),
    "models": lambda client: client.models(),
    "versions": lambda client: client.versions("mower", before=9, limit=5, deleted=True),
    "runs": lambda client: client.runs("mower", limit=5),
    "show": lambda client: client.show("mower@1"),
    "compare": lambda client: client.compare("mower@1", "mower@2"),
    "history": lambda client: client.history("mower", before=9, limit=5),
    "lineage": lambda client: client.lineage("mower@1"),
}
WRITES: dict[str, Callable[[Client, Path], Any]] = {
    "register": lambda client, folder: client.register(folder / "model.bin", model="mower"),
    "promote": lambda client, folder: client.promote("mower@2", to="production"),
    "rollback": lambda client, folder: client.rollback("mower"),
    "archive": lambda client, folder: client.archive("mower@3"),
    "restore": lambda client, folder: client.restore("mower@3"),
    "describe": lambda client, folder: client.describe("mower@3", "text"),
    "point_alias": lambda client, folder: client.point_alias("mower@1", "shadow"),
    "remove_alias": lambda client, folder: client.remove_alias("mower", "shadow"),
    "hold": lambda client, folder: client.hold("mower@3", reason="audit"),
    "release": lambda client, folder: client.release("mower@3", reason="over"),
    "delete": lambda client, folder: client.delete("mower@3", reason="mistake"),
    "download": lambda client, folder: client.download("mower@1", folder / "fetched"),
    "load": lambda client, folder: client.load("mower@1"),
}
ELSEWHERE = frozenset({"close", "download_url"})
"""Methods that change nothing: one closes, one makes a link and needs a bucket for it."""
