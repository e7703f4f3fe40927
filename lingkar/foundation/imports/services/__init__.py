"""Begin, confirm, cancel, carry out and forget imports."""

from lingkar.foundation.imports.services.applying import apply_import
from lingkar.foundation.imports.services.direct import Direct, run_file
from lingkar.foundation.imports.services.purging import purge
from lingkar.foundation.imports.services.reading import read_import
from lingkar.foundation.imports.services.starting import (
    confirm_import,
    drop_import,
    resume_import,
    start_import,
    stop_import,
)

__all__ = (
    "Direct",
    "apply_import",
    "confirm_import",
    "drop_import",
    "purge",
    "read_import",
    "resume_import",
    "run_file",
    "start_import",
    "stop_import",
)
