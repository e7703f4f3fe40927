"""Tell people: inside the application, and by letters that go out through a channel."""

from lingkar.foundation.notify.notices import letter, notice

__all__ = ["letter", "notice"]
