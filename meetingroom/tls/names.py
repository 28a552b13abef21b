"""The names and addresses a server is reached by in its network, and what its authority may vouch for: nothing else."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
WIDEST = {4: 8, 6: 32}  # bits of a network that still may be called local


class Unnameable(Exception):
    """What was given is neither a name, nor an address, nor a network; the text says which."""


@dataclass(frozen=True, slots=True)
class Names:
    """`hosts` and `addresses` stand in the server's certificate; `networks` only in what the authority may vouch for, so
    that a server may move inside its network without every tablet being visited again."""

    hosts: tuple[str, ...]
    addresses: tuple[Address, ...]
    networks: tuple[Network, ...]

    @classmethod
    def read(cls, given: Sequence[str]) -> Names:
        """`hop.tinh.local 192.168.1.10 192.168.1.0/24`. Raises Unnameable."""
        hosts: list[str] = []
        addresses: list[Address] = []
        networks: list[Network] = []
        for text in given:
            if "/" in text:
                networks.append(_network(text))
            elif (address := _address(text)) is not None:
                addresses.append(address)
            else:
                hosts.append(_host(text))
        if not hosts and not addresses:
            raise Unnameable("no name or address of the server is given")
        return cls(tuple(hosts), tuple(addresses), tuple(networks))

    @property
    def permitted(self) -> tuple[Network, ...]:
        """The networks, and the addresses that lie in none of them."""
        single = [address for address in self.addresses if not any(address in network for network in self.networks)]
        return (*self.networks, *(ipaddress.ip_network(address) for address in single))

    def __str__(self) -> str:
        return ", ".join((*self.hosts, *map(str, self.addresses)))


def _address(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _network(text: str) -> Network:
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError as error:
        raise Unnameable(f"{text} is not a network") from error
    if network.prefixlen < WIDEST[network.version]:
        raise Unnameable(f"{text} is wider than a local network")
    return network


def _host(text: str) -> str:
    """A name in ASCII with two labels at least: `local` alone would let the authority vouch for all of them."""
    name = text.lower().rstrip(".")
    labels = name.split(".")
    if len(name) > 253 or not all(LABEL.fullmatch(label) for label in labels) or labels[-1].isdigit():
        raise Unnameable(f"{text} is not a host name")
    if len(labels) < 2 and name != "localhost":
        raise Unnameable(f"{text} is too short a name; give it with its domain, as in {text}.local")
    return name
