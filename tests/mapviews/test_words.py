"""A page whose values move says of each new value what the server says of it."""

import pytest

from mapviews.domain.words import BANDS, PLAIN, bands_of, words_for


@pytest.mark.parametrize("phenomenon", sorted({*BANDS, *PLAIN}))
def test_bands_of_the_page_say_what_the_server_says(phenomenon):
    bands = bands_of(phenomenon)
    for value in (-5.0, 0.0, 10.0, 20.0, 20.1, 35.0, 70.0, 100.5, 1000.0, 1020.5, 3000.0):
        words = words_for(phenomenon, value)
        band = next((row for row in bands if row[0] is None or value <= row[0]), None)
        assert (band and band[1:]) == (words and (str(words.text), words.kind))
