"""The sandbox: the platform's API on this machine, stored in SQLite, to rehearse and to test an import.

It imitates what is documented, and where nothing is documented it chooses, visibly: every choice is a field of
`Behaviour`. It can be told to fail in any way a network can, by `Fault`; `named` has the usual ones. Import this
package late: it needs starlette and uvicorn, which nothing else does.
"""

from __future__ import annotations

from contact_import.sandbox.behaviour import Behaviour
from contact_import.sandbox.catalogue import CATALOGUE, named
from contact_import.sandbox.faults import Fault
from contact_import.sandbox.plan_file import read_faults
from contact_import.sandbox.receipts import Receipt
from contact_import.sandbox.server import Sandbox, serve

__all__ = ["CATALOGUE", "Behaviour", "Fault", "Receipt", "Sandbox", "named", "read_faults", "serve"]
