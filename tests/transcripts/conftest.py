"""The option that writes golden conversations anew."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest tests/transcripts --update-transcripts`: what the bot says is rewritten, `expect:` lines never."""
    parser.addoption("--update-transcripts", action="store_true", help="write what the bot says today")


@pytest.fixture(scope="session")
def update_transcripts(request: pytest.FixtureRequest) -> bool:
    """Whether golden conversations are written anew."""
    return bool(request.config.getoption("--update-transcripts", default=False))
