"""The only room that goes out: an edition to the places where people read it, whole or not at all."""
