"""What a run's steps read in its workspace, held against its manifest.

DVC copies from its cache into the workspace without looking at the bytes, and notes that they are
what the cache is named for. So the cache can be right again, or the copy have gone wrong, while
the steps read something else.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from registry_tasks.entities.errors import InvalidArtifact, ObjectCorrupt
from registry_tasks.entities.manifest import Artifact, Manifest
from registry_tasks.stores.artifacts.digests import digest_file
from registry_tasks.stores.artifacts.proof import told, wanted
from registry_tasks.stores.dvc.cache import DvcCache


def check_workspace(manifest: Manifest, workspace: Path, cache: DvcCache) -> None:
    """Hash every file of the manifest that lies in the workspace. Raises ObjectCorrupt.

    A link to the cache's file is that file, which the manifest has proven already; what is not
    in the workspace was read by nobody.
    """
    files = [
        artifact
        for artifact in manifest.stored
        if not artifact.is_listing and not _is_cached(artifact, workspace, cache)
    ]
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        list(pool.map(lambda artifact: _check(artifact, workspace), files))


def _is_cached(artifact: Artifact, workspace: Path, cache: DvcCache) -> bool:
    try:
        return (workspace / artifact.path).samefile(cache.path(artifact.md5))
    except FileNotFoundError:
        return False


def _check(artifact: Artifact, workspace: Path) -> None:
    path = workspace / artifact.path
    needed = wanted(artifact)
    try:
        found = digest_file(path)
    except FileNotFoundError:
        return
    except InvalidArtifact as error:
        raise ObjectCorrupt(artifact.path, str(workspace), told(needed), error.reason) from error
    if found != needed:
        raise ObjectCorrupt(artifact.path, str(workspace), told(needed), told(found))
