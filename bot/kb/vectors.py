"""Sentence vectors of documents, kept by what they are made of: a text is encoded once."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.nlu.encoder import Encoder, Vectors


def encoded(texts: Sequence[str], encoder: Encoder, home: Path | None) -> Vectors:
    """Give the vectors of texts, from the cache in `home/cache` where they are known; None keeps nothing."""
    keys = [_key(text, encoder) for text in texts]
    file = home / "cache" / "kb-vectors.npz" if home else None
    known = _stored(file) if file else {}
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if missing:
        known.update(zip(missing, encoder.encode(list(missing.values())), strict=True))
        if file:
            _store(file, {key: known[key] for key in dict.fromkeys(keys)})
    return np.stack([known[key] for key in keys]) if keys else np.zeros((0, 512), dtype=np.float32)


def _key(text: str, encoder: Encoder) -> str:
    return hashlib.sha256(f"{encoder.name}\0{text}".encode("utf-8", errors="replace")).hexdigest()[:24]


def _stored(file: Path) -> dict[str, Vectors]:
    try:
        with np.load(file, allow_pickle=False) as held:
            return dict(zip((str(key) for key in held["keys"]), held["vectors"], strict=True))
    except (OSError, ValueError, KeyError):
        return {}


def _store(file: Path, vectors: dict[str, Vectors]) -> None:
    """Write the file whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part.npz")
    np.savez(part, keys=np.array(list(vectors)), vectors=np.stack(list(vectors.values())))
    part.replace(file)
