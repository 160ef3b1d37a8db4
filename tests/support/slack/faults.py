"""What goes wrong on the platform when a test says so."""

from dataclasses import dataclass, field


@dataclass
class Faults:
    """Faults in force; all are off at first."""

    retry_after: int = 1  # seconds, while a flood lasts
    floods: dict[str, int] = field(default_factory=dict)  # calls still refused, by method; "*" is any
    lost: dict[str, int] = field(default_factory=dict)  # calls done but not answered, by method
    broken: dict[str, list[str]] = field(default_factory=dict)  # errors to answer next, by method
    down: bool = False  # 503 to everything
    slow: float = 0.0  # seconds before each answer
    bad_signature: bool = False

    @staticmethod
    def take(counts: dict[str, int], method: str) -> bool:
        """Use up one of the counted faults for this method, if any is left."""
        for key in (method, "*"):
            if counts.get(key, 0) > 0:
                counts[key] -= 1
                return True
        return False
