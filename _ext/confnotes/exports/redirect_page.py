"""Redirect pages: HTML at an old address that redirects to the new one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from confnotes.exports.meta_tags import json_for_script
from confnotes.exports.redirects import Redirect, RedirectTarget
from confnotes.exports.site import Site
from confnotes.pages.i18n import _

_PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="canonical" href="{canonical}">
<script>
const moved = {anchors}, page = {page};
location.replace(moved[location.hash] || (page.includes("#") ? page : page + location.hash));
</script>
<noscript><meta http-equiv="refresh" content="0; url={address}"></noscript>
</head>
<body>
<p>{words} <a href="{address}">{new}</a></p>
</body>
</html>
"""


def render_redirect(redirects: Sequence[Redirect], address: str, site: Site) -> str:
    """Return the page for ``redirects`` from one page and from anchors on it.

    If none is from the page itself, it redirects to the page of the first anchor. ``address`` is
    the root of the site, relative to this page. Without scripts a browser gets to the right page,
    but not to the anchor.
    """
    whole = [redirect.new for redirect in redirects if not redirect.old.anchor]
    new = whole[0] if whole else RedirectTarget(redirects[0].new.docname)

    def lead(to: RedirectTarget, start: str) -> str:
        fragment = f"#{to.anchor}" if to.anchor else ""
        return f"{start}{site.uri(to.docname)}{fragment}"

    anchors = {
        f"#{redirect.old.anchor}": lead(redirect.new, address)
        for redirect in redirects
        if redirect.old.anchor
    }
    return _PAGE.format(
        language=site.language,
        title=escape(_("This page has moved")),
        canonical=escape(lead(new, site.base_url or address)),
        anchors=json_for_script(json.dumps(anchors)),
        page=json_for_script(json.dumps(lead(new, address))),
        address=escape(lead(new, address)),
        words=escape(_("This page has moved:")),
        new=escape(str(new)),
    )
