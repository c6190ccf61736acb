"""The desk in a browser: the report of a run over loopback, with verdicts written to their file at once.

Only this machine is served, under an address that holds a random token; requests for another host name or from another
page are refused, so that no web site that the reviewer has open can read letters or give verdicts.
"""

import datetime
import json
import secrets
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import SEEK_END, BytesIO
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import ValidationError

from checker.desk.answers import standing_record, statement_of
from checker.desk.live import Live
from checker.desk.pages import RunPages
from checker.desk.run import Review, sampled_places
from checker.reporting.opinions import shown

HOST = "127.0.0.1"
BODY = 32 * 1024
"""Bytes of a request at most; a statement has its limits too."""

_SECONDS = 20
_PIECE = 64 * 1024
_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".svg": "image/svg+xml",
}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}

Clock = Callable[[], datetime.datetime]
RenderPage = Callable[[str], bytes | None]
"""The page of a letter, whether it was written or not; None where the run stores none at that address."""


class Desk(ThreadingHTTPServer):
    """Serves one run.

    Args:
        review: The run and its verdicts.
        port: 0 for any that is free.
        token: Part of the address; random unless a test needs a known one.
        clock: The time of a statement.
        sample: Record of the sample under review; the table of letters can then be narrowed by it.
        render: Shows pages of letters; left out, those that the run stores.
    """

    daemon_threads = False
    block_on_close = True

    def __init__(
        self,
        review: Review,
        port: int = 0,
        *,
        token: str = "",
        clock: Clock = lambda: datetime.datetime.now(datetime.UTC),
        sample: Mapping[str, Any] | None = None,
        render: RenderPage | None = None,
    ) -> None:
        self.review = review
        self.token = token or secrets.token_urlsafe(24)
        self.clock = clock
        self.render = render or RunPages(review.run.folder)
        self.live = Live(review.run, review.blinding)
        self.mode = {"mode": "serve", **({} if sample is None else {"sample": sampled_places(review.run, sample)})}
        super().__init__((HOST, port), _Handler)

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://{HOST}:{self.server_address[1]}"

    @property
    def address(self) -> str:
        """What the reviewer opens."""
        return f"{self.origin}/{self.token}/index.html"


class _RefusedError(Exception):
    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status = status


class _Handler(BaseHTTPRequestHandler):
    server: Desk
    timeout = _SECONDS
    protocol_version = "HTTP/1.1"
    server_version = "imrcheck"
    sys_version = ""

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_HEAD(self) -> None:
        self._answer(self._get)

    def do_POST(self) -> None:
        self._answer(self._post)

    def _answer(self, how: Callable[[str], tuple[HTTPStatus, str, bytes | BinaryIO]]) -> None:
        try:
            status, kind, body = how(self._path())
        except _RefusedError as refused:
            status, kind, body = refused.status, _KINDS[".json"], _json({"error": str(refused)})
            self.close_connection = True
        with BytesIO(body) if isinstance(body, bytes) else body as stream:
            self._send(status, kind, stream)

    def _send(self, status: HTTPStatus, kind: str, stream: BinaryIO) -> None:
        left = stream.seek(0, SEEK_END)
        stream.seek(0)
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(left))
        self.end_headers()
        if self.command == "HEAD":
            return
        while left and (piece := stream.read(min(left, _PIECE))):
            self.wfile.write(piece)
            left -= len(piece)
        if left:  # cut off while it was sent: less came than was promised
            self.close_connection = True

    def _path(self) -> str:
        """The path behind the token.

        Raises:
            _RefusedError: Another host, another token, no address at all.
        """
        port = self.server.server_address[1]
        if self.headers.get("Host") not in {f"{HOST}:{port}", f"localhost:{port}"}:
            raise _RefusedError(HTTPStatus.FORBIDDEN, "this desk answers only to its own address")
        try:
            asked = urlsplit(self.path).path
        except ValueError as error:
            raise _RefusedError(HTTPStatus.BAD_REQUEST, "this is no address") from error
        first, _, rest = unquote(asked).removeprefix("/").partition("/")
        if not secrets.compare_digest(first.encode(), self.server.token.encode()):
            raise _RefusedError(HTTPStatus.NOT_FOUND, "open the address that imrcheck serve printed")
        return rest

    def _get(self, path: str) -> tuple[HTTPStatus, str, bytes | BinaryIO]:
        if path == "api/state":
            return HTTPStatus.OK, _KINDS[".json"], _json(self._state())
        if path == "data/desk.js":
            mode = b"Object.assign(window.IMRCHECK_DESK, %b);\n" % _json(self.server.mode)
            file = self._file(path)
            with file if file is not None else BytesIO(b"window.IMRCHECK_DESK = {};\n") as held:
                return HTTPStatus.OK, _KINDS[".js"], held.read() + mode
        if path in {"api/letters", "api/review"}:
            view = self.server.review.view(self._asked("reviewer"))
            live = self.server.live
            return HTTPStatus.OK, _KINDS[".json"], _json((live.letters if path == "api/letters" else live.review)(view))
        kind = _KINDS.get(PurePosixPath(path).suffix)
        body = (self.server.render(path) or self._file(path)) if kind else None
        if kind is None or body is None:
            raise _RefusedError(HTTPStatus.NOT_FOUND, "the report has no such page")
        return HTTPStatus.OK, kind, body

    def _file(self, path: str) -> BinaryIO | None:
        """A file of the run folder, never of another; open, for the tables of a large run fill no memory."""
        folder = self.server.review.run.folder.resolve()
        try:
            file = (folder / path).resolve()
            if file.is_relative_to(folder) and file.is_file():
                return file.open("rb")
        except (OSError, ValueError):
            pass
        return None

    def _asked(self, name: str) -> str:
        """What the query of the address says of a name; "" where nothing."""
        return dict(parse_qsl(urlsplit(self.path).query)).get(name, "")

    def _state(self) -> dict[str, Any]:
        """What was said of a letter and its findings, as far as the reviewer who asks may see it."""
        review, reviewer, doc = self.server.review, self._asked("reviewer"), self._asked("doc")
        view = review.view(reviewer)
        found = (found for letter in review.run.named.get(doc, ()) for found in letter.found)
        own = list(dict.fromkeys(one.today.fingerprint for one in found))
        return {
            "standings": {f: standing_record(view.standings[f]) for f in own if f in view.standings},
            "said": [shown(said) for said in view.letters.get(doc, ())],
            "blind": [f for f in own if review.hides(reviewer, f)],
            "problems": list(review.problems()),
        }

    def _post(self, path: str) -> tuple[HTTPStatus, str, bytes | BinaryIO]:
        told = self._body()
        if path != "api/verdicts":
            raise _RefusedError(HTTPStatus.NOT_FOUND, "verdicts are sent to api/verdicts")
        review = self.server.review
        try:
            statement = statement_of(told, review.run, self.server.clock())
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            raise _RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, f"{place}: {first['msg']}".lstrip(": ")) from error
        except LookupError as error:
            raise _RefusedError(HTTPStatus.CONFLICT, str(error.args[0])) from error
        try:
            statement = review.say(statement)
        except OSError as error:
            why = f"the verdict was not saved: {error.strerror or type(error).__name__}"
            raise _RefusedError(HTTPStatus.INSUFFICIENT_STORAGE, why) from error
        known = statement.fingerprint in review.run.findings
        standing = review.view(statement.reviewer).of(statement.fingerprint)
        answer = {"statement": statement.record(), "standing": standing_record(standing) if known else None}
        return HTTPStatus.CREATED, _KINDS[".json"], _json(answer)

    def _body(self) -> Mapping[str, Any]:
        if self.headers.get("Origin") not in {self.server.origin, self.server.origin.replace(HOST, "localhost")}:
            raise _RefusedError(HTTPStatus.FORBIDDEN, "verdicts are taken only from the pages of this desk")
        if (self.headers.get("Content-Type") or "").partition(";")[0].strip() != "application/json":
            raise _RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "a verdict is JSON")
        length = self.headers.get("Content-Length") or ""
        if not length.isdecimal() or len(length) > 9:
            raise _RefusedError(HTTPStatus.LENGTH_REQUIRED, "a verdict tells its length")
        if int(length) > BODY:
            raise _RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the verdict is too long")
        try:
            told = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError) as error:
            raise _RefusedError(HTTPStatus.BAD_REQUEST, "the verdict is not JSON") from error
        if not isinstance(told, dict):
            raise _RefusedError(HTTPStatus.BAD_REQUEST, "a verdict is a JSON object")
        return told

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is that of the base class)
        """Nothing: addresses hold the token, and names of letters."""


def _json(told: object) -> bytes:
    return json.dumps(told, sort_keys=True, ensure_ascii=True).encode("ascii")
