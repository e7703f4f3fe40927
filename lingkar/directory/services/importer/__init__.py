"""Services and their transactions from a sheet: what each line means against what is there, and writing it."""

from lingkar.directory.services.importer.catalogue import Services
from lingkar.directory.services.importer.transactions import ServiceTransactions
from lingkar.foundation.imports.registry import register

SERVICES, SERVICE_TRANSACTIONS = Services(), ServiceTransactions()
register(SERVICES)
register(SERVICE_TRANSACTIONS)
