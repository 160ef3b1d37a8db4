"""The command line: one verb each; parse, call the house, print."""

from .frame import main

__all__ = ["main"]
