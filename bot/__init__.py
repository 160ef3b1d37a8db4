"""Guichet: the first line of a support desk."""
