"""The pure core: what was said, what is known, what to do next. Standard library only."""
