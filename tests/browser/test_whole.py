"""The pages about a whole run as a reviewer uses them: tabs, charts, ways to the letters, paper."""

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.reporting.reports import page_of

TABS = {
    "Summary": "Consistency audit of determinations",
    "Determinations": "Determinations",
    "Rules": "Rules",
    "Differences": "Differences",
    "Manifest": "Manifest",
    "Audit": "Audit report",
}


def tabs(page: Page) -> list[str]:
    return page.get_by_role("navigation", name="Report").get_by_role("link").all_inner_texts()


@pytest.mark.parametrize("script", [True, False])
def test_the_tabs_lead_round_the_report(open_page: Open, small: Path, script: bool) -> None:
    page = open_page(small / "index.html", script=script)
    for name, heading in TABS.items():
        page.get_by_role("navigation", name="Report").get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        expect(page.locator(".tabs [aria-current=page]")).to_have_text(name)
        assert tabs(page) == list(TABS)


def test_the_keyboard_alone_leads_from_the_summary_to_a_letter_and_back(open_page: Open, small: Path) -> None:
    page = open_page(small / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Determinations"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Determinations")
    page.wait_for_load_state()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("sample-0001")
    page.wait_for_load_state()
    page.keyboard.press("i")
    expect(page.get_by_role("heading", level=1)).to_have_text("Determinations")


def test_a_slash_on_a_letter_leads_to_the_search(open_page: Open, small: Path) -> None:
    page = open_page(page_of(small, "sample-0001"))
    page.keyboard.press("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Determinations")
    expect(page.get_by_role("searchbox")).to_be_visible()


def test_the_next_open_finding_is_one_step_away(open_page: Open, small: Path) -> None:
    page = open_page(small / "index.html")
    page.get_by_role("link", name="DEC002 in sample-0001").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("sample-0001")
    expect(page.locator("#F1")).to_have_class(re.compile("current"))


def test_a_rule_leads_to_its_letters(open_page: Open, small: Path) -> None:
    page = open_page(small / "rules.html")
    page.get_by_role("link", name="Letters with SAF001").click()
    expect(page.locator("#shown")).to_have_text("1 of 5 letters")
    assert page.locator("#rows th").all_inner_texts() == ["sample-0001"]
    expect(page.locator("#code-saf001")).to_be_checked()


def test_a_code_has_a_page_without_script(open_page: Open, small: Path) -> None:
    page = open_page(small / "rules.html", script=False)
    page.get_by_role("link", name="SAF001", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("SAF001")
    page.get_by_role("main").get_by_role("link", name="sample-0001").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("sample-0001")


def test_charts_are_pictures_with_names_and_their_numbers_unfold(open_page: Open, small: Path) -> None:
    page = open_page(small / "index.html")
    charts = page.get_by_role("img", name=re.compile("Disputed items with a finding by"))
    expect(charts).to_have_count(3)
    figure = page.locator("#by-class")
    expect(figure.get_by_role("table")).not_to_be_visible()
    figure.locator("summary").click()
    expect(figure.get_by_role("row", name="medication 2 / 2 100 % 34 to 100 %")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_of_a_chart_runs_out_of_its_place_or_into_another(open_page: Open, small: Path, width: int) -> None:
    page = open_page(small / "index.html", width=width)
    outside = page.evaluate(
        """() => [...document.querySelectorAll('.chart > svg')].flatMap(svg => {
            const place = svg.getBoundingClientRect();
            const out = box => box.left < place.left - 1 || box.right > place.right + 1;
            return [...svg.querySelectorAll('rect, circle, text.value, text.tick')]
              .filter(e => out(e.getBoundingClientRect())).map(e => e.outerHTML);
        })"""
    )
    assert outside == []
    place = page.evaluate(
        """() => { const value = document.querySelector('#by-class .value').getBoundingClientRect();
            const name = document.querySelector('#by-class .name').parentElement.getBoundingClientRect();
            return [name.right, value.left]; }"""
    )
    assert place[0] <= place[1]


def test_the_groups_of_a_funnel_are_drawn_where_the_numbers_say(open_page: Open, grouped: Path) -> None:
    page = open_page(grouped / "index.html")
    drawn = page.evaluate(
        """() => {
            const scales = [...document.querySelectorAll("#funnel-specialties .scale")];
            const lines = scales.map(line => line.getBoundingClientRect().y);
            const bottom = Math.max(...lines), top = Math.min(...lines);
            return [...document.querySelectorAll('#funnel-specialties .point')].map(point => {
                const at = point.getBoundingClientRect();
                return [point.querySelector('title').textContent, (bottom - at.y - at.height / 2) / (bottom - top)];
            });
        }"""
    )
    top = page.locator("#funnel-specialties .tick.last").all_text_contents()
    scale = max(float(words.removesuffix(" %")) for words in top if words.endswith(" %")) / 100
    rows = page.evaluate(
        """() => [...document.querySelectorAll('#funnel-specialties tbody tr')]
            .map(row => [...row.children].map(cell => cell.textContent))"""
    )
    assert rows
    told = {row[0]: row for row in rows}
    assert drawn
    for words, height in drawn:
        row = told[words.split(":")[0]]
        found, of = (int(number.replace(",", "")) for number in row[1].split("/"))
        assert height == pytest.approx(found / of / scale, abs=0.01)
        assert words.endswith(row[5])
    assert {row[0]: row[5] for row in rows} == {
        "Family Practice": "outside 99.8 %",
        "Orthopedic Surgery": "outside 99.8 %",
        "Psychiatry & Neurology": "outside 95 %",
        "Dentistry": "too few to say",
    }
    assert sum(row[5] == "too few to say" for row in rows) == len(rows) - len(drawn)


@pytest.mark.parametrize("width", [1280, 320])
def test_a_funnel_keeps_to_its_place(open_page: Open, grouped: Path, width: int) -> None:
    page = open_page(grouped / "index.html", width=width)
    outside = page.evaluate(
        """() => [...document.querySelectorAll('.funnel > svg')].flatMap(svg => {
            const place = svg.getBoundingClientRect();
            const out = box => box.width && (box.left < place.left - 1 || box.right > place.right + 6);
            return [...svg.querySelectorAll('circle, text, polyline')]
              .filter(e => out(e.getBoundingClientRect())).map(e => e.outerHTML);
        })"""
    )
    assert page.locator(".funnel > svg").count() == 3
    assert outside == []


def test_points_are_drawn_where_the_numbers_say(open_page: Open, small: Path) -> None:
    page = open_page(small / "index.html")
    at = page.evaluate(
        """() => [...document.querySelectorAll('#by-class .point')].map(point => {
            const box = point.getBoundingClientRect();
            const track = point.parentElement.querySelector('.track').getBoundingClientRect();
            return (box.left + box.width / 2 - track.left) / track.width;
        })"""
    )
    # medication 2 of 2, dme 1 of 1, physical medicine 0 of 1
    assert at == pytest.approx([1, 1, 0], abs=0.01)


def test_differences_tell_their_causes(open_page: Open, small: Path) -> None:
    page = open_page(small / "differences.html")
    expect(page.locator("#gone li")).to_have_count(1)
    expect(page.locator("#changed .cause")).to_have_text("letter changed")
    expect(page.locator("#changed .was")).to_contain_text("no guideline")


def test_the_audit_prints_whole_with_page_numbers_and_places_to_sign(open_page: Open, small: Path) -> None:
    page = open_page(small / "audit.html")
    pdf = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    pages = [" ".join(pdf[n].get_textpage().get_text_range().split()) for n in range(len(pdf))]
    text = " ".join(pages)
    for part in (
        *("1. Scope", "2. Sample", "3. Method and limits", "4. Rule set", "5. Findings", "6. Statistics"),
        *("7. Review and agreement", "8. Changes since an earlier run", "9. Sign-off", "10. Manifest"),
        "The criteria are said to be met, and the denial is upheld",
        "The criteria for going on are largely met in this case.",
        "How to answer",
        "medication 2 / 2 100 % 34 to 100 %",
        "Second reviewer",
        "Adjudicator",
        "Signature",
        "5f0c5f0c5f0c",
        "A flag is a textual inconsistency, not an opinion on medical necessity.",
    ):
        assert part in text, part
    for number, of_page in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in of_page
    assert "Determinations Rules Differences" not in text
    assert not any("<script>" in part for part in re.findall(r"<script[^>]*src", text))
