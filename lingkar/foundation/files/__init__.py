"""Files that people send: looked into, made harmless, kept private."""
