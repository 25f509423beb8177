"""What all tests share: the compiled numbering plan, apart from the user's own cache; and no property is timed."""

import os
from pathlib import Path

from hypothesis import settings

os.environ["XDG_CACHE_HOME"] = str(Path(__file__).parent.parent / "build" / "test-cache")

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
