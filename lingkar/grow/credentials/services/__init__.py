"""Issue and revoke certificates, credit hours, write down what the IP ASN asks about, print."""

from lingkar.grow.credentials.rules.papers import NewCertificate
from lingkar.grow.credentials.services.facts import PastRating, lift, punish, rate, rate_many
from lingkar.grow.credentials.services.hours import NewHours, credit, strike
from lingkar.grow.credentials.services.papers import issue, revoke
from lingkar.grow.credentials.services.printing import print_next, render

__all__ = (
    "NewCertificate",
    "NewHours",
    "PastRating",
    "credit",
    "issue",
    "lift",
    "print_next",
    "punish",
    "rate",
    "rate_many",
    "render",
    "revoke",
    "strike",
)
