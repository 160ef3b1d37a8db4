"""Every kind of fault, shown once: the smallest change that makes it, and the mend that is named."""

import pytest

from bot.packs.check import check, default_policy
from bot.packs.pack import read_pack
from tests.support.packing import CODES, DOMAIN, FLOWS, write_pack

STEPS = FLOWS.index("    steps:")
HEAD = FLOWS[:STEPS]


def faults(tmp_path, **parts):
    """The faults of a pack; those of the engine's own responses are another test's."""
    pack = read_pack(write_pack(tmp_path / "small", **parts))
    return [fault for fault in check([pack], default_policy()) if "which the engine says" not in fault.fault]


def steps(text):
    return HEAD + "    steps:\n" + "".join(f"      {line}\n" for line in text.strip().split("\n"))


def test_a_pack_in_order_has_no_faults(tmp_path):
    assert faults(tmp_path) == []


FLOW_FAULTS = {
    "unknown flow key": (FLOWS.replace("team:", "taem:"), "unknown key 'taem' in a flow", "did you mean 'team'?"),
    "unsupported flow key": (
        FLOWS.replace("    team: network", "    block_digressions: true"),
        "unknown key 'block_digressions' in a flow",
        "leave it out",
    ),
    "no description": (
        FLOWS.replace("    description: The VPN does not connect.\n", ""),
        "a flow has no 'description'",
        "write `description: ...`",
    ),
    "no steps": (HEAD, "a flow has no 'steps'", "write `steps: ...`"),
    "empty steps": (HEAD + "    steps: []\n", "the flow has no steps", "write at least one"),
    "flow id": (FLOWS.replace("  vpn:", "  v p n:"), "'v p n' is no flow id", "use letters"),
    "no name": (FLOWS.replace("    name: {en: VPN, fr: VPN}\n", ""), "has no name", "write `name: {en: ..., fr: ...}`"),
    "name without French": (
        FLOWS.replace("{en: VPN, fr: VPN}", "{en: VPN}"),
        "has no 'fr'",
        "write `fr: ...`",
    ),
    "placeholder in a name": (FLOWS.replace("en: VPN,", "en: 'VPN {os}',"), "nothing fills in {os} here", "braces out"),
    "guard": (
        FLOWS.replace("    team:", "    if: 'slots.os ='\n    team:"),
        "if: position 11: a value is missing before the end",
        "write slots.x",
    ),
    "unknown team": (FLOWS.replace("team: network", "team: netwrok"), "no team 'netwrok'", "did you mean 'network'?"),
    "advice that needs a technician": (
        FLOWS.replace("    team:", "    meanwhile: vpn-admin\n    team:"),
        "article 'vpn-admin' needs admin and presence: nobody can do it alone",
        "hand over instead",
    ),
    "unknown advice": (
        FLOWS.replace("    team:", "    meanwhile: vpn-wiat\n    team:"),
        "no article 'vpn-wiat'",
        "did you mean 'vpn-wait'?",
    ),
    "unknown persisted slot": (
        FLOWS.replace("    team:", "    persisted_slots: [oss]\n    team:"),
        "no slot 'oss'",
        "'os'?",
    ),
    "unknown intent": (FLOWS.replace("intent: vpn", "intent: vnp"), "no intent with training data 'vnp'", "'vpn'?"),
    "threshold": (
        FLOWS.replace("intent: vpn", "intent: {name: vpn, confidence_threshold: high}"),
        "confidence_threshold must be a number from 0 to 1",
        "write 0.8",
    ),
    "not YAML": (FLOWS + "  x: [", "this is not YAML", "close the bracket"),
    "colon in a text": (FLOWS.replace("not connect.", "not: connect."), "this is not YAML", "put the text in quotes"),
    "tab": (FLOWS.replace("    team:", "\tteam:"), "this is not YAML", "indent with spaces"),
    "key twice": (FLOWS.replace("    team:", "    team: print\n    team:"), "'team' stands here twice", "keep one"),
    "alias": (
        FLOWS.replace("{en: VPN, fr: VPN}", "{en: &name VPN, fr: *name}"),
        "anchors and aliases are not supported",
        "write the text out",
    ),
    "empty file": ("# nothing\n", "the file is empty", "fill it or remove it"),
    "list for keys": ("flows: [vpn]\n", "flows must be keys and values", "write `key: value`"),
    "keys for a list": (steps("a: b").replace("      a: b", "      a: b"), "steps must be a list", "write `- ...`"),
    "list for a text": (FLOWS.replace("team: network", "team: [network]"), "team must be a text", "in one line"),
}
STEP_FAULTS = {
    "unknown kind": ("- colect: os", "a step of no known kind (colect)", "did you mean 'collect'?"),
    "two kinds": ("- collect: os\n  action: utter_ask_os", "one step is both collect and action", "make two steps"),
    "unknown step key": ("- collect: os\n  uter: utter_ask_os", "unknown key 'uter' in a collect step", "'utter'?"),
    "unsupported step key": (
        "- collect: os\n  force_slot_filling: true",
        "unknown key 'force_slot_filling'",
        "leave it",
    ),
    "unknown step": ("- collect: os\n  next: edn\n- id: end\n  escalate: {reason: no_fix}", "no step 'edn'", "'end'?"),
    "step id twice": (
        "- id: a\n  collect: os\n- id: a\n  escalate: {reason: no_fix}",
        "step id 'a' stands twice",
        "give one of them another id",
    ),
    "step id": ("- id: END\n  escalate: {reason: no_fix}", "'END' is no step id", "END is taken"),
    "unknown slot": ("- collect: oss\n  utter: utter_ask_os", "no slot 'oss'", "did you mean 'os'?"),
    "unknown question": ("- collect: os\n  utter: utter_ask_so", "no response 'utter_ask_so'", "'utter_ask_os'?"),
    "unknown action": ("- action: action_lok", "no action 'action_lok'", "did you mean 'action_look'?"),
    "unknown response": ("- action: utter_hello_there", "no response 'utter_hello_there'", "add it to the responses"),
    "unknown called flow": ("- call: vnp", "no flow 'vnp'", "did you mean 'vpn'?"),
    "unknown linked flow": ("- link: vnp", "no flow 'vnp'", "did you mean 'vpn'?"),
    "unknown article": ("- propose: vpn-qiut\n- escalate: {reason: no_fix}", "no article 'vpn-qiut'", "'vpn-quit'?"),
    "no article": (
        "- propose: {search: false}\n- escalate: {reason: no_fix}",
        "propose names no article",
        "search: true",
    ),
    "fix leads nowhere": ("- propose: vpn-quit", "a fix that fails leads nowhere", "escalate: {reason: fix_failed}"),
    "next of a fix": ("- propose: vpn-quit\n  next: END\n- escalate: {reason: no_fix}", "unknown key 'next'", ""),
    "no reason": ("- escalate: {team: network}", "escalate has no 'reason'", "write `reason: ...`"),
    "unknown reason": ("- escalate: {reason: fix_faild}", "reason cannot be 'fix_faild'", "did you mean 'fix_failed'?"),
    "unknown team": ("- escalate: {reason: no_fix, team: printing}", "no team 'printing'", "did you mean 'print'?"),
    "level": ("- escalate: {reason: no_fix, level: 2}", "level cannot be '2'", "did you mean 'N2'?"),
    "priority": ("- escalate: {reason: no_fix, priority: high}", "priority cannot be 'high'", "one of: P1, P2, P3, P4"),
    "impact": ("- escalate: {reason: no_fix, impact: 4}", "impact cannot be '4'", "write one of: 1, 2, 3"),
    "noop alone": ("- noop: true\n- escalate: {reason: no_fix}", "noop without `next` does nothing", "`next: ...`"),
    "no else": (
        "- collect: os\n  next:\n    - if: slots.os\n      then: END",
        "the branches have no `else`",
        "add `- else: STEP`",
    ),
    "else not last": (
        "- collect: os\n  next:\n    - else: END\n    - if: slots.os\n      then: END",
        "`else` is not the last branch",
        "move it to the end",
    ),
    "branch key": (
        "- collect: os\n  next:\n    - if: slots.os\n      than: END\n    - else: END",
        "unknown key 'than' in a branch",
        "did you mean 'then'?",
    ),
    "bad predicate": (
        "- collect: os\n  next:\n    - if: slots.os && slots.os\n      then: END\n    - else: END",
        "cannot read '&& slots.os'",
        "write `and`",
    ),
    "slot in a predicate": (
        "- collect: os\n  next:\n    - if: slots.oss\n      then: END\n    - else: END",
        "no slot 'oss'",
        "did you mean 'os'?",
    ),
    "context in a predicate": (
        "- collect: os\n  next:\n    - if: context.chanel = email\n      then: END\n    - else: END",
        "no context name 'chanel'",
        "did you mean 'channel'?",
    ),
    "value in a predicate": (
        "- collect: os\n  next:\n    - if: slots.os = window\n      then: END\n    - else: END",
        "slot 'os' is never 'window'",
        "did you mean 'windows'?",
    ),
    "branch of a code": (
        "- collect: os\n  next:\n    - if: context.code.branch = hotpsot\n      then: END\n    - else: END",
        "no branch of codes.yml 'hotpsot'",
        "did you mean 'hotspot'?",
    ),
    "value set": (
        "- set_slots:\n    - os: window\n- escalate: {reason: no_fix}",
        "slot 'os' is never 'window'",
        "'windows'?",
    ),
    "no value set": ("- set_slots: [os]\n- escalate: {reason: no_fix}", "set_slots gives no value", "- slot: value"),
    "rejection": (
        "- collect: os\n  rejections: [{if: slots.os = macos}]",
        "a rejection has no 'utter'",
        "write `utter: ...`",
    ),
    "unreached step": (
        "- escalate: {reason: no_fix}\n- id: lost\n  collect: os",
        "no way leads to this step",
        "escalate above it ends the flow",
    ),
    "silent circle": (
        "- id: a\n  action: utter_ask_os\n  next: b\n- id: b\n  noop: true\n  next: a",
        "a circle that never waits: a -> b",
        "put a collect, propose or escalate into it",
    ),
    "flow that calls itself": ("- call: vpn", "calls go in a circle: vpn -> vpn", "take one of the calls out"),
    "too few fixes": (
        "- propose: vpn-quit\n- escalate: {reason: fix_failed}",
        "the flow says fix_failed but proposes 1 article",
        "propose at least 3",
    ),
    "empty way": ("- collect: os\n  next: []", "a way on is empty", "write a step id, END or steps"),
}
RESPONSE = DOMAIN[DOMAIN.index("    - text: Which") : DOMAIN.index("actions:")]
BUTTON = DOMAIN[DOMAIN.index("        - {title") : DOMAIN.index("actions:")]
DOMAIN_FAULTS = {
    "unknown key": (DOMAIN.replace("slots:", "slot:"), "unknown key 'slot' in a domain", "did you mean 'slots'?"),
    "unsupported key": (DOMAIN + "intents: [vpn]\n", "unknown key 'intents' in a domain", "nlu.yml says them"),
    "slot type": (DOMAIN.replace("categorical", "choice"), "the type of slot 'os' cannot be 'choice'", "categorical"),
    "no values": (DOMAIN.replace("    values: [windows, macos]\n", ""), "categorical without values", "values: [...]"),
    "values of a text": (DOMAIN.replace("categorical", "text"), "has values but is text", "write `type: categorical`"),
    "reserved value": (
        DOMAIN.replace("[windows, macos]", "[windows, macos, unknown]"),
        "lists 'unknown'",
        "leave it out",
    ),
    "words of no value": (
        DOMAIN.replace("macos: [mac]", "macoz: [mac]"),
        "unknown key 'macoz'",
        "'macos'?",
    ),
    "initial value": (
        DOMAIN.replace("    words:", "    initial_value: linux\n    words:"),
        "slot 'os' cannot begin as 'linux'",
        "write one of: windows, macos",
    ),
    "mapping": (
        DOMAIN.replace("    words:", "    mappings: [{type: from_llm}]\n    words:"),
        "the mapping cannot be 'from_llm'",
        "one of: from_entity, from_text",
    ),
    "mapping of no entity": (
        DOMAIN.replace("    words:", "    mappings: [{type: from_entity}]\n    words:"),
        "names no entity",
        "write `entity: ...`",
    ),
    "no default": (
        DOMAIN.replace("    - text: Which", "    - channel: email\n      text: Which"),
        "response 'utter_ask_os' has no default",
        "add a variation without channel and condition",
    ),
    "channel": (
        DOMAIN.replace("actions:", "    - channel: emial\n      text: a\n      translation: {fr: a}\nactions:"),
        "the channel of response 'utter_ask_os' cannot be 'emial'",
        "did you mean 'email'?",
    ),
    "condition": (
        DOMAIN.replace("actions:", "    - condition: slots.oss\n      text: a\n      translation: {fr: a}\nactions:"),
        "no slot 'oss'",
        "did you mean 'os'?",
    ),
    "response id": (DOMAIN.replace("utter_ask_os", "ask_os"), "'ask_os' is not named as one", "name it 'utter_ask_os'"),
    "no translation": (
        DOMAIN.replace("      translation: {fr: Quel système\u00a0?}\n", ""),
        "response 'utter_ask_os' has no French",
        "write `translation: {fr: ...}`",
    ),
    "button without translation": (
        DOMAIN.replace("title: Windows, translation: {fr: Windows}", "title: Windows"),
        "a button of response 'utter_ask_os' has no French",
        "write `translation: {fr: ...}`",
    ),
    "other language": (DOMAIN.replace("{fr: Quel", "{de: Quel"), "unknown key 'de'", "write one of: fr"),
    "template": (
        DOMAIN.replace("      buttons:", "      metadata: {template: jinja}\n      buttons:"),
        "unknown key 'metadata'",
        "texts take {slot}, not templates",
    ),
    "template in a text": (DOMAIN.replace("Which system?", "'Which {{ os }}?'"), "is a template", "write {slot}"),
    "placeholder": (
        DOMAIN.replace("Which system?", "'Which, {oss}?'"),
        "nothing fills in {oss} here",
        "did you mean 'os'?",
    ),
    "four buttons": (DOMAIN.replace(BUTTON, BUTTON * 4), "response 'utter_ask_os' has 4 buttons", "keep 3"),
    "payload": (DOMAIN.replace("/SetSlots(os=windows)", "/inform"), "has another payload", "/SetSlots(slot=value)"),
    "payload of no slot": (DOMAIN.replace("(os=windows)", "(oss=windows)"), "no slot 'oss'", "did you mean 'os'?"),
    "payload of no value": (DOMAIN.replace("os=windows", "os=window"), "slot 'os' is never 'window'", "'windows'?"),
    "plain space in French": (
        DOMAIN.replace("système\u00a0?", "système ?"),
        "no no-break space before '?'",
        "U+00A0",
    ),
    "straight apostrophe": (
        DOMAIN.replace("Quel système\u00a0?", "L'ordinateur"),
        "straight apostrophe",
        "write ’ (U+2019)",
    ),
}
CODE_FAULTS = {
    "no source": (CODES.replace("    source: the maker's page\n", ""), "a code has no 'source'", "write `source: ...`"),
    "unknown topic": (CODES.replace("topic: vpn", "topic: vnp"), "no topic 'vnp'", "did you mean 'vpn'?"),
    "meaning in one language": (CODES.replace(", fr: pas de réponse", ""), "has no 'fr'", "write `fr: ...`"),
    "day": (CODES.replace("2026-11-22", "last week"), "'last week' is no day", "write it as 2026-01-31"),
    "code twice": (CODES + CODES.removeprefix("codes:\n"), "code 'vpn:809' stands twice", "keep one, see line 2"),
}
CASES = [
    *(pytest.param("flows", *case, id=f"flow: {name}") for name, case in FLOW_FAULTS.items()),
    *(pytest.param("flows", steps(text), *case, id=f"step: {name}") for name, (text, *case) in STEP_FAULTS.items()),
    *(pytest.param("domain", *case, id=f"domain: {name}") for name, case in DOMAIN_FAULTS.items()),
    *(pytest.param("codes", *case, id=f"code: {name}") for name, case in CODE_FAULTS.items()),
]


@pytest.mark.parametrize(("part", "text", "fault", "mend"), CASES)
def test_a_fault_is_named_with_its_line_and_its_mend(tmp_path, part, text, fault, mend):
    found = faults(tmp_path, **{part: text})
    fitting = [one for one in found if fault in one.fault and mend in one.mend]
    assert fitting, "\n".join(map(str, found)) or "no fault at all"
    lines = text.count("\n") + 1
    assert all(one.file == str(tmp_path / "small" / f"{part}.yml") and 1 <= one.line <= lines for one in fitting)
