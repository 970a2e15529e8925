"""Colours: every ink has one, and what matters can be told from what is behind it, in dark and in light."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stretch_coach.figure.inks import BODY, LIGHT, TONES, Material, ink, material_of
from stretch_coach.figure.palette import HAIRS, SKINS, Palette, Rgb, contrast, luminance, make_palette

COLOURS = st.tuples(*[st.integers(0, 255)] * 3)
DARK_THEME: Rgb = (18, 22, 28)
LIGHT_THEME: Rgb = (250, 250, 247)


def themed(skin: str, hair: str, *, dark: bool) -> Palette:
    background = DARK_THEME if dark else LIGHT_THEME
    surface = (36, 40, 50) if dark else (228, 228, 224)
    return make_palette(background=background, surface=surface, accent=(58, 140, 190), dark=dark, skin=skin, hair=hair)


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize("hair", HAIRS)
def test_body_hair_and_muscle_stand_out_from_the_background(skin: str, hair: str, *, dark: bool) -> None:
    palette = themed(skin, hair, dark=dark)
    for material in (Material.SKIN, Material.HAND, Material.HAIR, Material.SHIRT, Material.GLOW, Material.FURNITURE):
        assert contrast(palette[ink(material, BODY)], palette[0]) >= 1.3, material
    for line in (Material.LINE_SKIN, Material.LINE_HAIR, Material.LINE_CLOTH, Material.ARROW):
        assert contrast(palette[ink(line, BODY)], palette[0]) >= 2.9, line


@given(
    background=COLOURS,
    surface=COLOURS,
    accent=COLOURS,
    dark=st.booleans(),
    skin=st.sampled_from(SKINS),
    hair=st.sampled_from(HAIRS),
)
@settings(max_examples=100, deadline=None)
def test_any_theme_gives_every_ink_a_colour(
    background: Rgb, surface: Rgb, accent: Rgb, *, dark: bool, skin: str, hair: str
) -> None:
    palette = make_palette(background=background, surface=surface, accent=accent, dark=dark, skin=skin, hair=hair)
    for number in range(len(Material) * TONES):
        assert all(0 <= part <= 255 for part in palette[number])
    assert palette[0] == background


def test_unknown_names_are_drawn_as_well() -> None:
    assert themed("no-such-skin", "no-such-hair", dark=True) == themed("light", "brown", dark=True)


def test_palettes_can_be_kept_by_value() -> None:
    assert hash(themed("olive", "grey", dark=True)) == hash(themed("olive", "grey", dark=True))
    assert themed("olive", "grey", dark=True) != themed("olive", "red", dark=True)


def test_tones_rise_from_edge_to_light() -> None:
    palette = themed("light", "brown", dark=True)
    for material in (Material.SKIN, Material.HAIR, Material.SHIRT, Material.GLOW):
        steps = [luminance(palette[ink(material, tone)]) for tone in range(LIGHT + 1)]
        assert steps == sorted(steps), material


def test_an_ink_knows_its_material() -> None:
    assert all(material_of(ink(material, tone)) is material for material in Material for tone in range(TONES))
