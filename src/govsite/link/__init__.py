"""Stage: references to relations, both ways; validity."""
