"""Facts in the past tense, and the jobs that carry them upwards.

A module publishes an event inside its transaction; modules above subscribe. Each (event, subscriber) pair is one job,
written in the same transaction: an effect is neither lost nor promised before the commit.
"""
