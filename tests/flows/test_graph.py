"""A flow drawn: every step a box, every way an arrow, in the language asked."""

from bot.dialog.article import Article, ArticleText
from bot.dialog.flow import Flow
from bot.dialog.playbook import Playbook
from bot.flows.domain import read_domain
from bot.flows.graph import mermaid
from bot.flows.loader import read_flows
from bot.packs.pack import read_pack
from tests.support.house import PACKS
from tests.support.packing import DOMAIN

TEXT = """\
flows:
  vpn:
    description: x
    name: {en: VPN, fr: Réseau privé}
    steps:
      - collect: os
        next:
          - if: slots.os = "windows"
            then: quit
          - else: END
      - id: quit
        propose: vpn-quit
      - id: end
        escalate: {reason: fix_failed, level: N1}
"""
BOOK = Playbook(
    flows=read_flows(TEXT, "x").flows,
    responses=read_domain(DOMAIN, "x").responses,
    articles={
        "vpn-quit": Article(
            "vpn-quit", 1, texts={"en": ArticleText('Quit "it" <now>', ""), "fr": ArticleText("Quitter", "")}
        )
    },
)


def test_a_flow_is_drawn_in_english():
    assert mermaid(BOOK.flows["vpn"], BOOK).splitlines() == [
        "flowchart TD",
        '    START(["VPN"]) --> s_collect_os',
        '    s_collect_os[/"Which system?"/]',
        '    s_quit["Quit #quot;it#quot; #lt;now#gt;"]',
        '    s_end[["Hand over: fix_failed, N1"]]',
        '    s_END(["End"])',
        '    s_collect_os -->|"slots.os = #quot;windows#quot;"| s_quit',
        '    s_collect_os -->|"otherwise"| s_END',
        '    s_quit -->|"solved"| s_END',
        '    s_quit -->|"not solved"| s_end',
    ]


def test_a_flow_is_drawn_in_french():
    drawn = mermaid(BOOK.flows["vpn"], BOOK, "fr")
    assert '(["Réseau privé"])' in drawn
    assert '[/"Quel système\u00a0?"/]' in drawn
    assert '[["Transmettre\u00a0: fix_failed, N1"]]' in drawn
    assert '-->|"non résolu"|' in drawn


def test_every_flow_that_ships_is_drawn_with_all_its_steps():
    packs = [read_pack(folder) for folder in PACKS]
    book = Playbook(flows={name: flow for pack in packs for name, flow in pack.sheet.flows.items()})
    for flow in book.flows.values():
        drawn = mermaid(flow, book, "fr").splitlines()
        assert len([line for line in drawn if line.startswith("    s_") and "-->" not in line]) >= len(flow.steps)


def test_a_flow_without_a_name_starts_all_the_same():
    assert 'START(["Start"]) --> s_END' in mermaid(Flow("x", "x"), Playbook())
