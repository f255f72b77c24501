"""Values from outside (URLs, callbacks) made safe: whatever arrives, an allowed value comes out."""


def choice(value, allowed, default: str) -> str:
    """One of the allowed words, else the default."""
    return value if isinstance(value, str) and value in allowed else default


def whole(value, low: int, high: int) -> int:
    """A whole number within the bounds; what is none becomes the low bound."""
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    return min(max(int(text), low), high) if text.isascii() and text.isdigit() and len(text) < 10 else low


def short_text(value, length: int = 60) -> str:
    """Trimmed text of bounded length; what is no text becomes ''."""
    return value.strip()[:length] if isinstance(value, str) else ""
