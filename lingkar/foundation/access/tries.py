"""How often somebody may try. Pure: the clock is an argument, nothing is stored outside this process's memory.

Who tries is known by a keyed digest under a key that is made at start-up and never leaves the process: the address
itself is neither kept nor written anywhere.
"""

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address
from threading import Lock

SALT = secrets.token_bytes(32)
IPV6_HOUSEHOLD = 64
"""Bits of an IPv6 address that belong to one customer; the rest the customer changes at will."""


@dataclass
class Limit:
    """A bucket of ``burst`` tries per client that fills again by one every ``seconds``.

    At most ``most`` clients are remembered; the one that tried longest ago is forgotten first, which gives it a full
    bucket again. Each process counts for itself.
    """

    burst: int
    seconds: float
    most: int = 20_000
    _filled: "OrderedDict[str, float]" = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def take(self, client: str, *, now: float) -> float:
        """Spend one try of ``client`` and answer 0, or spend nothing and answer how many seconds are left to wait."""
        with self._lock:
            full_at = max(self._filled.get(client, now), now)
            wait = full_at - now - (self.burst - 1) * self.seconds
            if wait > 0:
                return wait
            self._keep(client, full_at + self.seconds)
            return 0

    def give_back(self, client: str) -> None:
        """The last try of ``client`` shall not count."""
        with self._lock:
            if client in self._filled:
                self._filled[client] -= self.seconds

    def _keep(self, client: str, full_at: float) -> None:
        """When the client's bucket is full again is the one number that a bucket needs."""
        self._filled[client] = full_at
        self._filled.move_to_end(client)
        if len(self._filled) > self.most:
            self._filled.popitem(last=False)


FILES = Limit(burst=30, seconds=10)
"""Files that are made for whoever asks (sheets, posters), all together: half an hour of a busy visitor in one go."""

PAPERS = Limit(burst=12, seconds=20)
"""Papers that are set anew for each request (certificates, minutes): each costs a quarter of a second of a core."""


def pseudonym(address: str) -> str:
    """What stands for a client while this process runs. An IPv6 address counts with its whole /64."""
    return blake2b(_household(address).encode(), key=SALT, digest_size=16).hexdigest()


def _household(address: str) -> str:
    try:
        parsed = ip_address(address.strip())
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        parsed = parsed.ipv4_mapped or IPv6Address(int(parsed) >> IPV6_HOUSEHOLD << IPV6_HOUSEHOLD)
    return str(parsed)
