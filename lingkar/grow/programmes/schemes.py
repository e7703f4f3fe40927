"""Schemes as they are kept (JSON) and as they ship (TOML)."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from lingkar.foundation.refusals import Refused
from lingkar.grow.programmes import rules
from lingkar.grow.programmes.rules import Scheme

SHIPPED = Path(__file__).parent / "types"


@dataclass(frozen=True)
class Shipped:
    """A kind of programme that comes with the product."""

    code: str
    name: str
    scheme: Scheme


def read(data: Mapping[str, Any]) -> Scheme:
    """A scheme from its data. ``Refused`` when it has another shape or cannot work."""
    try:
        scheme = msgspec.convert(data, Scheme, strict=False)
    except msgspec.ValidationError:
        raise Refused("programmes.scheme_unreadable") from None
    rules.check_scheme(scheme)
    return scheme


def kept(scheme: Scheme) -> dict[str, Any]:
    """A scheme as its row keeps it."""
    data: dict[str, Any] = msgspec.to_builtins(scheme)
    return data


def shipped() -> Iterator[Shipped]:
    """Every kind that ships."""
    for path in sorted(SHIPPED.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        yield Shipped(data["code"], data["name"], read(data["scheme"]))
