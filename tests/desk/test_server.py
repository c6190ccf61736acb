"""The desk over loopback: verdicts land in the file, and nobody but the reviewer's own pages is served."""

import json
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.desk.run import NoRunError, Review, finished_run
from checker.desk.server import BODY
from checker.review.blind import Blinding
from checker.review.log import VerdictLog
from tests.desk.desks import NOON, Caller, run_folder, serving


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_folder(tmp_path_factory.mktemp("desk") / "run")


@pytest.fixture
def log(tmp_path: Path) -> VerdictLog:
    return VerdictLog(tmp_path / "verdicts.jsonl")


@pytest.fixture
def caller(folder: Path, log: VerdictLog) -> Iterator[Caller]:
    yield from serving(folder, log)


@pytest.fixture
def blind(folder: Path, log: VerdictLog) -> Iterator[Caller]:
    yield from serving(folder, log, Blinding(everything=True))


def some(caller: Caller, number: int = 0) -> str:
    return list(caller.desk.review.run.findings)[number]


def test_the_report_is_served_behind_the_token(caller: Caller) -> None:
    status, body = caller.get("index.html")
    assert status == 200
    assert b"<!doctype html>" in body
    assert caller.get("assets/letter.js")[0] == 200
    script = caller.get("data/desk.js")[1].decode()
    assert script.startswith('window.IMRCHECK_DESK = {"mode":"file","codes":[["')
    assert script.endswith('Object.assign(window.IMRCHECK_DESK, {"mode": "serve"});\n')


def test_a_large_file_is_sent_whole_and_piece_by_piece(
    caller: Caller, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = folder / "data" / "large.jsonl"
    large.write_bytes(bytes(range(256)) * 1024)
    sent: list[int] = []
    write = socketserver._SocketWriter.write  # type: ignore[attr-defined]
    monkeypatch.setattr(socketserver._SocketWriter, "write", lambda self, b: (sent.append(len(b)), write(self, b))[1])  # type: ignore[attr-defined]
    assert caller.get("data/large.jsonl") == (200, large.read_bytes())
    assert max(sent) < large.stat().st_size
    status, body = caller.ask("HEAD", f"/{caller.desk.token}/data/large.jsonl")
    assert (status, body) == (200, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/index.html",
        "/wrong/index.html",
        "/TOKEN/../secret.txt",
        "/TOKEN/%2e%2e/secret.txt",
        "/TOKEN/..%2fsecret.txt",
        "/TOKEN//etc/hostname",
        "/TOKEN/d",
        "/TOKEN/nothing.html",
        "/TOKEN/link.html",
        "/TOKEN/\x00.html".replace("\x00", "%00"),
    ],
)
def test_nothing_else_is_served(caller: Caller, folder: Path, path: str) -> None:
    (folder.parent / "secret.txt").write_text("secret")
    link = folder / "link.html"
    if not link.is_symlink():
        link.symlink_to(folder.parent / "secret.txt")
    status, body = caller.ask("GET", path.replace("TOKEN", caller.desk.token))
    assert status == 404
    assert b"secret" not in body


def test_another_host_name_is_refused(caller: Caller) -> None:
    status, _ = caller.ask("GET", f"/{caller.desk.token}/index.html", host="evil.example")
    assert status == 403


def test_what_is_no_address_is_answered(caller: Caller) -> None:
    own = caller.desk.origin.removeprefix("http://")
    assert caller.ask("GET", "http://[x", host_=own)[0] == 400


def test_a_verdict_lands_in_the_file(caller: Caller, log: VerdictLog) -> None:
    fingerprint = some(caller)
    status, answer = caller.say(fingerprint=fingerprint, verdict="confirmed", reviewer="A.R.", role="nurse")
    assert status == 201
    assert answer["standing"]["state"] == "confirmed"
    (said,) = log.read().statements
    today = caller.desk.review.run.findings[fingerprint].today
    assert (said.fingerprint, said.doc, said.item, said.rule) == (fingerprint, today.doc, today.item, today.rule)
    assert (said.rule_hash, said.evidence_hash) == (today.rule_hash, today.evidence_hash)
    assert (said.reviewer, said.role, said.at) == ("A.R.", "nurse", NOON)
    assert caller.state()["standings"][fingerprint]["said"][0]["verdict"] == "confirmed"


def test_what_the_page_says_of_the_finding_is_not_believed(caller: Caller, log: VerdictLog) -> None:
    told = {"doc": "another", "rule": "X", "rule_hash": "ff", "evidence_hash": "ff", "at": "1999-01-01T00:00:00Z"}
    assert caller.say(fingerprint=some(caller), verdict="unsure", reviewer="A.R.", **told)[0] == 201
    (said,) = log.read().statements
    assert said.doc != "another"
    assert said.at == NOON
    assert said.rule_hash != "ff"


def test_undo_takes_a_verdict_back(caller: Caller) -> None:
    fingerprint = some(caller)
    caller.say(fingerprint=fingerprint, verdict="confirmed", reviewer="A.R.")
    _, answer = caller.say(fingerprint=fingerprint, verdict="withdrawn", reviewer="A.R.")
    assert answer["standing"] == {"state": "open", "said": [], "stale": []}


def test_a_missed_finding_and_a_clean_letter(caller: Caller, log: VerdictLog) -> None:
    doc = next(iter(caller.desk.review.run.named))
    words = {"exact": "no pain relief", "prefix": "there is ", "suffix": " from it"}
    told = {"doc": doc, "verdict": "missed", "code": "FAC005", "item": 1, "words": words, "reviewer": "A.R."}
    status, answer = caller.say(**told)
    assert (status, answer["standing"]) == (201, None)
    assert caller.say(doc=doc, verdict="clean", reviewer="B.S.", code="FAC005")[0] == 201
    assert [s["verdict"] for s in caller.state()["letters"][doc]] == ["missed", "clean"]
    print_ = answer["statement"]["fingerprint"]
    assert caller.say(fingerprint=print_, doc=doc, verdict="withdrawn", reviewer="A.R.")[0] == 201
    assert [s["verdict"] for s in caller.state()["letters"][doc]] == ["clean"]
    assert len(log.read().statements) == 3


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"verdict": "dismissed"}, 422),
        ({"verdict": "nonsense"}, 422),
        ({"reviewer": ""}, 422),
        ({"note": "x" * 5000}, 422),
        ({"fingerprint": "0" * 16}, 409),
        ({"fingerprint": ["a"]}, 409),
        ({"fingerprint": None, "verdict": "missed", "doc": "none"}, 409),
    ],
)
def test_what_is_refused_is_not_written(caller: Caller, log: VerdictLog, told: dict[str, object], status: int) -> None:
    sent = {"fingerprint": some(caller), "verdict": "confirmed", "reviewer": "A.R.", **told}
    given, answer = caller.say(**sent)
    assert given == status
    assert answer["error"]
    assert not log.path.exists()


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"origin": "https://evil.example"}, b"{}", 403),
        ({"origin": ""}, b"{}", 403),
        ({"content_type": "text/plain"}, b"{}", 415),
        ({}, b"[" * 20_000, 400),
        ({}, b"[]", 400),
        ({}, b" " * (BODY + 1), 413),
        ({"content_length": "-5"}, b"", 411),
    ],
)
def test_only_its_own_pages_may_speak(caller: Caller, headers: dict[str, str], body: bytes, status: int) -> None:
    sent = {"origin": caller.desk.origin, "content_type": "application/json", **headers}
    given, _ = caller.ask("POST", f"/{caller.desk.token}/api/verdicts", body, **sent)
    assert given == status


def test_the_blind_see_what_others_said_only_after_their_own_word(blind: Caller) -> None:
    fingerprint = some(blind)
    blind.say(fingerprint=fingerprint, verdict="confirmed", reviewer="A.R.")
    for name in ("B.S.", ""):
        assert blind.state(name)["standings"] == {}
        assert blind.state(name)["blind"] == list(blind.desk.review.run.findings)
    assert fingerprint not in blind.state("A.R.")["blind"]
    _, answer = blind.say(fingerprint=fingerprint, verdict="unsure", reviewer="B.S.")
    assert answer["standing"]["state"] == "disputed"
    assert len(blind.state("B.S.")["standings"][fingerprint]["said"]) == 2
    assert all(said.blind for said in blind.desk.review.statements())


def test_only_what_is_marked_is_hidden_and_known_to_be_blind(folder: Path, log: VerdictLog) -> None:
    run = finished_run(folder)
    one = next(iter(run.findings.values())).today
    other = next(found.today for found in run.findings.values() if found.today.item != one.item)
    unit = {"doc": one.doc, "item": one.item, "double": True}
    for caller in serving(folder, log, Blinding.of_sample({"units": [unit]})):
        caller.say(fingerprint=one.fingerprint, verdict="confirmed", reviewer="A.R.")
        caller.say(fingerprint=other.fingerprint, verdict="confirmed", reviewer="A.R.")
        state = caller.state("B.S.")
        assert set(state["standings"]) == {other.fingerprint}
        assert one.fingerprint in state["blind"]
        _, answer = caller.say(fingerprint=one.fingerprint, verdict="dismissed", reason="duplicate", reviewer="B.S.")
        assert answer["standing"]["state"] == "disputed"
        caller.say(fingerprint=one.fingerprint, verdict="unsure", reviewer="A.R.", blind=True)
    assert [s.blind for s in log.read().statements] == [True, False, True, False]


def test_two_reviewers_at_once_lose_nothing(caller: Caller, log: VerdictLog) -> None:
    fingerprints = list(caller.desk.review.run.findings)

    def review(name: str) -> None:
        for number in range(25):
            told = caller.say(fingerprint=fingerprints[number % len(fingerprints)], verdict="unsure", reviewer=name)
            assert told[0] == 201

    threads = [threading.Thread(target=review, args=(name,)) for name in ("A.R.", "B.S.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said = [s.reviewer for s in log.read().statements]
    assert (said.count("A.R."), said.count("B.S.")) == (25, 25)
    assert log.read().problems == ()


def test_what_another_desk_wrote_is_seen(caller: Caller, folder: Path, log: VerdictLog) -> None:
    other = Review(finished_run(folder), VerdictLog(log.path))
    fingerprint = some(caller)
    assert caller.state()["standings"] == {}
    for one in serving(folder, log):
        one.say(fingerprint=fingerprint, verdict="unsure", reviewer="B.S.")
    assert caller.state()["standings"][fingerprint]["state"] == "unsure"
    assert other.view().of(fingerprint).state == "unsure"


def test_a_full_disk_is_told(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(statement: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(caller.desk.review.log, "append", full)
    status, answer = caller.say(fingerprint=some(caller), verdict="unsure", reviewer="A.R.")
    assert (status, answer["error"]) == (507, "the verdict was not saved: No space left on device")


def test_every_answer_keeps_pages_to_themselves(caller: Caller) -> None:
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", caller.desk.server_address[1], timeout=10)
    connection.request("HEAD", f"/{caller.desk.token}/index.html")
    answer = connection.getresponse()
    assert answer.read() == b""
    assert "default-src 'none'" in (answer.getheader("Content-Security-Policy") or "")
    assert answer.getheader("X-Frame-Options") == "DENY"
    assert answer.getheader("Cache-Control") == "no-store"
    assert "Python" not in (answer.getheader("Server") or "")
    connection.close()


def test_a_folder_without_a_run(tmp_path: Path) -> None:
    with pytest.raises(NoRunError, match="imrcheck audit"):
        finished_run(tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps({"program": "imrcheck"}))
    with pytest.raises(NoRunError, match="cannot be read"):
        finished_run(tmp_path)
