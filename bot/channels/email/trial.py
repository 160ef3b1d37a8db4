"""A look at the way out, from outside: sign in and leave."""

import smtplib

from bot.channels.email.server import Credential, Server

TIMEOUT = 15.0  # seconds for any answer after the greeting


def try_out(server: Server, patience: float = TIMEOUT) -> None:
    """Sign in and leave; a token that is refused is renewed once. `patience`: seconds for the server to greet.

    Blocking; raises what smtplib, the network and the tokens do.
    """
    credential = server.credential()
    try:
        _try_out(server, patience, credential)
    except smtplib.SMTPAuthenticationError:
        other = server.instead_of(credential)
        if other is None:
            raise
        _try_out(server, patience, other)


def _try_out(server: Server, patience: float, credential: Credential) -> None:
    with _greeted(server, patience) as smtp:
        if smtp.sock is not None:
            smtp.sock.settimeout(TIMEOUT)
        if not server.tls:
            smtp.starttls(context=server.context)
        credential.sign_in_to_try(smtp)


def _greeted(server: Server, patience: float) -> smtplib.SMTP:
    if server.tls:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=patience, context=server.context)
    return smtplib.SMTP(server.host, server.port, timeout=patience)
