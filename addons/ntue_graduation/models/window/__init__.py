# In the order in which they build on each other, not of the alphabet.
from . import (
    schedule,
    window_texts,
    closing,
    diploma_list,
    window_guide,
    window_languages,
    window,
    res_lang,
    guide,
)
