"""What views of other modules need of files: ``serve`` and ``sentence``. No routes."""

from lingkar.foundation.files.web.sentences import sentence
from lingkar.foundation.files.web.serving import serve

__all__ = ["sentence", "serve"]
