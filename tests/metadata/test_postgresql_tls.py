"""TLS as libpq knows it, by URL or by its own variables: the right server is let in, no other."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.databases import Postgres
from support.tls import Authority, debian_programs, debian_server, in_front_of

from registry_tasks.entities.errors import StoreUnreachable
from registry_tasks.stores.metadata.store import MetadataStore

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"), "ours")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("stranger"), "theirs")


@pytest.fixture(scope="module", params=["a server behind TLS", "Debian's own TLS"])
def url(request: pytest.FixtureRequest, authority: Authority, postgres: Postgres) -> Iterator[str]:
    """A store's URL on a server whose certificate is for ``localhost`` only."""
    certificate, key = authority.server("localhost")
    if request.param == "a server behind TLS":
        database = postgres.empty()
        with in_front_of(database, certificate, key) as port:
            made = sa.make_url(database)._replace(host="localhost", port=port, query={})
            yield made.set(password="s3cret").render_as_string(hide_password=False)
        return
    programs = debian_programs()
    if programs is None:
        pytest.skip("needs a PostgreSQL that was built with TLS: apt-get install postgresql")
    with debian_server(programs, certificate, key) as port:
        admin = sa.create_engine(
            f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres",
            isolation_level="AUTOCOMMIT",
            poolclass=sa.NullPool,
        )
        with admin.connect() as connection:
            connection.exec_driver_sql("ALTER ROLE postgres SET registry.durability = 'relaxed'")
        yield f"postgresql+psycopg://postgres:s3cret@localhost:{port}/postgres"


def with_tls(url: str, host: str = "localhost", **query: str | Path) -> MetadataStore:
    address = sa.make_url(url).set(host=host)
    address = address.update_query_dict({name: str(value) for name, value in query.items()})
    return MetadataStore(address.render_as_string(hide_password=False))


def check_works(store: MetadataStore) -> None:
    with store.writing("ada") as tx:
        tx.commit()
    store.close()


def refusal(store: MetadataStore) -> str:
    with pytest.raises(StoreUnreachable) as caught, store.writing("ada"):
        pass
    assert "s3cret" not in str(caught.value)
    store.close()
    return str(caught.value)


def test_the_right_server_is_let_in(url: str, authority: Authority) -> None:
    check_works(with_tls(url, sslmode="verify-full", sslrootcert=authority.certificate))


def test_the_environment_of_libpq_counts(
    url: str, authority: Authority, stranger: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    monkeypatch.setenv("PGSSLROOTCERT", str(authority.certificate))
    check_works(with_tls(url))
    monkeypatch.setenv("PGSSLROOTCERT", str(stranger.certificate))
    assert "certificate verify failed" in refusal(with_tls(url))


def test_a_server_of_another_authority_is_refused(url: str, stranger: Authority) -> None:
    said = refusal(with_tls(url, sslmode="verify-full", sslrootcert=stranger.certificate))
    assert "certificate verify failed" in said
    assert "correct REGISTRY_STORE" in said


def test_a_certificate_for_another_host_is_refused(url: str, authority: Authority) -> None:
    root = authority.certificate
    said = refusal(with_tls(url, "127.0.0.1", sslmode="verify-full", sslrootcert=root))
    assert 'does not match host name "127.0.0.1"' in said
    check_works(with_tls(url, "127.0.0.1", sslmode="verify-ca", sslrootcert=root))


def test_an_authority_that_is_not_there_is_said(url: str, tmp_path: Path) -> None:
    missing = tmp_path / "missing.crt"
    said = refusal(with_tls(url, sslmode="verify-full", sslrootcert=missing))
    assert "missing.crt" in said


def test_a_connection_without_tls_is_refused_by_a_server_that_wants_it(url: str) -> None:
    refusal(with_tls(url, sslmode="disable"))


def test_a_network_that_is_gone_is_noticed_in_a_minute(url: str, authority: Authority) -> None:
    """Unless the URL says otherwise; the kernel is asked what holds for our socket."""
    options = {"sslmode": "verify-full", "sslrootcert": authority.certificate}
    assert limits(with_tls(url, **options)) == (60_000, 30)
    told = {"tcp_user_timeout": "5000", "keepalives_idle": "7"}
    assert limits(with_tls(url, **options, **told)) == (5000, 7)


def limits(store: MetadataStore) -> tuple[int, int]:
    """TCP_USER_TIMEOUT in milliseconds and TCP_KEEPIDLE in seconds of a store's connection."""
    with store.writing("ada") as tx:
        driver = tx.connection.connection.driver_connection
        assert driver is not None
        with socket.socket(fileno=os.dup(driver.fileno())) as copy:
            names = socket.TCP_USER_TIMEOUT, socket.TCP_KEEPIDLE
            user, idle = (copy.getsockopt(socket.IPPROTO_TCP, name) for name in names)
    store.close()
    return user, idle
