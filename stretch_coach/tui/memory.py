"""Memory that Textual keeps for widgets that are gone."""

from contextlib import suppress


def release_removed_widgets() -> None:
    """Release what removed widgets have drawn.

    Textual caches a method of the objects that hold drawn lines, and so keeps the last thousand of these objects: about
    a megabyte for each session, until the app ends.
    """
    with suppress(ImportError, AttributeError):  # other versions may not do so
        from textual._styles_cache import StylesCache  # noqa: PLC0415 - it has no public name

        StylesCache.get_inner_outer.cache_clear()
