"""A fictional city to try everything on. Names, codes and people are invented; NIPs are valid in form only."""
