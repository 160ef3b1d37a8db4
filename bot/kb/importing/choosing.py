"""Which source an argument means: told from what it is, or by the person."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from .confluence import ConfluenceSource
from .export import ExportSource, is_export
from .fetching import Access, Fetcher, checked
from .folder import ENDINGS, FolderSource
from .items import KINDS, Source, SourceError, Wishes
from .site import SiteSource
from .zendesk import ZendeskSource

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_IN_CONFLUENCE = re.compile(
    r"(?P<context>(?:/[^/]+)*?)/(?:display|spaces|rest|api|pages|x)(?:/(?P<key>[^/]+))?(?:/|\Z)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person says that articles are: a folder, an archive or an address. `kind` "" = told from it."""

    where: str
    kind: str = ""
    space: str = ""


@contextmanager
def opened(
    place: Place, wishes: Wishes, access: Access | None = None, wait: Callable[[float], None] = time.sleep
) -> Iterator[Source]:
    """Open what a place means. `wait` passes the seconds that a source asks for. Raises SourceError."""
    kind = place.kind or kind_of(place)
    if kind not in KINDS:
        raise SourceError(f"no kind {kind}; it is one of: {', '.join(KINDS)}")
    if place.space and kind != "confluence":
        raise SourceError(f"--space is for Confluence, and {place.where} is taken for a {kind}; leave it out")
    if not _ADDRESS.match(place.where):
        yield _local(Path(place.where), kind, wishes)
        return
    if kind == "folder":
        raise SourceError(f"{place.where} is no folder; give its path, or another --kind")
    access = access or Access()
    with Fetcher(place.where, access.header("/token" if kind == "zendesk" else ""), wait) as fetcher:
        yield _remote(fetcher, kind, place.space, wishes)


def kind_of(place: Place) -> str:
    """Tell what kind of source it is. Raises SourceError where that cannot be told."""
    if _ADDRESS.match(place.where):
        return _kind_of_address(place)
    path = Path(place.where)
    if not path.exists():
        raise SourceError(f"no folder {path}; give a folder, a .zip of a Confluence export, or an https:// address")
    if path.is_file() or is_export(path):
        return "confluence"
    if any(file.suffix.lower() in ENDINGS for file in path.rglob("*")):
        return "folder"
    raise SourceError(
        f"cannot tell what {path} is: it holds neither {', '.join(ENDINGS)} files nor a Confluence export; say --kind"
    )


def _kind_of_address(place: Place) -> str:
    parts = urlsplit(checked(place.where))
    host = parts.hostname or ""
    if host.endswith(".zendesk.com") or re.match(r"/hc(?:/|\Z)", parts.path):
        return "zendesk"
    wiki = re.search(r"/(?:display|spaces|rest/api|wiki/spaces|confluence)(?:/|\Z)", parts.path)
    if place.space or host.endswith(".atlassian.net") or wiki:
        return "confluence"
    return "site"


def _local(path: Path, kind: str, wishes: Wishes) -> Source:
    match kind:
        case "folder":
            return FolderSource(path, wishes.languages)
        case "confluence":
            return ExportSource(path, wishes.languages)
        case _:
            raise SourceError(f"a {kind} is read over the web; give its https:// address instead of {path}")


def _remote(fetcher: Fetcher, kind: str, space: str, wishes: Wishes) -> Source:
    match kind:
        case "confluence":
            root, key = confluence_at(fetcher.home, space)
            return ConfluenceSource(fetcher, root, key, wishes.languages)
        case "zendesk":
            return ZendeskSource(fetcher, fetcher.home, wishes.languages)
        case _:
            return SiteSource(fetcher, wishes.languages)


def confluence_at(address: str, space: str) -> tuple[str, str]:
    """Confluence's own address and the space's key, from any address within it. Raises SourceError."""
    parts = urlsplit(address)
    inside = _IN_CONFLUENCE.match(parts.path)
    context = inside["context"] if inside else parts.path.rstrip("/")
    if (parts.hostname or "").endswith(".atlassian.net"):
        context = "/wiki"
    named = inside["key"] if inside and parts.path.startswith((f"{context}/display/", f"{context}/spaces/")) else ""
    asked = parse_qs(parts.query)
    queried = (asked.get("spaceKey") or asked.get("key") or [""])[0]
    key = space or queried or unquote(named or "")
    if not key or key.endswith(".action"):
        raise SourceError(f"{address} names no space; say which one with --space KEY")
    return f"{parts.scheme}://{parts.netloc}{context}", key
