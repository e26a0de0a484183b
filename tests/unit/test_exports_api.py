"""The JSON files, and that their schemas say what is in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from confnotes.catalogue import Catalogue, load_catalogue
from confnotes.catalogue.programme import Programme, ScheduledTalk, render_programme
from confnotes.exports import Site, export_files
from confnotes.exports.api import FILES
from confnotes.exports.json_ld import json_ld_graph
from confnotes.pages import docnames

from tests.file_trees import write_files

ROOT = Path(__file__).parents[1] / "roots/test-conference"
PUBLIC = Site("Pipeline notes", "https://notes.example/site/", "{}.html".format)
PRIVATE = Site("Pipeline notes", "", "{}.html".format)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT)


def made(catalogue: Catalogue, site: Site = PRIVATE) -> dict[str, str]:
    return dict(export_files(catalogue, ["index"], site))


def records(catalogue: Catalogue, name: str, site: Site = PRIVATE) -> dict[str, Any]:
    return {one["id"]: one for one in json.loads(made(catalogue, site)[f"api/{name}.json"])}


def test_a_talk(catalogue: Catalogue) -> None:
    note = "years/2031/pipeline-days/monday-session-1"
    talk = f"{note}#queues-that-never-fill"
    assert records(catalogue, "talks")[talk] == {
        "id": talk,
        "title": "Queues that never fill",
        "url": f"{note}.html#queues-that-never-fill",
        "speakers": [{"id": "ana-ruiz", "name": "Ana Ruiz", "affiliation": ""}],
        "topics": ["queues", "water"],
        "event": "2031/pipeline-days",
        "year": 2031,
        "date": "2031-03-03",
        "session": "Session 1",
        "kind": "talk",
        "track": "",
        "citation_key": "2031/pipeline-days/monday-session-1:queues-that-never-fill",
        "materials": [],
        "also": [],
        "note": f"{note}.txt",
        "line": 3,
    }


def test_a_speaker(catalogue: Catalogue) -> None:
    assert records(catalogue, "speakers")["ana-ruiz"] == {
        "id": "ana-ruiz",
        "name": "Ana Ruiz",
        "url": "speakers/ana-ruiz.html",
        "distinction": "",
        "pronouns": "",
        "website": "",
        "orcid": "",
        "picture": "",
        "aliases": ["Ana Ruíz Campo"],
        "links": [],
        "talks": ["years/2031/pipeline-days/monday-session-1#queues-that-never-fill"],
    }


def test_a_topic(catalogue: Catalogue) -> None:
    topic = records(catalogue, "topics")["valves"]
    assert (topic["title"], topic["parent"], len(topic["talks"])) == ("Valves", "water", 2)
    assert records(catalogue, "topics")["water"]["parent"] is None


def test_an_event(catalogue: Catalogue) -> None:
    event = records(catalogue, "events")["2031/pipeline-days"]
    assert (event["name"], event["place"]) == ("Pipeline Days 2031", "Lyon")
    assert (event["start"], event["end"]) == ("2031-03-03", "2031-03-05")
    assert len(event["talks"]) == 3


def test_what_records_refer_to_is_there(catalogue: Catalogue) -> None:
    known = {name: records(catalogue, name) for name in FILES}
    for talk in known["talks"].values():
        assert talk["event"] in known["events"]
        assert known["topics"].keys() >= set(talk["topics"])
        assert known["speakers"].keys() >= {speaker["id"] for speaker in talk["speakers"]}
    for name in ("speakers", "topics", "events"):
        for record in known[name].values():
            assert known["talks"].keys() >= set(record["talks"])


def test_addresses_are_absolute_where_the_site_has_one(catalogue: Catalogue) -> None:
    for name in FILES:
        for record in records(catalogue, name, PUBLIC).values():
            assert record["url"].startswith("https://notes.example/site/")


def agrees(value: Any, schema: dict[str, Any]) -> bool:
    """Return True if ``value`` is as ``schema`` has it, as far as our schemas go."""
    kinds = {"string": str, "integer": int, "null": type(None), "array": list, "object": dict}
    kinds["boolean"] = bool
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not isinstance(value, tuple(kinds[name] for name in names)):
        return False
    if isinstance(value, list):
        return all(agrees(item, schema["items"]) for item in value)
    if isinstance(value, dict):
        fields = schema["properties"]
        return set(schema["required"]) <= value.keys() and all(
            agrees(item, fields[name]) for name, item in value.items()
        )
    return True


@pytest.mark.parametrize("name", FILES)
def test_the_schema_holds(catalogue: Catalogue, name: str) -> None:
    texts = made(catalogue, PUBLIC)
    schema = json.loads(texts[f"api/{name}.schema.json"])
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"https://notes.example/site/api/{name}.schema.json"
    assert agrees(json.loads(texts[f"api/{name}.json"]), schema)


def test_without_an_address_nothing_needs_one(catalogue: Catalogue) -> None:
    texts = made(catalogue)
    assert all(path.startswith(("api/", "citations.", "years/")) for path in texts)
    assert all("://" not in text for path, text in texts.items() if path.endswith(".bib"))
    assert all("$id" not in json.loads(text) for path, text in texts.items() if "schema" in path)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "java script:x"])
def test_a_url_that_may_act_is_in_no_file(tmp_path: Path, url: str) -> None:
    files = {
        "years/2031/queue-days/index.md": f"---\nurl: '{url}'\n---\n# Queue Days 2031\n",
        "years/2031/queue-days/one.txt": f"Leaks – Bo Li\nSlides: {url}\n\n- one\n",
        "speakers/bo-li.md": f"---\nlinks: {{Home: '{url}'}}\n---\n# Bo Li\n",
    }
    write_files(tmp_path, files)
    catalogue = load_catalogue(tmp_path)
    assert records(catalogue, "events")["2031/queue-days"]["website"] == ""
    assert records(catalogue, "speakers")["bo-li"]["links"] == []
    assert all(talk["materials"] == [] for talk in records(catalogue, "talks").values())
    for docname in docnames(catalogue):
        assert "sameAs" not in json.dumps(json_ld_graph(catalogue, docname, "Title", PUBLIC))


def test_the_schema_of_a_programme_holds(catalogue: Catalogue) -> None:
    schema = json.loads(made(catalogue)["api/programme.schema.json"])
    long = ScheduledTalk(
        id="k-1", title="Kettles", speakers=("Ana Ruiz",), minutes=45, cancelled=True
    )
    short = ScheduledTalk(id="k-2", title="Lids")
    text = render_programme(Programme(event="Kettle Days 2031", talks=(long, short)))
    assert agrees(json.loads(text), schema)
    assert not agrees({"event": "Kettle Days 2031", "talks": [{"title": "Lids"}]}, schema)
