"""What other projects can refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util.inventory import InventoryFile

if TYPE_CHECKING:
    from conftest import Site


def test_every_object_is_in_the_inventory(site: Site) -> None:
    site.build()
    data = (site.output / "html" / "objects.inv").read_bytes()
    inventory = InventoryFile.loads(data, uri="").data
    note = "years/2031/pipeline-days/monday-session-1"
    assert inventory["conf:speaker"]["bo-li"].uri == "speakers/bo-li.html"
    assert inventory["conf:speaker"]["bo-li"].display_name == "Bo Li"
    assert inventory["conf:event"]["2031/pipeline-days"].display_name == "Pipeline Days 2031"
    assert inventory["conf:topic"]["water"].display_name == "Water"
    talk = inventory["conf:talk"][f"{note}#queues-that-never-fill"]
    assert talk.uri == f"{note}.html#queues-that-never-fill"
    assert talk.display_name == "Queues that never fill"
