"""The report as files: the same bytes twice, safe names, everything escaped, nothing inline, no link into the void."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from checker.knowledge.resources import templates_folder
from checker.model.determination import Determination
from checker.model.findings import Judgement
from checker.reporting.console import DISCLAIMER
from checker.reporting.environment import environment
from checker.reporting.pages import Pages
from tests.reporting import samples
from tests.reporting.reports import batch, page_of, report


class Page(HTMLParser):
    """Ids, links and tags of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name in {"href", "src"}:
                self.links.append(value or "")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report(tmp_path_factory.mktemp("report"), batch())


def pages(folder: Path) -> dict[Path, Page]:
    return {path: Page(path.read_text("utf-8")) for path in sorted(folder.rglob("*.html"))}


def test_two_renders_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    other = report(tmp_path / "again", batch())
    files = sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(other) for p in other.rglob("*") if p.is_file())
    for name in files:
        assert (folder / name).read_bytes() == (other / name).read_bytes(), name


def test_every_template_is_escaped_whatever_it_is_called(tmp_path: Path) -> None:
    for name in ("page.html", "page.html.j2", "page.j2", "page.txt"):
        (tmp_path / name).write_text("{{ word }}")
        assert environment(tmp_path).get_template(name).render(word="<b>") == "&lt;b&gt;"
    engine = environment(templates_folder())
    assert engine.autoescape is True
    for name in engine.list_templates(["html"]):
        assert "autoescape false" not in Path(str(engine.get_template(name).filename)).read_text("utf-8")


def test_an_unknown_name_in_a_template_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{{ nobody }}")
    with pytest.raises(UndefinedError):
        environment(tmp_path).get_template("page.html").render()


def test_every_letter_that_could_be_read_has_a_page_with_a_safe_name(folder: Path) -> None:
    names = [str(p.relative_to(folder)) for p in sorted(folder.glob("d/**/*.html"))]
    assert len(names) == 4
    for name in names:
        assert re.fullmatch(r"d/[0-9a-f]{2}/[a-z0-9-]{1,80}-[0-9a-f]{12}\.html", name), name
    assert not list(folder.parent.glob("etc*"))


def test_two_letters_with_one_name_and_text_have_two_pages(tmp_path: Path) -> None:
    folder = report(tmp_path, [samples.clean("same"), samples.clean("same")])
    assert len(list(folder.glob("d/*/same-*.html"))) == 2


def test_every_link_leads_somewhere(folder: Path) -> None:
    seen = pages(folder)
    for path, page in seen.items():
        for link in page.links:
            if link == "data:,":
                continue
            file, _, fragment = link.partition("#")
            target = (path.parent / file).resolve() if file else path
            assert target.is_file(), (path.name, link)
            assert folder in target.parents
            if fragment and not (target.name == "letters.html" and "=" in fragment):
                assert fragment in seen[target].ids, (path.name, link)


def test_findings_and_words_point_at_each_other(folder: Path) -> None:
    page = Page(page_of(folder, "sample-0001").read_text("utf-8"))
    for label in ("1.1", "1.2", "2.1", "2.2", "3.1", "4.1", "4.2"):
        assert f"F{label}" in page.ids
        assert f"w{label}" in page.ids
        assert page.links.count(f"#w{label}") >= 1
        assert page.links.count(f"#F{label}") >= 1


def test_no_id_stands_twice(folder: Path) -> None:
    for path, page in pages(folder).items():
        assert len(page.ids) == len(set(page.ids)), path.name


def test_nothing_is_inline_and_the_policy_stands_on_every_page(folder: Path) -> None:
    for path, page in pages(folder).items():
        html = path.read_text("utf-8")
        assert "default-src 'none'; script-src 'self' file:; style-src 'self' file:;" in html
        assert "style" not in page.attributes | set(page.tags)
        assert not [a for a in page.attributes if a.startswith("on")]
        assert not re.findall(r"<script(?![^>]* src=)", html)
        assert html.count(DISCLAIMER) == 1
        assert "https:" not in html
        assert not [link for link in page.links if re.match(r"(?!data:,)[a-z]+:", link)]


def test_a_hostile_letter_adds_no_element(folder: Path) -> None:
    harmless = Page(page_of(folder, "sample-0001").read_text("utf-8"))
    path = next(p for p in folder.glob("d/*/*.html") if p.name.startswith("etc-pass"))
    hostile = Page(path.read_text("utf-8"))
    assert set(hostile.tags) <= set(harmless.tags) | {"b"}
    assert hostile.tags.count("script") == harmless.tags.count("script")
    table = Page((folder / "letters.html").read_text("utf-8"))
    assert table.tags.count("script") == 7
    assert "img" not in hostile.tags + table.tags
    for path, page in pages(folder).items():
        if path.parent.name != "d" and path.parent.parent.name != "d" and path.name != "letters.html":
            live = 3 if path.parent.name == "codes" or path.name in {"index.html", "rules.html", "audit.html"} else 0
            assert page.tags.count("script") == live, path.name
            assert not {"img", "u", "i"} & set(page.tags), path.name


def test_the_data_file_is_plain_ascii_and_one_assignment(folder: Path) -> None:
    script = (folder / "data" / "index.js").read_bytes().decode("ascii")
    assert script.startswith("window.IMRCHECK = {")
    data = json.loads(script.removeprefix("window.IMRCHECK = ").removesuffix(";\n"))
    assert data["letters"] == 5
    assert data["columns"]["doc"][0] == "sample-0001"
    assert data["columns"]["why"] == {
        "3": "no disputed item found: none of the known headings stands in the text",
        "4": "no text on pages 1-3, needs OCR",
    }
    assert data["columns"]["error"] == [2, 0, 1, 0, 0]


def test_a_letter_says_how_many_rules_were_considered(folder: Path) -> None:
    html = page_of(folder, "sample-0002").read_text("utf-8")
    assert "<b>No finding.</b> 4 rules were considered, 3 applied, none fired." in html
    assert "This is not a clean result" not in html
    assert "This is not a clean result" in page_of(folder, "memo").read_text("utf-8")


def test_the_trace_says_why_and_why_not(folder: Path) -> None:
    text = re.sub(r"<[^>]+>|\s+", " ", page_of(folder, "sample-0001").read_text("utf-8"))
    text = " ".join(text.split())
    assert "rationale.functional-improvement is not documented F2.1 cue no-account-of" in text
    assert "What the letter does with the denial: upheld" in text
    assert "Daily activities with the drug documented said to be missing F2" in text
    assert "The exception FAC005.inference was looked at" in text
    assert "rationale.purpose is taper ; here treatment" in text
    assert "Items 1, 2 QUI002 item.days Item 1 QUI006 item.days" in text
    assert "Items 1, 2 QUI003 exception QUI003.taper: A taper is no continuation." in text
    assert "Items 0, 1, 2 is documented; here silent rationale.spasm (QUI001)" in text
    assert "Items 0, 1, 2 item.category is medication QUI000" in text
    assert "Item 1 item.category is medication QUI004" in text


def test_pages_can_be_left_out(tmp_path: Path) -> None:
    flagged = report(tmp_path / "flagged", batch(), Pages.FLAGGED)
    assert len(list(flagged.glob("d/*/*.html"))) == 3
    none = report(tmp_path / "none", batch(), Pages.NONE)
    assert not (none / "d").exists()
    assert all(not link.startswith("d/") for link in Page((none / "letters.html").read_text("utf-8")).links)


def test_letters_are_chained_in_input_order(folder: Path) -> None:
    readable = [x for x in batch() if isinstance(x, (Judgement, Determination))]
    assert len(readable) == 4
    at = page_of(folder, "sample-0001")
    seen = [at.name]
    while True:
        found = re.search(r'<a rel="next" href="([^"]+)"', at.read_text("utf-8"))
        if not found:
            break
        at = (at.parent / found.group(1)).resolve()
        seen.append(at.name)
    assert [name.rsplit("-", 1)[0] for name in seen] == [
        *("sample-0001", "sample-0002", "etc-pass-wd-script-alert-1-script", "memo")
    ]


def test_a_page_of_a_normal_letter_stays_small(folder: Path) -> None:
    assert page_of(folder, "sample-0001").stat().st_size < 60_000


def test_a_page_tells_how_the_letter_was_read(folder: Path) -> None:
    html = page_of(folder, "sample-0001").read_text("utf-8")
    read = html.split("How the program read the letter")[1].split("</details>")[0]
    assert re.search(r'<b title="[^"]+">(?:case|guideline|application|conclusion)</b> ', read)
    assert "<h3>Rationale of item 1</h3>" in read
