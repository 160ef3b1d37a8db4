"""Flow files become the values of the dialog core: nested steps laid flat, every way on written out."""

from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.flow import (
    END,
    Branch,
    Call,
    CallAction,
    Collect,
    Escalate,
    Link,
    Noop,
    Propose,
    Rejection,
    SetSlots,
    Trigger,
    Utter,
)
from bot.flows.codes import read_codes
from bot.flows.domain import read_domain
from bot.flows.loader import read_flows
from tests.support.packing import FLOWS

ALL_KINDS = """\
flows:
  all:
    description: Every kind of step.
    name: {en: All, fr: Tout}
    if: context.open
    topic: everything
    team: print
    meanwhile: advice
    persisted_slots: [os]
    nlu_trigger:
      - intent: vpn
      - intent: {name: net, confidence_threshold: 0.8}
    steps:
      - noop: true
        next:
          - if: slots.deadline
            then:
              - propose: quick
                unsolved: ask
              - link: other
          - if: slots.vip
            then: END
          - else: ask
      - id: ask
        collect: os
        ask_before_filling: true
        rejections:
          - {if: slots.os = linux, utter: utter_no_linux}
      - collect: site
        utter: utter_where
        next: look
      - id: look
        action: action_look
      - action: utter_thanks
      - set_slots:
          - os: null
          - count: 3
      - call: part
      - propose: {search: true}
        solved: thanks
        cannot_try: END
      - propose: long
        unsolved:
          - escalate: {reason: on_site, team: workplace, level: N2, impact: 2, urgency: 1, priority: P2}
      - id: thanks
        action: utter_thanks
        next: END
"""


def flow(text=ALL_KINDS, name="all"):
    sheet = read_flows(text, "it/flows/all.yml")
    assert sheet.faults == ()
    return sheet.flows[name]


def test_the_head_of_a_flow_is_read():
    read = flow()
    assert read.description == "Every kind of step."
    assert (read.topic, read.team, read.meanwhile, read.guard) == ("everything", "print", "advice", "context.open")
    assert read.name == {"en": "All", "fr": "Tout"}
    assert read.triggers == (Trigger("vpn"), Trigger("net", 0.8))
    assert read.persisted_slots == ("os",)
    assert (read.file, read.line) == ("it/flows/all.yml", 2)


def test_every_kind_of_step_is_read_and_leads_on():
    read = flow()
    assert read.first == "noop"
    assert tuple(read.steps.values()) == (
        Noop("noop", (Branch("propose_quick", "slots.deadline"), Branch(END, "slots.vip"), Branch("ask")), 14),
        Propose("propose_quick", "quick", END, "ask", "", 18),
        Link("link_other", "other", 20),
        Collect("ask", "os", "utter_ask_os", True, (Rejection("slots.os = linux", "utter_no_linux"),),
                (Branch("collect_site"),), 24),
        Collect("collect_site", "site", "utter_where", next=(Branch("look"),), line=29),
        CallAction("look", "action_look", (Branch("utter_thanks"),), 32),
        Utter("utter_thanks", "utter_thanks", (Branch("set_os"),), 34),
        SetSlots("set_os", {"os": None, "count": 3}, (Branch("call_part"),), 35),
        Call("call_part", "part", (Branch("propose_search"),), 38),
        Propose("propose_search", "", "thanks", "propose_long", END, 39),
        Propose("propose_long", "long", END, "escalate_on_site", "", 42),
        Escalate("escalate_on_site", "on_site", "workplace", "N2", 2, 1, "P2", 44),
        Utter("thanks", "utter_thanks", (Branch(END),), 45),
    )  # fmt: skip


def test_the_topic_is_the_first_trigger_unless_said():
    assert flow(FLOWS, "vpn").topic == "vpn"


def test_steps_without_an_id_are_numbered_where_they_would_clash():
    text = """\
flows:
  x:
    description: x
    steps:
      - collect: os
      - id: collect_os_2
        noop: true
        next: END
      - collect: os
"""
    assert list(read_flows(text, "x.yml").flows["x"].steps) == ["collect_os", "collect_os_2", "collect_os_3"]


def test_a_nested_list_ends_the_flow_unless_it_says_otherwise():
    text = """\
flows:
  x:
    description: x
    steps:
      - collect: os
        next:
          - if: slots.os
            then:
              - collect: site
              - collect: floor
                next: last
          - else:
              - collect: phone
      - id: last
        collect: since
"""
    steps = flow(text, "x").steps
    assert steps["collect_site"].next == (Branch("collect_floor"),)
    assert steps["collect_floor"].next == (Branch("last"),)
    assert steps["collect_phone"].next == (Branch(END),)


def test_yes_and_on_are_texts_as_in_yaml_1_2():
    text = FLOWS.replace(
        "      - id: os\n", "      - set_slots: [{a: yes}, {b: on}, {c: true}, {d: 1.5}, {e: '1'}]\n      - id: os\n"
    )
    assert flow(text, "vpn").steps["set_a"].values == {"a": "yes", "b": "on", "c": True, "d": 1.5, "e": "1"}


def test_a_domain_is_read():
    sheet = read_domain(
        """\
slots:
  os:
    type: categorical
    values: [windows, macos]
    words: {macos: [mac, apple]}
    initial_value: windows
    mappings: [{type: from_entity, entity: system}, {type: from_text}]
  site: {type: text}
responses:
  utter_ask_os:
    - text: Which?
      channel: email
      condition: slots.site
      translation: {fr: Lequel}
      buttons:
        - {title: Mac, translation: {fr: Un Mac}, payload: '/SetSlots(os="macos")'}
    - text: Which?
      translation: {fr: Lequel}
actions: [action_look]
""",
        "domain.yml",
    )
    assert sheet.faults == ()
    os, site = sheet.slots["os"], sheet.slots["site"]
    assert (os.values, os.words, os.initial) == (("windows", "macos"), {"macos": ("mac", "apple")}, "windows")
    assert (os.entities, os.free_text) == (("system",), True)
    assert (site.type, site.entities, site.free_text) == ("text", ("site",), False)
    mail, plain = sheet.responses["utter_ask_os"]
    assert (mail.channel, mail.when, mail.text) == ("email", "slots.site", {"en": "Which?", "fr": "Lequel"})
    assert [(one.title, one.value, one.slot) for one in mail.buttons] == [
        ({"en": "Mac", "fr": "Un Mac"}, "macos", "os")
    ]
    assert (plain.channel, plain.when, plain.buttons) == ("", "", ())
    assert list(sheet.actions) == ["action_look"]


def test_codes_are_kept_in_upper_case_under_their_topic():
    sheet = read_codes(
        "codes:\n  - {code: 0x800ccc0e, topic: email_outlook, branch: server, meaning: {en: a, fr: b},"
        " source: page, checked: 2026-11-22}\n",
        "codes.yml",
    )
    assert sheet.faults == ()
    assert list(sheet.codes) == ["email_outlook:0X800CCC0E"]
    assert sheet.codes["email_outlook:0X800CCC0E"].branch == "server"


LINE = st.sampled_from(
    [*ALL_KINDS.splitlines(), "  - ", ": x", "- {", "'", "&a", "*a", "\t", "? a", "!!python/none x", "%"]
)


@given(st.lists(LINE, max_size=12).map("\n".join) | st.text(max_size=80))
def test_any_text_is_read_or_refused_and_never_raises(text):
    for read in (read_flows, read_domain, read_codes):
        sheet = read(text, "x.yml")
        assert all(fault.mend and fault.fault for fault in sheet.faults)
