"""``voices`` and ``say``: what can be heard, and hearing it."""

import asyncio
import json
from typing import TYPE_CHECKING

import click

from stretch_coach.cli.world import find_world
from stretch_coach.errors import CoachError
from stretch_coach.world import World

if TYPE_CHECKING:
    from stretch_coach.voice.choice import VoiceInfo
    from stretch_coach.voice.opening import Wish

SAMPLE = "Tip your right ear toward your right shoulder, and breathe out."


@click.command(short_help="The voices there are.")
@click.option("--sample", metavar="VOICE", help="Let this voice speak: an id, a name or a language.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def voices(sample: str | None, *, as_json: bool) -> None:
    """List the voices with their languages, or hear one."""
    world = find_world()
    if sample is not None:
        asyncio.run(_say(_wish(world, voice=sample, rate=None), SAMPLE))
        return
    source, found = asyncio.run(_list_voices(_wish(world, voice=None, rate=None)))
    if as_json:
        told = [{"id": one.id, "name": one.name, "languages": one.languages, "engine": source} for one in found]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    width = max((len(one.id) for one in found), default=0) + 2
    for one in found:
        click.echo(f"{one.id:<{width}}{', '.join(one.languages):<16}{one.name}")


@click.command(short_help="Say a text aloud.")
@click.argument("text")
@click.option("--voice", metavar="VOICE", help="An id, a name or a language; the setting voice.voice unless given.")
@click.option("--rate", type=click.IntRange(80, 300), help="Words a minute; the setting voice.rate unless given.")
def say(text: str, voice: str | None, rate: int | None) -> None:
    """Say TEXT as the coach would."""
    asyncio.run(_say(_wish(find_world(), voice=voice, rate=rate), text))


def _wish(world: World, *, voice: str | None, rate: int | None) -> "Wish":
    from stretch_coach.session.wishes import wished_voice

    settings = world.settings.voice
    wish = wished_voice(world.places, settings, "en")
    return wish._replace(speaks=True, voice=settings.voice if voice is None else voice, rate=rate or settings.rate)


async def _list_voices(wish: "Wish") -> "tuple[str, list[VoiceInfo]]":
    from stretch_coach.voice.child import ChildError
    from stretch_coach.voice.opening import make_renderer

    renderer = make_renderer(wish)
    try:
        found = await renderer.voices()
    except (ChildError, TimeoutError) as error:
        raise CoachError(
            "voices", f"there is no speech engine ({error}).", "`stretch-coach doctor` says more."
        ) from error
    else:
        return renderer.source or wish.source.value, found
    finally:
        await renderer.close()


async def _say(wish: "Wish", text: str) -> None:
    from stretch_coach.voice.opening import open_voice

    voice, trouble = await open_voice(wish, ring=None)
    try:
        if not voice.player.speaks:
            raise CoachError("say", f"nothing can be heard here. {trouble}")
        if trouble:
            click.echo(trouble, err=True)
        seconds = await voice.say_now(text)
        if seconds is None:
            raise CoachError("say", f"this could not be said ({voice.trouble}).", "`stretch-coach doctor` says more.")
    finally:
        await voice.close()
