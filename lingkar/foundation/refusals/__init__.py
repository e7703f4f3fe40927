"""A refusal: a rule said no, and can say why. Pure Python, so that ``rules.py`` may raise it."""


class Refused(Exception):  # noqa: N818  (a refusal is an answer, not a fault)
    """A request that a rule turned down.

    ``code`` names the rule (``"reports.proof_required"``); ``details`` are the facts that the sentence shown to
    the person may need. The web layer of the module that owns the code turns it into that sentence.
    """

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details
