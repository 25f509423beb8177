"""What all tests share: the compiled numbering plan, apart from the user's own cache; and no property is timed."""

import os
import signal
from pathlib import Path

from hypothesis import settings

os.environ["XDG_CACHE_HOME"] = str(Path(__file__).parent.parent / "build" / "test-cache")

# A shell makes what it starts in the background deaf to Ctrl-C, and with it every command that the suite starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
