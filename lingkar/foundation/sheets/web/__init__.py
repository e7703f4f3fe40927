"""Every list can be taken along: ``?unduh=xlsx`` or ``?unduh=csv`` at the address of the list, filters and all."""

from lingkar.foundation.sheets.web.export import busy, export, wanted
from lingkar.foundation.sheets.web.sentences import sentence

__all__ = ("busy", "export", "sentence", "wanted")
