"""The list of responses that packs must have is the list that the engine says."""

import ast
import re

from bot.packs.responses import required
from tests.support.needs import ROOT


def said_by_the_engine():
    """Whole response names in the code of the dialog core; names put together from parts are left out."""
    for file in (ROOT / "bot" / "dialog").glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            match node:
                case ast.Constant(value=str(name)) if id(node) not in parts and re.fullmatch(r"utter_[a-z_]+", name):
                    yield name


def test_every_response_that_the_engine_says_is_required_of_packs():
    assert set(said_by_the_engine()) - set(required()) == set()
