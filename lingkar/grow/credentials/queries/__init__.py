"""Questions about certificates, hours of learning and the IP ASN."""

from lingkar.grow.credentials.queries.hours import HoursLine, entries_of, jp_of, jp_of_many
from lingkar.grow.credentials.queries.index import (
    IndexSeen,
    Standing,
    index_seen_by,
    ip_asn_of,
    ip_asn_of_many,
    own_standing,
    points_available,
    standing_of,
)
from lingkar.grow.credentials.queries.papers import (
    Paper,
    Verified,
    bundle_file,
    bundle_of,
    certificate_seen_by,
    certificates_of,
    counted_for,
    given_for,
    given_to,
    issued,
    last_signer,
    verify,
)
from lingkar.grow.credentials.queries.seen import PunishmentLine, RatingLine
from lingkar.grow.credentials.queries.told import Written, written_of

__all__ = (
    "HoursLine",
    "IndexSeen",
    "Paper",
    "PunishmentLine",
    "RatingLine",
    "Standing",
    "Verified",
    "Written",
    "bundle_file",
    "bundle_of",
    "certificate_seen_by",
    "certificates_of",
    "counted_for",
    "entries_of",
    "given_for",
    "given_to",
    "index_seen_by",
    "ip_asn_of",
    "ip_asn_of_many",
    "issued",
    "jp_of",
    "jp_of_many",
    "last_signer",
    "own_standing",
    "points_available",
    "standing_of",
    "verify",
    "written_of",
)
