"""The token of forms against forged requests: Django's, made of one draw of chance instead of one for each letter.

Django checks it. Each page masks the secret of the cookie anew, so that compressing a page does not tell it.
"""

import secrets

from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS as LETTERS
from django.middleware.csrf import CSRF_SECRET_LENGTH

PLACES = {letter: place for place, letter in enumerate(LETTERS)}
POSSIBLE = len(LETTERS) ** CSRF_SECRET_LENGTH


def token_for(request: HttpRequest) -> str:
    """What ``django.middleware.csrf.get_token`` answers: the secret of the cookie, a new one if there is none, masked.

    The cookie is sent again, so that it lives as long as somebody works.
    """
    if "CSRF_COOKIE" not in request.META:
        request.META["CSRF_COOKIE"] = "".join(LETTERS[place] for place in _chance())
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True
    return masked(request.META["CSRF_COOKIE"])


def masked(secret: str) -> str:
    """A mask, and the secret moved on by it."""
    many, mask = len(LETTERS), _chance()
    moved = [LETTERS[(PLACES[letter] + place) % many] for letter, place in zip(secret, mask, strict=True)]
    return "".join([*[LETTERS[place] for place in mask], *moved])


def _chance() -> list[int]:
    """As many places in the alphabet as a secret has letters, each as likely as any other."""
    drawn, found, many = secrets.randbelow(POSSIBLE), [], len(LETTERS)
    for _ in range(CSRF_SECRET_LENGTH):
        drawn, place = divmod(drawn, many)
        found.append(place)
    return found
