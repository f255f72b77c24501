"""The card's Markdown (headings, paragraphs, lists, tables, bold) as a page of its own that prints."""

import html
import re

STYLE = "body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}table{border-collapse:collapse}" \
        "th,td{border:1px solid #999;padding:.2rem .5rem;text-align:left}"


def as_html(words: str, title: str) -> str:
    """A whole HTML document; everything from the figures is escaped."""
    blocks = [_block([line for line in block.splitlines() if line.strip()]) for block in re.split(r"\n\s*\n", words) if block.strip()]
    return (f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title><style>{STYLE}</style></head>'
            f"<body><main>{''.join(blocks)}</main></body></html>\n")


def _block(lines: list[str]) -> str:
    if lines[0].startswith("#"):
        level = len(lines[0]) - len(lines[0].lstrip("#"))
        return f"<h{level}>{_text(lines[0].lstrip('# '))}</h{level}>"
    if lines[0].startswith("|"):
        return _table([[cell.strip() for cell in line.strip("|").split("|")] for line in lines])
    if lines[0].startswith("- "):
        return "<ul>" + "".join(f"<li>{_text(line[2:])}</li>" for line in lines) + "</ul>"
    return f"<p>{_text(' '.join(lines))}</p>"


def _table(rows: list[list[str]]) -> str:
    head = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in rows[0])
    body = "".join(f'<tr><th scope="row">{_text(row[0])}</th>' + "".join(f"<td>{_text(cell)}</td>" for cell in row[1:]) + "</tr>" for row in rows[2:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _text(words: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html.escape(words))
