"""Which addresses of the network may be connected to: those that anybody on the internet can reach.

A link comes from whoever writes a post, and our servers stand inside the council's network. So a
link is resolved here, every address that its name has is looked at, and the connection is made to
the address that was looked at: a name that answers differently the second time changes nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], list[str]]
"""From a name and a port to its addresses, as text. Raises OSError where it has none."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SPECIAL = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "2001::/23")))
"""Set aside in IANA's registries of special purposes; the library calls parts of them global."""


class NotPublic(Exception):
    """The name leads, or could lead, to an address that is not on the public internet."""


def resolve(name: str, port: int) -> list[str]:
    """The addresses of a name as the system knows them."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def public_address(name: str, port: int, resolver: Resolver = resolve) -> str:
    """One address of `name` to connect to. Raises NotPublic unless all of them are public, and
    OSError where it has none.
    """
    found = resolver(name, port)
    if not found:
        raise OSError(f"{name} has no address.")
    if not all(is_public(address) for address in found):
        raise NotPublic(f"{name} is an address inside a private network.")
    # Most council networks have no IPv6 yet.
    return min(found, key=lambda address: ":" in address)


def is_public(text: str) -> bool:
    """Whether it is an address on the public internet: not loopback, private, shared, link-local
    (where clouds keep their metadata), multicast or reserved, nor one of those in the clothes of
    IPv6.
    """
    try:
        address: Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if any(address in network for network in _SPECIAL if network.version == address.version):
        return False
    return all(is_public(str(inner)) for inner in _inside(address))


def _inside(address: Address) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses to which an IPv6 one can be translated on its way."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    teredo = address.teredo or ()
    inside = [address.ipv4_mapped, address.sixtofour, *teredo]
    if address in _NAT64:
        inside.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [inner for inner in inside if inner is not None]
