"""What earlier builds found (缓存): kept under digests, checked when read, thrown away when in doubt. Never pickles."""
