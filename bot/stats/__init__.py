"""Figures that can be defended: what became of each request."""
