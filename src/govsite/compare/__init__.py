"""Two states of a site to what differs between them. Nothing is read here and no word is chosen."""
