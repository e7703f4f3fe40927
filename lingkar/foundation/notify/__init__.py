"""Tell people: inside the application, and by letters that go out through a channel."""

from lingkar.foundation.notify.notices import notice

__all__ = ["notice"]
