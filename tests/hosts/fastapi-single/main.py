"""A shelf of links, kept in memory, and the page that shows it."""

from itertools import count

from fastapi import FastAPI, HTTPException, Query, status
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field, HttpUrl

PAGE = """<!doctype html>
<title>linkshelf</title>
<ul id="links"></ul>
<script>
  fetch("/api/links").then((r) => r.json()).then((links) => {
    for (const { title, url } of links) {
      const a = Object.assign(document.createElement("a"), { href: url });
      a.textContent = title;
      document.querySelector("#links").append(a);
    }
  });
</script>
"""

app = FastAPI(title="linkshelf")


class LinkIn(BaseModel):
    title: str = Field(min_length=1, max_length=200)
    url: HttpUrl
    tags: list[str] = Field(default=[], max_length=20)


class Link(LinkIn):
    id: int


LINKS: dict[int, Link] = {}
IDS = count(1)


@app.get("/api/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}


@app.get("/api/links")
async def list_links(
    tag: str | None = None, limit: int = Query(default=50, ge=1, le=200)
) -> list[Link]:
    links = [link for link in LINKS.values() if tag is None or tag in link.tags]
    return links[::-1][:limit]


@app.post("/api/links", status_code=status.HTTP_201_CREATED)
async def create_link(body: LinkIn) -> Link:
    link = Link(id=next(IDS), **body.model_dump())
    LINKS[link.id] = link
    return link


@app.get("/api/links/{link_id}")
async def get_link(link_id: int) -> Link:
    if link_id not in LINKS:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "Link not found")
    return LINKS[link_id]


@app.delete("/api/links/{link_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_link(link_id: int) -> None:
    if LINKS.pop(link_id, None) is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "Link not found")


@app.get("/api/tags")
async def list_tags() -> dict[str, int]:
    counts: dict[str, int] = {}
    for link in LINKS.values():
        for tag in link.tags:
            counts[tag] = counts.get(tag, 0) + 1
    return counts


# Everything else is the page: keep this route last.
@app.get("/{path:path}", response_class=HTMLResponse, include_in_schema=False)
async def page(path: str) -> str:
    return PAGE
