"""The road: load → validate → assemble → link → render → index → check → write. The one room that knows all stages."""
