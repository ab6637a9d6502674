"""The report in a real browser without a network: nothing is asked for, nothing is complained about, nothing runs off the page."""

import pytest
from people import people

from arsim.domain.policies import read_policy
from arsim.report import words
from arsim.report.page.files import write
from arsim.report.page.parts import gather
from arsim.report.robust_export import write as write_robust
from arsim.study.company import Company
from arsim.study.compare import compare
from arsim.study.kept_study import read_study
from arsim.study.robust import robust
from arsim.study.robustness import look_into

SMALL = Company(people(15), warmup=30)
# What sticks out of the window and lies in nothing that scrolls or clips.
_OUTSIDE = """() => [...document.querySelectorAll("main *")].filter(one => {
  if (one.closest("details:not([open])") || one.getBoundingClientRect().right <= innerWidth + 1) return false;
  for (let up = one; up && up !== document.body; up = up.parentElement)
    if (["auto", "hidden", "scroll"].includes(getComputedStyle(up).overflowX)) return false;
  return !(one instanceof SVGElement);
}).map(one => one.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """The report in both languages, with robustness and a long title."""
    folder = tmp_path_factory.mktemp("report")
    names = ("do_nothing", "baseline", "source_recovery_plan")
    policies = [read_policy(name) for name in names]
    title = {"en": "A policy with a title that goes on and on and on for quite a while", "zh": "一" * 40}
    policies[1] = policies[1].model_copy(update={"title": title})
    compare(policies, SMALL, days=60, replications=12, keep=folder)
    found = robust(policies, SMALL, count=10, each=1, days=60)
    study = look_into(found, SMALL, among=("price.gross_margin", "law.lawyer"), walk=("law.lawyer",), replications=2)
    write_robust(study, folder, company=SMALL)
    made = {}
    for language in words.LANGUAGES:
        with words.speaking(language):
            made[language] = write(gather(read_study(folder)), folder)[0]
    return made


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_it_opens_without_a_network_and_fits(chromium, reports, language, width):
    context = chromium.new_context(viewport={"width": width, "height": 900}, offline=True)
    page, said, asked = context.new_page(), [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(request.url[:80]))
    page.on("request", lambda request: asked.append(request.url[:80]))
    page.goto(reports[language].resolve().as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(_OUTSIDE) == []
    assert page.evaluate("[...document.images].length >= 8 && [...document.images].every(one => one.naturalWidth > 0 && one.alt)")
    sizes = page.evaluate("[...document.querySelectorAll('.panels svg text')].map(one => one.getBoundingClientRect().height)")
    assert sizes and min(sizes) > 10  # pixels: letters in the pictures do not shrink with the page
    assert said == [] and all(url.startswith(("file:", "data:")) for url in asked)
    context.close()


def test_on_paper_all_is_open_and_within_the_sheet(chromium, reports):
    context = chromium.new_context(viewport={"width": 690, "height": 980}, offline=True)
    page = context.new_page()
    page.goto(reports["zh"].resolve().as_uri())
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("[...document.querySelectorAll('details')].every(one => one.open)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.pdf(format="A4").startswith(b"%PDF")
    context.close()
