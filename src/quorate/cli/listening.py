"""A witness that listens: HTTP without a web framework, for who runs nothing else."""

from __future__ import annotations

import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from quorate.record import witness_replies
from quorate.record.witness import MOST_REQUEST
from quorate.record.witness_folder import Watching
from quorate.record.witness_replies import Reply

SECONDS = 10
"""Who sends nothing for so long is hung up on."""


def listening(watching: Watching, host: str, port: int) -> ThreadingHTTPServer:
    """The witness at this address, or at any free port for 0; ``serve_forever`` lets it answer.
    Raises OSError."""
    return ThreadingHTTPServer((host, port), _handler(watching))


def _handler(watching: Watching) -> type[BaseHTTPRequestHandler]:
    """What answers a request of the protocol."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = SECONDS

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if self.path != "/add-checkpoint":
                self._say(Reply(HTTPStatus.NOT_FOUND, "there is nothing here\n"))
            elif not (length.isascii() and length.isdigit()):
                self._say(Reply(HTTPStatus.LENGTH_REQUIRED, "how long is the request?\n"))
            elif len(length) > 9 or int(length) > MOST_REQUEST:
                said = "the request is too long\n"
                self._say(Reply(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, said))
            else:
                body = self.rfile.read(int(length))
                self._say(witness_replies.to_checkpoint(watching, body, int(time.time())))

        def do_GET(self) -> None:
            origin, _, what = self.path.removeprefix("/").partition("/")
            if what == "checkpoint":
                self._say(witness_replies.to_question(watching, origin))
            else:
                self._say(Reply(HTTPStatus.NOT_FOUND, "there is nothing here\n"))

        def _say(self, reply: Reply) -> None:
            data = reply.said.encode()
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(data)))
            if reply.status != HTTPStatus.OK:
                self.close_connection = True  # what is left of a refused body is not read
                self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Who asks is not written down."""

    return Handler
