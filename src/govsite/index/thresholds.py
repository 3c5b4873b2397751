"""From how many documents on a pair is common and a character has a list of its own."""

from __future__ import annotations

__all__ = ["is_common", "is_everywhere", "round_documents"]


def is_common(found_in: int, documents: int) -> bool:
    """Tell whether a pair found in so many documents is common: triples are listed where both their pairs are."""
    return found_in >= max(24, round_documents(documents) // 5)


def is_everywhere(postings: int, documents: int) -> bool:
    """Tell whether a character whose pairs have so many postings together gets a list of its own."""
    return postings >= max(600, 6 * round_documents(documents))


def round_documents(documents: int) -> int:
    """Keep four significant bits: a document that comes moves no threshold as a rule."""
    spare = max(0, documents.bit_length() - 4)
    return documents >> spare << spare
