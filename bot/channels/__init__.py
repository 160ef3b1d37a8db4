"""The channels people write on; none knows another."""
