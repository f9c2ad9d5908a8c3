"""The page at `/_local/`: mail to read, accounts, clock and faults; and the page at `/` until there is a web client."""

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1c2430;background:#fff}
h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem}a{color:#0b57d0}code,pre{background:#f1f3f6;padding:.1em .3em}
article{border:1px solid #d5dae1;border-radius:6px;padding:.5rem 1rem;margin:.75rem 0}
pre{white-space:pre-wrap;overflow-wrap:anywhere}dt{font-weight:600}summary{cursor:pointer}
iframe{width:100%;height:20rem;border:1px solid #d5dae1}
"""


def _document(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>{body}</main></body></html>"
    )


def home(reason: str) -> str:
    """What `/` shows while there is no web client, and why there is none."""
    return _document(
        "Lambdesk",
        f"<h1>Lambdesk</h1><p>{escape(reason)}</p><p>Everything else is here:</p><ul>"
        '<li><a href="/api/docs">The API, documented</a></li>'
        '<li><a href="/_local/">The local runner: mail, clock, faults</a></li></ul>',
    )


SHOWN = 50
"""Mails on one page."""


def render(
    messages: Sequence[Mapping[str, Any]],
    accounts: Sequence[str],
    faults: Sequence[Mapping[str, Any]],
    now: str,
    before: int | None = None,
) -> str:
    """The local runner's page: of the mails the newest, or those before the one of that number."""
    last = len(messages) if before is None else min(before, len(messages))
    first = max(0, last - SHOWN)
    mails = "".join(_mail(message) for message in reversed(messages[first:last])) or "<p>None was sent yet.</p>"
    if first:
        mails += f'<p><a href="/_local/?before={first}">{first:,} older</a></p>'
    people = "".join(f"<li><code>{escape(account)}</code></li>" for account in accounts) or "<li>none</li>"
    in_force = "".join(f"<li><code>{escape(json.dumps(fault))}</code></li>" for fault in faults) or "<li>none</li>"
    return _document(
        "Lambdesk: local runner",
        "<h1>Local runner</h1>"
        '<p><a href="/">Lambdesk</a> · <a href="/api/docs">API</a> · <a href="/_local/idle?timeout=1">Idle?</a> · '
        '<a href="/_local/mail">Mail as JSON</a></p>'
        f"<h2>Accounts</h2><ul>{people}</ul>"
        f"<h2>Clock</h2><p>{escape(now)}. "
        'Move it: <code>POST /_local/clock {"advance_seconds":86400}</code></p>'
        f"<h2>Faults in force</h2><ul>{in_force}</ul>"
        f"<h2>Sent mail, newest first</h2>{mails}",
    )


def _mail(message: Mapping[str, Any]) -> str:
    html = f'<iframe loading="lazy" sandbox title="HTML part" srcdoc="{escape(message["html"])}"></iframe>'
    headers = "".join(f"{escape(name)}: {escape(str(value))}\n" for name, value in message["headers"].items())
    return (
        f"<article><strong>{escape(message['subject'])}</strong><br>"
        f"To {escape(', '.join(message['to']))} · from {escape(message['from'])} · {escape(message['sent_at'])}"
        f"<pre>{escape(message['text'])}</pre>"
        + (f"<details><summary>HTML</summary>{html}</details>" if message["html"] else "")
        + f"<details><summary>Headers</summary><pre>{headers}</pre></details></article>"
    )
