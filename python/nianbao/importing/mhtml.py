"""Web pages saved as a single file, as older browsers and Word do."""

from __future__ import annotations

import email
import email.policy


def page(data: bytes) -> bytes | None:
    """The page in a file of the kind MHTML, as UTF-8 with a mark; None if it holds none."""
    try:
        for part in email.message_from_bytes(data, policy=email.policy.default).walk():
            if part.get_content_type() == "text/html":
                payload = part.get_payload(decode=True)
                return _marked(payload, part.get_content_charset()) if isinstance(payload, bytes) else None
    except (LookupError, ValueError, RecursionError, AttributeError, TypeError):
        pass  # the headers of a damaged file
    return None


def _marked(payload: bytes, charset: str | None) -> bytes:
    """`payload` in UTF-8 if its headers say what it is in; else as it stands: the page may say so itself."""
    try:
        return payload if charset is None else payload.decode(charset).encode("utf-8-sig")
    except (LookupError, UnicodeDecodeError):
        return payload
