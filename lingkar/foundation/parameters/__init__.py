"""Numbers of law as dated, sourced rows. A module declares its own in ``parameters.py`` with ``spec``."""

from lingkar.foundation.parameters.registry import Spec, spec

__all__ = ["Spec", "spec"]
