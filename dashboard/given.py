"""Values from outside (URLs, callbacks) made safe: whatever arrives, an allowed value comes out."""

from datetime import date


def choice(value, allowed, default: str) -> str:
    """One of the allowed words, else the default."""
    return value if isinstance(value, str) and value in allowed else default


def whole(value, low: int, high: int) -> int:
    """A whole number within the bounds; what is none becomes the low bound."""
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    return min(max(int(text), low), high) if text.isascii() and text.isdigit() and len(text) < 10 else low


def iso_day(value, allowed: list[date], default: date) -> date:
    """One of the allowed days, written 2026-11-24, else the default."""
    return next((day for day in allowed if value == day.isoformat()), default)


def short_text(value, length: int = 60) -> str:
    """Trimmed text of bounded length; what is no text becomes ''."""
    return value.strip()[:length] if isinstance(value, str) else ""
