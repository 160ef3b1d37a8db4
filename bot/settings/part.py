"""What every table of guichet.toml is."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A table of guichet.toml: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
