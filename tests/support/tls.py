"""A PostgreSQL server with TLS and an authority of its own."""

import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_SSL_REQUEST: Final = bytes.fromhex("0000000804d2162f")
_DEBIAN: Final = Path("/usr/lib/postgresql")


class Authority:
    """Signs certificates of servers; ``certificate`` is what clients are told to trust."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._key = folder, ec.generate_private_key(ec.SECP256R1())
        self._name = _named(name)
        made = _builder(self._name, self._name, self._key).add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )
        self.certificate = folder / f"{name}.crt"
        self.certificate.write_bytes(_pem(made.sign(self._key, hashes.SHA256())))

    def server(self, *hosts: str) -> tuple[Path, Path]:
        """Return the files of a certificate for these names and addresses, and of its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = _builder(_named(hosts[0]), self._name, key).add_extension(
            x509.SubjectAlternativeName([_host(host) for host in hosts]), critical=False
        )
        files = self._folder / "server.crt", self._folder / "server.key"
        files[0].write_bytes(_pem(made.sign(self._key, hashes.SHA256())))
        files[1].write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return files


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _host(host: str) -> x509.GeneralName:
    return x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def debian_programs() -> Path | None:
    """Where Debian's newest PostgreSQL has its programs, None if it is not installed."""
    found = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def debian_server(programs: Path, certificate: Path, key: Path) -> Iterator[int]:
    """Run Debian's PostgreSQL with TLS on loopback; gives its port. It refuses to run as root."""
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="registry-tls-"))
    data = folder / "data"

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", str(data), *arguments]
        subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)

    try:
        for source, name in ((certificate, "server.crt"), (key, "server.key")):
            shutil.copyfile(source, folder / name)
            (folder / name).chmod(0o600)
        if user:
            for path in (folder, *folder.iterdir()):
                shutil.chown(path, user)
        run("initdb", "--auth=trust", "--username=postgres", "--no-sync")
        (data / "pg_hba.conf").write_text("hostssl all all 127.0.0.1/32 trust\n")
        port = _free_port()
        options = {
            "port": port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": folder,
            "ssl": "on",
            "fsync": "off",
            "ssl_cert_file": folder / "server.crt",
            "ssl_key_file": folder / "server.key",
        }
        set_ = " ".join(f"-c {name}={value}" for name, value in options.items())
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", set_, "start")
        try:
            yield port
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


@contextmanager
def in_front_of(url: str, certificate: Path, key: Path) -> Iterator[int]:
    """Speak TLS on a loopback port for a server that cannot; gives the port."""
    upstream = sa.make_url(url)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        with suppress(OSError):  # closed
            while True:
                client, _ = listener.accept()
                threading.Thread(target=serve, args=(client,), daemon=True).start()

    def serve(client: socket.socket) -> None:
        with suppress(OSError), client:
            if client.recv(8) != _SSL_REQUEST:
                return  # who speaks plainly is not listened to
            client.sendall(b"S")
            with context.wrap_socket(client, server_side=True) as secure, _dial(upstream) as server:
                back = threading.Thread(target=hand_on, args=(server, secure), daemon=True)
                back.start()
                hand_on(secure, server)
                with suppress(OSError):
                    server.shutdown(socket.SHUT_RDWR)
                back.join()

    def hand_on(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _dial(upstream: sa.URL) -> socket.socket:
    folder = upstream.query.get("host")
    if not isinstance(folder, str):
        return socket.create_connection((upstream.host or "localhost", upstream.port or 5432))
    server = socket.socket(socket.AF_UNIX)
    server.connect(f"{folder}/.s.PGSQL.{upstream.port or 5432}")
    return server


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port
