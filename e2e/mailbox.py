"""A mail server for the tests of the courier's e-mail, by PyPI's aiosmtpd. It tells what it takes in lines of JSON on its output, and ends
with its input. Who is written to decides what it answers: `550@…` is told 550, `slow@…` nothing for a while."""

import asyncio
import json
import ssl
import sys
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

PORT, SAFETY, FOLDER = int(sys.argv[1]), sys.argv[2], sys.argv[3]


def tell(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


class Mailbox:
    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name.isdigit():
            return f"{name} no room for {address}"
        if name == "slow":
            await asyncio.sleep(30)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=policy.default)
        tell(
            "message",
            to=envelope.rcpt_tos,
            subject=message["subject"],
            id=message["message-id"],
            kind=message.get_content_type(),
            charset=message.get_content_charset(),
            text=message.get_content(),
            safe=server.transport.get_extra_info("ssl_object") is not None,
        )
        return "250 OK"


def sign_in(server, session, envelope, mechanism, auth):
    is_right = isinstance(auth, LoginPassword) and (auth.login, auth.password) == (b"desk", b"s3cret")
    # Not handled: the server says so itself.
    return AuthResult(success=is_right, handled=False)


def context():
    safe = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    safe.load_cert_chain(f"{FOLDER}/certificate.pem", f"{FOLDER}/key.pem")
    return safe


how = {"hostname": "127.0.0.1", "port": PORT, "authenticator": sign_in, "auth_required": True, "auth_require_tls": False}
if SAFETY == "starttls":
    how |= {"tls_context": context(), "require_starttls": True}
elif SAFETY == "tls":
    how |= {"ssl_context": context()}
controller = Controller(Mailbox(), **how)
controller.start()
tell("listening")
sys.stdin.read()
controller.stop()
