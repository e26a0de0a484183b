"""Settings of Sphinx's own link check: they count here too, or a warning says what does instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from confnotes.linkcheck.ledger import Ledger, LinkState, load_ledger
from sphinx.errors import ConfigError

from tests.links.server import UNTRUSTED, Host, Hosts

if TYPE_CHECKING:
    from conftest import Build, Site

NOTE = "years/2030/pipe-days/wednesday"


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site("links")


def check(site: Site, *urls: str, **settings: object) -> Build:
    """Check a note with ``urls``."""
    head = "Pipe Days 2030 – Wednesday – Session 1\n\nPipes that hold – Ana Ruiz\n\n"
    site.write(f"{NOTE}.txt", head + "".join(f"• {url}\n" for url in urls))
    return site.build("linkcheck", **settings)


def ledger(site: Site) -> Ledger:
    return load_ledger(site.source / "links.jsonl")


def test_ignore(site: Site, host: Host) -> None:
    check(site, f"{host.url}/page", f"{host.url}/other", linkcheck_ignore=[r".*/other"])
    assert host.pages() == {"/page": 1}


def test_ignore_counts_for_redirects(site: Site, host: Host) -> None:
    built = check(site, f"{host.url}/to/302/private", linkcheck_ignore=[r".*:\d+/private"])
    assert host.pages() == {"/to/302/private": 1}
    assert "a redirect leads to a URL in linkcheck_ignore" in built.said


def test_exclude_documents(site: Site, host: Host) -> None:
    site.write("speakers/ana-ruiz.md", f"# Ana Ruiz\n\n[Site]({host.url}/ana)\n")
    check(site, f"{host.url}/page", linkcheck_exclude_documents=["years/.*"])
    assert host.pages() == {"/ana": 1}


def test_auth_goes_to_matching_urls_only(site: Site, hosts: Hosts) -> None:
    inside, outside = hosts(), hosts("127.0.0.2")
    url = f"{inside.url}/to/302/x?{outside.url}/page"
    check(site, url, linkcheck_auth=[(inside.url, ("ana", "hunter2"))])
    basic = "Basic YW5hOmh1bnRlcjI="
    assert {headers.get("Authorization") for headers in inside.headers} == {basic}
    assert not any("Authorization" in headers for headers in outside.headers)


def test_request_headers(site: Site, hosts: Hosts) -> None:
    one, other = hosts(), hosts("127.0.0.2")
    check(
        site,
        f"{one.url}/page",
        f"{other.url}/page",
        linkcheck_request_headers={one.url: {"X-Pipes": "yes"}, "*": {"Accept": "text/pipes"}},
    )
    assert {headers.get("X-Pipes") for headers in one.headers} == {"yes"}
    assert {headers["Accept"] for headers in other.headers} == {"text/pipes"}


def test_timeout(site: Site, host: Host) -> None:
    url = f"{host.url}/hang"
    check(site, url, linkcheck_timeout=1.5)
    assert ledger(site)[url].code == "timeout"
    assert host.pages() == {"/hang": 1}


@pytest.mark.parametrize(("workers", "most"), [(1, 1), (5, 6)])
def test_workers(site: Site, hosts: Hosts, workers: int, most: int) -> None:
    every = hosts("0.0.0.0")
    urls = [f"http://127.0.0.{n}:{every.server_port}/slow/page" for n in range(2, 8)]
    check(site, *urls, linkcheck_workers=workers)
    assert every.pages()["/slow/page"] == 6
    assert every.most_open <= most
    assert (every.most_open > 1) == (most > 1)


def test_rate_limit_timeout(site: Site, host: Host) -> None:
    check(site, f"{host.url}/busy/1", linkcheck_rate_limit_timeout=0.5)
    assert host.pages() == {"/busy/1": 1}, "a second was too long to wait"


@pytest.mark.parametrize(
    "settings",
    [
        {"linkcheck_anchors": False},
        {"linkcheck_anchors_ignore": ["b.d"]},
        {"linkcheck_anchors_ignore_for_url": [".*/page"]},
    ],
    ids=lambda settings: next(iter(settings)),
)
def test_anchors(site: Site, host: Host, settings: dict[str, object]) -> None:
    url = f"{host.url}/page#bad"
    check(site, url, **settings)
    assert ledger(site)[url].code == "200"


def test_allowed_redirects(site: Site, host: Host) -> None:
    url = f"{host.url}/to/302/x?/"
    check(site, url, linkcheck_allowed_redirects={r".*/to/302/.*": r".*:\d+/$"})
    assert ledger(site)[url].state is LinkState.ALIVE


def test_allow_unauthorized_is_what_happens_anyway(site: Site, host: Host) -> None:
    built = check(site, f"{host.url}/401", linkcheck_allow_unauthorized=True)
    assert (built.statuscode, built.warnings) == (0, [])


def test_tls_verify(site: Site, secure_host: Host) -> None:
    url = f"{secure_host.url}/page"
    check(site, url, tls_verify=False)
    assert ledger(site)[url].code == "200"


def test_tls_cacerts_of_another_host_change_nothing(site: Site, secure_host: Host) -> None:
    url = f"{secure_host.url}/page"
    check(site, url, tls_cacerts={"other.pipes": str(UNTRUSTED)})
    assert ledger(site)[url].code == "tls"


@pytest.mark.parametrize("is_for_port", [True, False])
def test_tls_cacerts_may_be_a_folder_and_name_a_port(
    site: Site, secure_host: Host, tmp_path: Path, is_for_port: bool
) -> None:
    name = "127.0.0.1" + f":{secure_host.server_port}" * is_for_port
    folder = {name: str(UNTRUSTED.parent), "other.pipes": str(tmp_path)}
    url = f"{secure_host.url}/page"
    assert check(site, url, tls_cacerts=folder).statuscode == 0
    assert ledger(site)[url].code == "tls"


def test_what_has_no_effect_is_named_once(site: Site) -> None:
    built = check(
        site,
        linkcheck_retries=3,
        linkcheck_report_timeouts_as_broken=True,
        linkcheck_auth=[(".*", object())],
    )
    (warning,) = (line for line in built.warnings if "no effect" in line)
    for name in ("linkcheck_retries", "linkcheck_report_timeouts_as_broken", "linkcheck_auth"):
        assert f"{name} " in warning
    assert "[confnotes.linkcheck]" in warning


def test_settings_as_they_come_are_no_warning(site: Site) -> None:
    assert check(site).warnings == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("linkcheck_ignore", ["("]),
        ("linkcheck_exclude_documents", ["("]),
        ("linkcheck_anchors_ignore", ["("]),
        ("linkcheck_auth", [("(", ("ana", "x"))]),
        ("confnotes_linkcheck_only", "("),
        ("tls_cacerts", "/nowhere.pem"),
        ("tls_cacerts", 3),
        ("linkcheck_anchors_ignore", [3]),
        ("confnotes_linkcheck_gap", float("inf")),
        ("confnotes_linkcheck_budget", []),
        ("confnotes_linkcheck_budget", None),
        ("confnotes_linkcheck_archive", "javascript:x"),
    ],
)
def test_a_setting_with_a_wrong_value_is_one_message(site: Site, name: str, value: object) -> None:
    with pytest.raises(ConfigError, match=name):
        check(site, **{name: value})


def test_every_setting_of_sphinx_is_in_the_guide(site: Site) -> None:
    guide = (Path(__file__).parents[2] / "guide" / "link-settings.md").read_text(encoding="utf-8")
    names = [value.name for value in site.make_app("linkcheck", srcdir=site.source).config]
    wanted = [name for name in names if name.startswith(("linkcheck_", "tls_"))]
    assert len(wanted) > 10
    assert not [
        name for name in wanted if f"| `{name}`" not in guide and f", `{name}` |" not in guide
    ]
