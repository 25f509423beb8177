"""What all tests share: the compiled numbering plan, apart from the user's own cache. It holds nothing of a run."""

import os
from pathlib import Path

os.environ["XDG_CACHE_HOME"] = str(Path(__file__).parent.parent / "build" / "test-cache")
