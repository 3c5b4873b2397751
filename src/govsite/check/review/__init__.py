"""三审三校 and 保密审查: what was approved is what goes out."""
