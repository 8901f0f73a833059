"""Published versions of an example, citations to take along, and lasting addresses."""

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from inforo import clock, text, web
from inforo.authz import Actor, actor, public
from inforo.citations import formats, identifiers, linked_data, queries, works
from inforo.citations.works import Work
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.templating import piece
from inforo.toolbox import editions, fields
from inforo.toolbox import queries as toolbox
from inforo.toolbox.editions import Edition
from inforo.toolbox.models import MARKDOWN, Example
from inforo.toolbox.places import EXAMPLE_CITATION, EXAMPLE_HEAD, TOOL_HEAD, TOOL_SIDE
from inforo.toolbox.tool_models import Tool
from inforo.toolbox.views import address_of

bp = Blueprint("citations", __name__)
FORMATS = {
    "bib": (formats.bibtex, "application/x-bibtex"),
    "ris": (formats.ris, "application/x-research-info-systems"),
}


# What the pages of the toolbox show


def short_address(content: Example | Tool, number: int | None = None) -> str:
    name = identifiers.name_of(content, number)
    return url_for("citations.resolve", name=name, _external=True)


def address_of_tool(tool: Tool) -> str:
    return url_for("toolbox.show_tool", tool_id=tool.id, slug=text.slug(tool.title))


@EXAMPLE_CITATION.filled(order=10)
def example_panel(actor: Actor, example: Example) -> str:
    """Show how to cite an example and which versions of it there are."""
    if not example.is_published:
        return ""
    kept = editions.editions_of(example)
    work = works.of_example(example, kept[0] if kept else None)
    return panel(example, work, editions=kept, labels=fields.LABELS)


@TOOL_SIDE.filled(order=90)
def tool_panel(actor: Actor, tool: Tool) -> str:
    return panel(tool, works.of_tool(tool)) if tool.is_published else ""


def panel(content: Example | Tool, work: Work, **shown: Any) -> str:
    is_tool = isinstance(content, Tool)
    endpoint = "citations.cite_tool" if is_tool else "citations.cite_example"
    return piece(
        "citations/_tool_panel.html" if is_tool else "citations/_example_panel.html",
        content=content,
        work=work,
        sentence=formats.sentence(work, short_address(content, work.number), clock.today()),
        downloads={
            extension: url_for(endpoint, content_id=content.id, extension=extension)
            for extension in FORMATS
        },
        **shown,
    )


@EXAMPLE_HEAD.filled(order=10)
def example_head(actor: Actor, example: Example) -> str:
    if not example.is_published:
        return ""
    edition = editions.newest_of(example)
    work = works.of_example(example, edition)
    data_url = url_for("citations.example_data", example_id=example.id)
    return head(work, data_of_example(example, work), data_url)


@TOOL_HEAD.filled(order=10)
def tool_head(actor: Actor, tool: Tool) -> str:
    if not tool.is_published:
        return ""
    work = works.of_tool(tool)
    data_url = url_for("citations.tool_data", tool_id=tool.id)
    return head(work, data_of_tool(tool, work), data_url)


def head(work: Work, data: dict[str, Any], data_url: str) -> str:
    block = linked_data.block(data)
    return piece("citations/_head.html", work=work, block=block, data_url=data_url)


def data_of_example(example: Example, work: Work) -> dict[str, Any]:
    url = external(address_of(example))
    return linked_data.of_example(example, work, url, short_address(example))


def data_of_tool(tool: Tool, work: Work) -> dict[str, Any]:
    files = [
        {
            "@type": "MediaObject",
            "name": version.file.name,
            "encodingFormat": version.file.content_type,
            "contentSize": str(version.file.size),
            "contentUrl": url_for(
                "toolbox.tool_file", tool_id=tool.id, number=version.number, _external=True
            ),
        }
        for version in tool.published_files[:1]
    ]
    url = external(address_of_tool(tool))
    return linked_data.of_tool(tool, work, url, short_address(tool), files)


def external(path: str) -> str:
    return url_for("pages.start", _external=True).rstrip("/") + path


# Lasting addresses, citations and data to take along


@bp.get("/id/<name>")
@public
def resolve(name: str) -> ResponseReturnValue:
    """Lead from a lasting name to the page it stands for, under today's address."""
    meant = identifiers.read(name)
    content = queries.get_named(actor(), meant)
    number = meant.number if meant else None
    if isinstance(content, Tool):
        if number is None:
            return redirect(address_of_tool(content), 302)
        toolbox.get_tool_file(actor(), content, number)
        address = url_for("toolbox.tool_file", tool_id=content.id, number=number)
        return redirect(address, 302)
    if number is None:
        return redirect(address_of(content), 302)
    return redirect(address_of_edition(content, number), 302)


def get_published(example_id: int) -> Example:
    """Return an example that is cited: drafts are not, whoever asks."""
    example = toolbox.get_example(actor(), example_id)
    if not example.is_published:
        raise NotFound(_("Dieses Praxisbeispiel gibt es nicht (mehr)."))
    return example


def get_published_tool(tool_id: int) -> Tool:
    tool = toolbox.get_tool(actor(), tool_id)
    if not tool.is_published:
        raise NotFound(_("Dieses Werkzeug gibt es nicht (mehr)."))
    return tool


@bp.get("/werkzeugkiste/beispiele/<int:content_id>/zitat.<any(bib, ris):extension>")
@public
def cite_example(content_id: int, extension: str) -> ResponseReturnValue:
    """Let people take a citation along, of the newest version or of `fassung=`."""
    example = get_published(content_id)
    number = request.args.get("fassung", "")
    if not number:
        work = works.of_example(example, editions.newest_of(example))
    else:
        work = works.of_edition(example, wanted(example, "fassung"))
    return citation(work, short_address(example, work.number), extension)


@bp.get("/werkzeugkiste/werkzeuge/<int:content_id>/zitat.<any(bib, ris):extension>")
@public
def cite_tool(content_id: int, extension: str) -> ResponseReturnValue:
    tool = get_published_tool(content_id)
    work = works.of_tool(tool)
    return citation(work, short_address(tool, work.number), extension)


def citation(work: Work, url: str, extension: str) -> Response:
    write, content_type = FORMATS[extension]
    body = write(work, url, clock.today())
    answer = Response(body, content_type=f"{content_type}; charset=utf-8")
    name = f"{formats.key_of(work)}.{extension}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@bp.get("/werkzeugkiste/beispiele/<int:example_id>/beispiel.jsonld")
@public
def example_data(example_id: int) -> ResponseReturnValue:
    example = get_published(example_id)
    work = works.of_example(example, editions.newest_of(example))
    return linked(data_of_example(example, work))


@bp.get("/werkzeugkiste/werkzeuge/<int:tool_id>/werkzeug.jsonld")
@public
def tool_data(tool_id: int) -> ResponseReturnValue:
    tool = get_published_tool(tool_id)
    return linked(data_of_tool(tool, works.of_tool(tool)))


def linked(data: dict[str, Any]) -> Response:
    answer: Response = jsonify(data)
    answer.mimetype = "application/ld+json"
    return answer


# Published versions


def address_of_edition(example: Example, number: int) -> str:
    return url_for(
        "citations.edition",
        example_id=example.id,
        slug=text.slug(example.title),
        number=number,
    )


@bp.get("/werkzeugkiste/beispiele/<int:example_id>-<slug>/fassungen/")
@public
def versions(example_id: int, slug: str) -> ResponseReturnValue:
    """List the published versions, to be read or compared."""
    example = get_published(example_id)
    kept = editions.editions_of(example)
    return render_template(
        "citations/versions.html", example=example, editions=kept, labels=fields.LABELS
    )


@bp.get("/werkzeugkiste/beispiele/<int:example_id>-<slug>/fassungen/<int:number>")
@public
def edition(example_id: int, slug: str, number: int) -> ResponseReturnValue:
    """Show the text of one published version as it was."""
    example = get_published(example_id)
    shown = editions.get_edition(example, number)
    work = works.of_edition(example, shown)
    return render_template(
        "citations/edition.html",
        example=example,
        edition=shown,
        newest=editions.newest_of(example),
        parts=parts_of(example, shown),
        work=work,
        sentence=formats.sentence(work, short_address(example, number), clock.today()),
    )


def parts_of(example: Example, edition: Edition) -> list[tuple[str, Any, bool]]:
    """Return (label, text, whether it is HTML) of what stands below title and summary."""
    return [
        (
            fields.LABELS.get(name, name),
            Markup(text.render_markdown(value)) if name in MARKDOWN else value,  # noqa: S704
            name in MARKDOWN,
        )
        for name, value in queries.readable(actor(), example, edition).items()
        if name not in {"title", "summary"}
    ]


@bp.get("/werkzeugkiste/beispiele/<int:example_id>-<slug>/fassungen/vergleich")
@public
def compare(example_id: int, slug: str) -> ResponseReturnValue:
    """Show what changed from one published version to another, word by word."""
    example = get_published(example_id)
    old, new = (wanted(example, name) for name in ("von", "bis"))
    return render_template(
        "citations/compare.html",
        example=example,
        old=old,
        new=new,
        differences=queries.differences(actor(), example, old, new),
    )


def wanted(example: Example, name: str) -> Edition:
    return editions.get_edition(example, web.given_id(request.args.get(name, "")) or 0)
