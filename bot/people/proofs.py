"""What proves that the person on a channel owns a work address: a code that only its mailbox received."""

import base64
import hmac
import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from bot.people.allowance import Mailboxes, Sent, spent
from bot.ports.inbound import Address, Sender
from bot.ports.notes import Notes

VALID = timedelta(minutes=15)
LATE = timedelta(hours=1)  # so long after a code six digits are still taken for it, and told to be too late
TRIES = 5  # of a code; guessing one of a million in five tries succeeds once in 200,000 times
DIGITS = 6
UNVOUCHED = frozenset({"email"})  # who writes there may say to be anybody: what one proved is no proof of the next


class Tried(StrEnum):
    """What came of a code."""

    LINKED = "linked"
    WRONG = "wrong"
    OVER = "over"
    NONE = "none"  # no code is awaited


@dataclass(frozen=True, slots=True)
class Who:
    """A person as a channel knows them."""

    channel: str
    account: str
    id: str

    @classmethod
    def of(cls, address: Address, sender_id: str) -> "Who":
        """The person who writes from an address."""
        return cls(address.channel, address.account, sender_id)

    @classmethod
    def named(cls, entry: str) -> "Who":
        """The person whose notes end so."""
        channel, account, id = entry.split(":", 2)
        return cls(channel, account, id)

    @property
    def entry(self) -> str:
        """The end of the keys of their notes."""
        return f"{self.channel}:{self.account}:{self.id}"


@dataclass(frozen=True, slots=True)
class Proof:
    """A note about one person: the code that is awaited, and the address that is proven; "" = none.

    `code`, `token`: what is kept of them (HMAC), never they themselves. `answered`: the message that gave the right
    one. `sent`: key and time of the codes of late.
    """

    email: str = ""
    asked: str = ""
    code: str = ""
    token: str = ""
    until: str = ""
    tries: int = 0
    answered: str = ""
    sent: Sent = ()
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Proofs:
    """Keeps proofs among the notes. `secret`: the home's key; without it a stolen ledger tells no code."""

    notes: Notes
    secret: bytes

    async def of(self, who: Who) -> Proof:
        """What is known of a person."""
        told = await self.notes.load(f"proof:{who.entry}")
        if not told:
            return Proof()
        held = json.loads(told)
        return Proof(**{**held, "sent": tuple((one[0], one[1]) for one in held["sent"])})

    async def change(self, who: Who, proof: Proof) -> bool:
        """Keep a proof; False, and nothing changed, where another change came first."""
        after = replace(proof, revision=proof.revision + 1)
        told = json.dumps(asdict(after), ensure_ascii=False)
        return await self.notes.save(f"proof:{who.entry}", after.revision, "linked" if after.email else "open", told)

    async def known(self, sender: Sender, address: Address) -> Sender:
        """The sender, with the work address that they proved before, where this message itself proves none."""
        if sender.proof != "none" or not sender.id or address.channel in UNVOUCHED:
            return sender
        proof = await self.of(Who.of(address, sender.id))
        return replace(sender, email=proof.email, proof="code") if proof.email else sender

    async def ask(self, who: Who, email: str, key: str, now: datetime) -> tuple[str, str] | None:
        """Make a code and a token for an address; any before are void. Equal `key`, equal code and no further tries.

        None: so many were asked for lately that no other one is sent.
        """
        while True:
            held = await self.of(who)
            sent = spent(held.sent, key, now)
            if sent is None or not await Mailboxes(self.notes, self.secret).grant(email, key, now):
                return None
            code, token = self._made(key)
            sealed = self._sealed(who, code)
            asked = replace(
                held,
                asked=email,
                code=sealed,
                token=self._sealed(who, token),
                until=(now + VALID).isoformat(),
                tries=held.tries if held.code == sealed else 0,
                sent=sent,
            )
            if await self.change(who, asked):
                return code, token

    async def is_past(self, who: Who, key: str) -> bool:
        """Whether the code of this key was used, or another one asked for since."""
        held = await self.of(who)
        known = any(one == key for one, _ in held.sent)
        return known and held.code != self._sealed(who, self._made(key)[0])

    async def answer(self, who: Who, given: str, key: str, now: datetime) -> tuple[Tried, str]:
        """Try a code or a token; give what came of it, and the address it was for. Equal `key`, equal answer."""
        held = await self.of(who)
        if held.answered == key:
            return Tried.LINKED, held.email
        until = datetime.fromisoformat(held.until) if held.code else now
        if not held.code or now > until + LATE:
            return Tried.NONE, ""
        if now > until or held.tries >= TRIES:
            return Tried.OVER, held.asked
        sealed = self._sealed(who, given)
        right = hmac.compare_digest(sealed, held.code) | hmac.compare_digest(sealed, held.token)
        linked = replace(held, email=held.asked, answered=key, asked="", code="", token="", until="", tries=0)
        if not await self.change(who, linked if right else replace(held, tries=held.tries + 1)):
            return await self.answer(who, given, key, now)  # two answers at once: the other one counted
        return (Tried.LINKED if right else Tried.WRONG), held.asked

    async def forget(self, who: Who) -> None:
        """Take a proof back."""
        held = await self.of(who)
        while held != Proof() and not await self.change(who, Proof(revision=held.revision, sent=held.sent)):
            held = await self.of(who)

    def _made(self, key: str) -> tuple[str, str]:
        """The code and the token that belong to a key; nobody without the secret can make them."""
        drawn = hmac.new(self.secret, f"code\0{key}".encode(), sha256).digest()
        token = base64.urlsafe_b64encode(hmac.new(self.secret, f"token\0{key}".encode(), sha256).digest()[:24])
        return f"{int.from_bytes(drawn[:8]) % 10**DIGITS:0{DIGITS}}", token.decode()

    def _sealed(self, who: Who, text: str) -> str:
        return hmac.new(self.secret, f"{who.entry}\0{text}".encode(), sha256).hexdigest()
