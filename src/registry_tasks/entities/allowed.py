"""Where events may go: to the internet, and to what is allowed by name besides."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final, NamedTuple, Self
from urllib.parse import urlsplit

from registry_tasks.entities.errors import InvalidSetting

RECEIVERS: Final = "REGISTRY_ALLOWED_RECEIVERS"
_FORM: Final = "write https://host/path"
_WAY: Final = f"or let {RECEIVERS} name it"
_LONGEST: Final = 2000
_NAT64: Final = IPv6Network("64:ff9b::/96")
_COMPATIBLE: Final = IPv6Network("::/96")
_NOT_PUBLIC: Final = tuple(
    ip_network(text)
    for text in ("192.0.0.0/24", "168.63.129.16/32", "64:ff9b:1::/48", "2001::/23", "2002::/16")
)
"""What not every Python knows to be special, or leads elsewhere; the second one is Azure's own."""

Address = IPv4Address | IPv6Address


class Allowed(NamedTuple):
    """Networks and host names to which events may go, also without encryption."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    hosts: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``10.1.0.0/16, hooks.internal``. Raises InvalidSetting."""
        networks, hosts = [], set()
        for word in text.replace(",", " ").split():
            try:
                networks.append(ip_network(word))
            except ValueError as error:
                if "/" in word or ":" in word:
                    raise InvalidSetting(RECEIVERS, word[:120], f"{error}") from None
                hosts.add(word.lower().rstrip("."))
        return cls(tuple(networks), frozenset(hosts))

    def may_call(self, host: str, address: str) -> bool:
        """Whether events may go to a host at an IP address."""
        found = _address(address)
        if found is None:
            return False
        inner = _inner(found)
        return self._names(host, found) or self._names(host, inner) or _is_public(inner)

    def check_url(self, url: str) -> str:
        """Return what may be shown of a webhook's URL. Raises InvalidSetting, which shows no more."""
        if not (url.isascii() and url.isprintable() and len(url) <= _LONGEST) or {" ", "#"} & {
            *url
        }:
            raise InvalidSetting("to", "", "write a URL in ASCII, without spaces and without #")
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").rstrip("."), parts.port
        except ValueError:
            raise InvalidSetting("to", "", _FORM) from None
        if parts.scheme not in ("https", "http") or not host:
            raise InvalidSetting("to", "", _FORM)
        if parts.username is not None:
            raise InvalidSetting("to", "", "leave user and password out: messages are signed")
        literal = _address(host)
        if literal is not None and not self.may_call(host, host):
            raise InvalidSetting("to", host, f"write an address of the internet, {_WAY}")
        if parts.scheme == "http" and not self._names(host, literal):
            raise InvalidSetting("to", host, f"write https://, {_WAY}")
        written = f"[{host}]" if ":" in host else host
        return f"{parts.scheme}://{written}" + (f":{port}" if port else "")

    def _names(self, host: str, address: Address | None) -> bool:
        inside = address is not None and any(address in network for network in self.networks)
        return inside or host.lower().rstrip(".") in self.hosts


NONE: Final = Allowed()


def _address(text: str) -> Address | None:
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        return None


def _is_public(address: Address) -> bool:
    local = address.is_multicast or address.is_reserved or address.is_unspecified
    special = any(address in network for network in _NOT_PUBLIC)
    return address.is_global and not local and not special


def _inner(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one leads to, where it does."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped or address in _NAT64 or address in _COMPATIBLE:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address
