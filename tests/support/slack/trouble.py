"""The Workspace's handles for what goes wrong, and for sending things twice, late or out of order."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.slack import events
from tests.support.slack.courier import Courier
from tests.support.slack.parcels import Parcel
from tests.support.slack.refusal import Json
from tests.support.slack.server import Server
from tests.support.slack.world import World


class Trouble:
    """Faults by name. Each says in its docstring how it ends."""

    world: World
    courier: Courier
    server: Server

    def flood(self, seconds: int = 1, times: int = 1, method: str = "*") -> None:
        """Answer the next calls with 429 and that Retry-After."""
        with self.world.lock:
            self.world.faults.retry_after = seconds
            self.world.faults.floods[method] = times

    def refuse(self, method: str, *errors: str) -> None:
        """Answer the next calls of a method with these errors, one each."""
        with self.world.lock:
            self.world.faults.broken[method] = list(errors)

    def lose_answer(self, method: str, times: int = 1) -> None:
        """Do the next calls but close the connection instead of answering."""
        with self.world.lock:
            self.world.faults.lost[method] = times

    def slow(self, seconds: float) -> None:
        """Take that long before each answer; 0 ends it."""
        self.world.faults.slow = seconds

    @contextmanager
    def outage(self, refused: bool = False) -> Iterator[None]:
        """Answer 503, or refuse connections, and break all sockets; ends with the block."""
        if refused:
            self.server.run(self.server.close())
        else:
            self.world.faults.down = True
            self.drop_sockets()
        try:
            yield
        finally:
            self.world.faults.down = False
            if refused:
                self.server.run(self.server.open())

    def drop_sockets(self) -> None:
        """Break all socket connections without a word."""
        self.server.run(as_work(self.server.sockets.drop))

    def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask the app to connect anew, as Slack does every few hours; "warning" and "link_disabled" are others."""
        sockets = self.server.sockets
        sockets.disabled = reason == "link_disabled"
        asyncio.run_coroutine_threadsafe(sockets.disconnect(reason), self.running_loop())

    def running_loop(self) -> asyncio.AbstractEventLoop:
        """The server's loop."""
        assert self.server.loop is not None, "the stand-in is stopped"
        return self.server.loop

    def acknowledge_within(self, seconds: float) -> None:
        """How long the platform waits for the app before it repeats; Slack takes 3 s."""
        self.server.sockets.ack_limit = self.server.push.ack_limit = seconds

    def forge_signatures(self, on: bool = True) -> None:
        """Sign pushes with another secret."""
        self.world.faults.bad_signature = on

    def subscribe(self, address: str) -> None:
        """Push to that address from now on, once it has answered the challenge. Raises AssertionError."""
        assert self.server.run(self.server.push.verify(address)), f"{address} did not answer the challenge"
        self.server.push.events = address
        self.courier.carrier = self.server.push

    def deliver_again(self, parcel: Parcel, same_envelope: bool = False) -> Parcel:
        """Send an event once more with the same event_id; `same_envelope` as Slack does after a reconnect."""
        again = parcel.again()
        if not same_envelope:
            again.envelope = None
        self.courier.post(again)
        return again

    @contextmanager
    def out_of_order(self) -> Iterator[None]:
        """Hold what happens in the block, then deliver the last of it first."""
        self.courier.held = True
        try:
            yield
        finally:
            self.courier.release(backwards=True)

    def send_event(self, event: Json) -> Parcel:
        """Send any event, also of a type that nobody knows; subscriptions and scopes are not asked."""
        with self.world.lock:
            parcel = Parcel("events_api", events.wrapped(self.world, event))
            self.courier.post(parcel)
        return parcel

    def pass_time(self, seconds: float) -> None:
        """Move the platform's clock ahead: triggers, response_urls and tokens age."""
        self.world.clock.move(seconds)

    def revoke_tokens(self) -> None:
        """Take the bot's tokens away, and say so."""
        with self.world.lock:
            for token in self.world.app.tokens.values():
                token.revoked = token.revoked or token.kind == "bot"
            events.emit(
                self.world, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.world.app.bot_user]}}
            )

    def uninstall(self) -> None:
        """Remove the app from the workspace."""
        with self.world.lock:
            events.emit(self.world, {"type": "app_uninstalled"})
        self.revoke_tokens()


async def as_work(act) -> None:
    """Something quick, done in the loop."""
    act()
