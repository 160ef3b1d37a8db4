"""Training phrases are read from Rasa's format and from JSON Lines, and every fault is named."""

from pathlib import Path

from bot.nlu.phrases import Phrase, read_phrases

RASA = """version: "3.1"
nlu:
- intent: vpn
  examples: |
    - my [forti]{"entity": "application", "value": "FortiClient"} is down
    - the [tunnel](thing) drops
- intent: faq/opening
  examples:
  - text: when are you open
- synonym: wifi
  examples: |
    - wireless
    - sans fil
- regex: order
  examples: |
    - \\d{7}
- lookup: site
  examples: |
    - Lyon
"""


def test_rasas_format_is_read_without_its_markup(tmp_path: Path) -> None:
    file = tmp_path / "nlu.en.yml"
    file.write_text(RASA, encoding="utf-8")
    read = read_phrases([file])
    assert read.faults == ()
    assert read.phrases == (
        Phrase("my forti is down", "vpn", "en"),
        Phrase("the tunnel drops", "vpn", "en"),
        Phrase("when are you open", "faq", "en"),
    )
    assert read.synonyms == {"forti": "FortiClient", "wireless": "wifi", "sans fil": "wifi"}


def test_json_lines_are_read(tmp_path: Path) -> None:
    file = tmp_path / "phrases.jsonl"
    file.write_text('{"text": "mon vpn", "intent": "vpn", "lang": "fr"}\n\n{"text": "x"}\nnonsense\n', encoding="utf-8")
    read = read_phrases([file])
    assert read.phrases == (Phrase("mon vpn", "vpn", "fr"),)
    assert [fault.line for fault in read.faults] == [3, 4]


def test_every_fault_is_named_with_its_line(tmp_path: Path) -> None:
    bad, worse = tmp_path / "bad.yml", tmp_path / "worse.yml"
    bad.write_text("nlu:\n- intent: vpn\n- story: x\n  examples: |\n    - a\n", encoding="utf-8")
    worse.write_text("nlu: [\n", encoding="utf-8")
    faults = read_phrases([bad, worse, tmp_path / "none.yml"]).faults
    assert [(Path(fault.file).name, fault.line) for fault in faults] == [
        ("bad.yml", 2),
        ("bad.yml", 3),
        ("worse.yml", 2),
        ("none.yml", 0),
    ]
    assert all(fault.mend for fault in faults)
