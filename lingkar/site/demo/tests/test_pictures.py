"""Every photo of the demo is drawn: every face in it is invented."""

import pytest
from PIL import Image

from lingkar.site.demo import pictures


@pytest.mark.parametrize("scene", pictures.SCENES)
def test_every_scene_is_a_photo_and_always_the_same(scene):
    first, second = (pictures.photo(scene, seed="x") for _ in range(2))
    assert first.read() == second.read()
    first.seek(0)
    assert Image.open(first).size == (912, 684)
