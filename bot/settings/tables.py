"""The tables of guichet.toml, and what they hold by default."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from .channels import Channels
from .part import Part
from .takes import HTTP, LISTEN, ORIGIN

PREFIX = "GUICHET_"
Language = Literal["fr", "en"]
Name = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Origin = Annotated[str, StringConstraints(pattern=ORIGIN)]


class Server(Part):
    """Where the pages are served. Hosts other than loopback need an account, which a later version brings."""

    listen: str = Field(default="127.0.0.1:8700", pattern=LISTEN)
    public_url: str = ""
    origins: tuple[Origin, ...] = ()  # other sites whose pages may carry the chat


class Desk(Part):
    """The support desk: its name, languages, hours and emergency number."""

    name: str = "Support"
    languages: tuple[Language, ...] = ("fr", "en")
    timezone: str = "Europe/Paris"
    hours: str = "mon-fri 08:30-18:00"
    holidays: str = "FR"
    emergency_phone: str = Field(default="", max_length=40)
    report_button: dict[Language, str] = Field(default_factory=dict)
    vip: tuple[str, ...] = ()
    default_team: str = "servicedesk"


class TeamName(Part):
    """What a team is called in both languages."""

    fr: str
    en: str


class Privacy(Part):
    """Who answers for personal data; told on the page /privacy."""

    controller: str = ""
    dpo: str = ""
    basis_staff: str = "legitimate interest"
    basis_customers: str = "contract"
    recipients: tuple[str, ...] = ()
    authority: str = ""


class Dialog(Part):
    """Budgets and delays of a conversation; design.md gives the reasons for the defaults."""

    questions: int = Field(default=5, ge=1, le=20)
    fixes: int = Field(default=3, ge=1, le=20)
    minutes: int = Field(default=15, ge=1, le=240)
    reminder_hours_chat: float = Field(default=4, gt=0)
    reminder_hours_mail: float = Field(default=24, gt=0)
    close_hours_chat: float = Field(default=24, gt=0)
    close_hours_mail: float = Field(default=72, gt=0)
    retry_hours: float = Field(default=24, gt=0)
    holding_hours: float = Field(default=24, gt=0)
    handoff_minutes: float = Field(default=10, gt=0)


class Costs(Part):
    """What a mistake costs, in any one unit; see docs/understanding.md for what follows from it."""

    wrong_fix: float = Field(default=5, gt=0)
    escalation: float = Field(default=1, gt=0)
    question: float = Field(default=0.5, gt=0)


class Rasa(Part):
    """A Rasa Open Source server that names topics, its names called by ours; asked where `order` names it."""

    url: str = Field(default="", pattern=HTTP)
    token_file: str = ""
    timeout_seconds: float = Field(default=2, gt=0, le=30)
    intents: dict[str, Name] = Field(default_factory=dict)
    entities: dict[str, Name] = Field(default_factory=dict)


class Understanding(Part):
    """How messages are understood."""

    encoders: tuple[Literal["use", "e5"], ...] = ("use",)
    costs: Costs = Costs()
    order: tuple[Literal["own", "rasa"], ...] = Field(default=("own",), min_length=1)
    rasa: Rasa = Rasa()


class People(Part):
    """Who may prove to be whom. A code is sent to work addresses of these domains ("*.example.org"), empty = of all."""

    link_domains: tuple[Name, ...] = ()


TEAMS = {
    "servicedesk": TeamName(fr="l’équipe support", en="the service desk"),
    "identity": TeamName(fr="l’équipe comptes et accès", en="the identity team"),
    "network": TeamName(fr="l’équipe réseau", en="the network team"),
    "messaging": TeamName(fr="l’équipe messagerie", en="the messaging team"),
    "print": TeamName(fr="l’équipe impression", en="the print team"),
    "workplace": TeamName(fr="l’équipe de proximité", en="the workplace team"),
    "security": TeamName(fr="l’équipe sécurité", en="the security team"),
    "customers": TeamName(fr="l’équipe clients", en="customer service"),
}


class Settings(BaseSettings):
    """All settings; GUICHET_DESK__NAME and the like override the file."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        nested_model_default_partial_update=True,
    )
    server: Server = Server()
    desk: Desk = Desk()
    privacy: Privacy = Privacy()
    dialog: Dialog = Dialog()
    understanding: Understanding = Understanding()
    channels: Channels = Channels()
    people: People = People()
    teams: dict[str, TeamName] = TEAMS
    packs: tuple[Path, ...] = ()  # folders loaded after the library, in order
    actions: tuple[str, ...] = ()  # Python modules with rasa-sdk actions

    @field_validator("teams", mode="before")
    @classmethod
    def _beside_the_library(cls, given: Any) -> Any:
        """Teams of the file come beside those of the library, or rename them."""
        return {**TEAMS, **given} if isinstance(given, dict) else given

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment go before the file."""
        return env_settings, init_settings
