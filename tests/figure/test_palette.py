"""Colours: every shade has one, and what matters stands out from the background, dark or light."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.figure.palette import (
    BODY,
    HAIRS,
    LIGHT,
    SKINS,
    TONES,
    Material,
    Palette,
    Rgb,
    contrast,
    luminance,
    make_palette,
    shade,
)

COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


def themed(skin: str, hair: str, *, dark: bool) -> Palette:
    background = (18, 22, 28) if dark else (250, 250, 247)
    surface = (36, 40, 50) if dark else (228, 228, 224)
    return make_palette(background=background, surface=surface, accent=(58, 140, 190), dark=dark, skin=skin, hair=hair)


@pytest.mark.parametrize("dark", [True, False])
def test_body_hair_and_muscle_stand_out_from_the_background(*, dark: bool) -> None:
    solids = (Material.SKIN, Material.HAND, Material.HAIR, Material.SHIRT, Material.GLOW, Material.FURNITURE)
    lines = (Material.LINE_SKIN, Material.LINE_HAIR, Material.LINE_CLOTH, Material.ARROW)
    for skin in SKINS:
        for hair in HAIRS:
            palette = themed(skin, hair, dark=dark)
            for material in solids:
                assert contrast(palette[shade(material)], palette[0]) >= 1.3, (skin, hair, material)
            for material in lines:
                assert contrast(palette[shade(material)], palette[0]) >= 2.9, (skin, hair, material)


@given(
    background=COLOURS,
    surface=COLOURS,
    accent=COLOURS,
    dark=st.booleans(),
    skin=st.sampled_from(SKINS),
    hair=st.sampled_from(HAIRS),
)
def test_any_theme_gives_every_shade_a_colour(
    background: Rgb, surface: Rgb, accent: Rgb, *, dark: bool, skin: str, hair: str
) -> None:
    palette = make_palette(background=background, surface=surface, accent=accent, dark=dark, skin=skin, hair=hair)
    for one in range(len(Material) * TONES):
        assert all(0 <= part <= 255 for part in palette[one])
    assert palette[0] == background


def test_unknown_skin_and_hair_fall_back() -> None:
    assert themed("no-such-skin", "no-such-hair", dark=True) == themed("light", "brown", dark=True)


def test_palettes_are_compared_by_value() -> None:
    assert hash(themed("olive", "grey", dark=True)) == hash(themed("olive", "grey", dark=True))
    assert themed("olive", "grey", dark=True) != themed("olive", "red", dark=True)


def test_tones_rise_from_edge_to_light() -> None:
    palette = themed("light", "brown", dark=True)
    for material in (Material.SKIN, Material.HAIR, Material.SHIRT, Material.GLOW):
        steps = [luminance(palette[shade(material, tone)]) for tone in range(LIGHT + 1)]
        assert steps == sorted(steps), material


def test_shade_knows_its_material() -> None:
    assert shade(Material.SKIN) == shade(Material.SKIN, BODY)
    assert all(shade(material, tone) // TONES == material for material in Material for tone in range(TONES))
