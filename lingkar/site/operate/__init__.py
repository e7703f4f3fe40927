"""Running an installation: supervisor, health, doctor, backup and the operator's page."""
