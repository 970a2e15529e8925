"""The commands `voices` and `say`."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from stretch_coach.cli.context import find_context
from stretch_coach.cli.output import echo, echo_json, note
from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.text import text_width

if TYPE_CHECKING:
    from stretch_coach.voice.request import VoiceInfo, VoiceRequest

SAMPLE = "Tip your right ear towards your right shoulder, and breathe out."
"""What a voice says in `voices --sample`."""

DOCTOR_HINT = "Run `stretch-coach doctor` to find out why."


@click.command()
@click.option("--sample", metavar="VOICE", help="Hear this voice: an id, a name or a language.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
def voices(sample: str | None, *, as_json: bool) -> None:
    """List voices.

    Each line has a voice's id, its languages and its name. Any of them can be given to `say --voice` and to the setting
    voice.voice.
    """
    context = find_context()
    if sample is not None:
        asyncio.run(_say(_request(context, voice=sample, rate=None), SAMPLE))
        return
    source, found = asyncio.run(_list_voices(_request(context, voice=None, rate=None)))
    if as_json:
        echo_json(
            [{"id": voice.id, "name": voice.name, "languages": voice.languages, "engine": source} for voice in found],
            indent=1,
        )
        return
    for line in _columns([(voice.id, ", ".join(voice.languages), voice.name) for voice in found]):
        echo(line)


@click.command()
@click.argument("text")
@click.option("--voice", metavar="VOICE", help="An id, a name or a language. Default: the setting voice.voice.")
@click.option(
    "--rate", metavar="N", type=click.IntRange(80, 300), help="Words a minute. Default: the setting voice.rate."
)
def say(text: str, voice: str | None, rate: int | None) -> None:
    """Say TEXT aloud, as the coach would."""
    asyncio.run(_say(_request(find_context(), voice=voice, rate=rate), text))


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Return rows as lines whose columns are aligned, with two spaces between them."""
    widths = [max(map(text_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell + " " * (width - text_width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _request(context: Context, *, voice: str | None, rate: int | None) -> "VoiceRequest":
    """Return the voice from the settings, except where options replace them."""
    from stretch_coach.session.prepare import voice_request

    settings = context.settings.voice
    request = voice_request(context.places, settings, "en")
    return request._replace(speaks=True, voice=settings.voice if voice is None else voice, rate=rate or settings.rate)


async def _list_voices(request: "VoiceRequest") -> "tuple[str, list[VoiceInfo]]":
    """Return where speech comes from and which voices there are.

    Raises:
        CoachError: There is no speech engine.
    """
    from stretch_coach.voice.child import ChildError
    from stretch_coach.voice.renderer import make_renderer

    renderer = make_renderer(request)
    try:
        found = await renderer.voices()
    except (ChildError, TimeoutError) as error:
        why = str(error) or "it did not answer in time"
        raise CoachError("voices", f"no speech engine was found ({why}).", DOCTOR_HINT) from error
    else:
        return renderer.source or request.source.value, found
    finally:
        await renderer.close()


async def _say(request: "VoiceRequest", text: str) -> None:
    """Say a text, and wait until it has been said.

    Raises:
        CoachError: It cannot be heard.
    """
    from stretch_coach.voice.voice import open_voice

    voice, trouble = await open_voice(request, ring=None)
    try:
        if not voice.player.plays_speech:
            raise CoachError("say", "nothing can be heard here: no sound device could be opened.", DOCTOR_HINT)
        if trouble:
            note(trouble)
        if await voice.say_now(text) is None:
            raise CoachError("say", f"this text could not be rendered: {voice.trouble}.", DOCTOR_HINT)
    finally:
        await voice.close()
