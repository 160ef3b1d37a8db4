"""The understander that ships, made once for all tests."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.nlu.encoder import Encoder
from bot.nlu.encoders import load_encoders
from bot.nlu.pipeline import Pipeline, build
from bot.ports.understander import Hints

LIBRARY = Path(__file__).parents[2] / "bot" / "flows" / "library"


@pytest.fixture(scope="session")
def training_files() -> list[Path]:
    """The training phrases that ship."""
    return sorted(LIBRARY.glob("*/nlu/*.yml"))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose cache keeps the trained model for the session."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def encoder(home: Path) -> Encoder:
    """The default sentence encoder."""
    return load_encoders(cache=home / "cache").found[0]


@pytest.fixture(scope="session")
def pipeline(training_files: list[Path], home: Path, encoder: Encoder) -> Pipeline:
    """The understander that ships."""
    return build(training_files, home, (encoder,))


@pytest.fixture
def hints() -> Hints:
    """A French conversation on a Monday morning."""
    return Hints(datetime.fromisoformat("2026-01-05T09:00+01:00"), lang="fr")
