"""Ceph's object gateway on one node: an S3 server that keeps to the protocol, for `make gate`.

Debian: apt-get install -y --no-install-recommends radosgw ceph-mon ceph-mgr ceph-osd ceph-common
ceph-base
"""

import os
import shutil
import socket
import subprocess
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Final

from support.s3 import KEY, SECRET, S3Server

PROGRAMS: Final = (
    *("radosgw", "radosgw-admin", "ceph", "ceph-mon", "ceph-mgr", "ceph-osd"),
    *("ceph-authtool", "monmaptool"),
)
_NOT_YET: Final = "problem getting command descriptions"
"""What a monitor answers now and then on a busy machine, before it knows its commands."""
_ORDERED: Final = 10
"""How often at most it is given an order that it answers so."""
PACKAGES: Final = "radosgw ceph-mon ceph-mgr ceph-osd ceph-common ceph-base"

_CONFIGURATION = """
[global]
fsid = {cluster}
mon_initial_members = one
mon_host = [v1:127.0.0.1:{monitor}]
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
keyring = {folder}/keyring
run_dir = {folder}
admin_socket = {folder}/$name.asok
log_file = {folder}/$name.log
mon_data = {folder}/mon
mgr_data = {folder}/mgr
osd_data = {folder}/osd
osd_objectstore = bluestore
osd_memory_target = 939524096
osd_crush_chooseleaf_type = 0
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 4
osd_pool_default_pgp_num = 4
mon_allow_pool_size_one = true
bluestore_block_create = true
bluestore_block_size = 2147483648
rgw_frontends = beast endpoint=127.0.0.1:{gateway}
rgw_data = {folder}/gateway
"""


def missing_programs() -> tuple[str, ...]:
    """Name what is not installed."""
    return tuple(name for name in PROGRAMS if shutil.which(name) is None)


class Radosgw:
    """A monitor, a manager, a store and a gateway, all on loopback and below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._gateway, self._monitor = _free_port(), _free_port()
        self._daemons: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def server(self) -> S3Server:
        """Where it listens."""
        return S3Server(f"http://127.0.0.1:{self._gateway}")

    def make(self) -> None:
        """Make an empty cluster, start it, and let the tests' key use it."""
        for name in ("mon", "mgr", "osd", "gateway"):
            (self.folder / name).mkdir(parents=True)
        cluster, store = str(uuid.uuid4()), str(uuid.uuid4())
        text = _CONFIGURATION.format(
            cluster=cluster, monitor=self._monitor, gateway=self._gateway, folder=self.folder
        )
        (self.folder / "ceph.conf").write_text(text)
        self._make_monitor(cluster)
        self._start("ceph-mon", "-i", "one")
        self._ceph("osd", "new", store)
        self._run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", store)
        self._start("ceph-osd", "-i", "0")
        self._ceph("osd", "crush", "add", "osd.0", "1.0", "host=here", "root=default")
        self._start("ceph-mgr", "-i", "one")
        self._start("radosgw", "-n", "client.rgw.one")
        self._wait()
        self._run(
            *("radosgw-admin", "user", "create", "--uid=tests", "--display-name=tests"),
            *(f"--access-key={KEY}", f"--secret={SECRET}"),
        )

    def kill(self) -> None:
        """End everything as a loss of power would."""
        for daemon in self._daemons.values():
            daemon.kill()
        for daemon in self._daemons.values():
            daemon.wait()
        self._daemons.clear()

    def start_again(self) -> None:
        """Start what was killed, over the same folder."""
        self._start("ceph-mon", "-i", "one")
        self._start("ceph-osd", "-i", "0")
        self._start("ceph-mgr", "-i", "one")
        self._start("radosgw", "-n", "client.rgw.one")
        self._wait()

    def stop_store(self, signal: int) -> None:
        """Send a signal to the daemon that writes to the disk."""
        self._daemons["ceph-osd"].send_signal(signal)

    def _make_monitor(self, cluster: str) -> None:
        keyring, monmap = str(self.folder / "keyring"), str(self.folder / "monmap")
        for name, allowed in (
            ("mon.", ("mon", "allow *")),
            ("client.admin", ("mon", "allow *", "osd", "allow *", "mgr", "allow *")),
        ):
            capabilities = [
                word
                for pair in zip(allowed[::2], allowed[1::2], strict=True)
                for word in ("--cap", *pair)
            ]
            create = ["--create-keyring"] if not os.path.exists(keyring) else []
            self._run("ceph-authtool", *create, keyring, "--gen-key", "-n", name, *capabilities)
        address = f"[v1:127.0.0.1:{self._monitor}]"
        self._run("monmaptool", "--create", "--addv", "one", address, "--fsid", cluster, monmap)
        self._run("ceph-mon", "-i", "one", "--mkfs", "--monmap", monmap, "--keyring", keyring)

    def _ceph(self, *arguments: str) -> None:
        """Give the cluster an order, none of which does more when given twice."""
        ordered = ("ceph", "--connect-timeout", "60", *arguments)
        for _ in range(_ORDERED - 1):
            try:
                return self._run(*ordered)
            except RuntimeError as error:
                if _NOT_YET not in str(error):
                    raise
            time.sleep(1)
        return self._run(*ordered)

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [program, "-c", str(self.folder / "ceph.conf"), *arguments]
            if program not in ("ceph-authtool", "monmaptool")
            else [program, *arguments],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{program} {arguments}: {done.stdout}{done.stderr}")

    def _start(self, program: str, *arguments: str) -> None:
        command = [program, "-c", str(self.folder / "ceph.conf"), "-f", *arguments]
        with (self.folder / f"{program}.out").open("ab") as said:
            self._daemons[program] = subprocess.Popen(command, stdout=said, stderr=said)

    def _wait(self) -> None:
        def answers() -> bool:
            # On a busy machine it may speak before it has heard which cluster it is in: "wrong fsid".
            if self._daemons["ceph-osd"].poll() is not None:
                self._start("ceph-osd", "-i", "0")
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", self._gateway)) == 0

        _until(answers, 120)


def _until(holds: Callable[[], bool], within_s: float) -> None:
    ends = time.monotonic() + within_s
    while not holds():
        if time.monotonic() > ends:
            raise RuntimeError(f"radosgw did not come up within {within_s} s")
        time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
