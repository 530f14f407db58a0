"""Where a benchmark keeps a registry of ours: below one folder, or in a Git checkout with a policy."""

import subprocess
from pathlib import Path

from registry_tasks.settings import Settings


def settings_in(folder: Path, project: Path | None = None) -> Settings:
    """Keep everything below a state folder, the store in SQLite."""
    return Settings(
        project=project,
        state=folder,
        store_url=f"sqlite:///{folder / 'registry.db'}",
        remote=folder / "remote",
        cache=folder / "downloads",
        actor="bench",
    )


def commit_policy(project: Path, policy: str) -> None:
    """Make a folder a Git checkout whose newest commit has this policy."""
    project.mkdir(exist_ok=True)
    (project / "params.yaml").write_text(policy)
    person = ("-c", "user.name=bench", "-c", "user.email=bench@localhost")
    for command in (("init", "-q"), ("add", "."), (*person, "commit", "-q", "-m", "policy")):
        subprocess.run(["git", *command], cwd=project, check=True)
