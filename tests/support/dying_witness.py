"""The real witness, killed (kill -9) the first time that it comes to a step. Run by tests.

Arguments: the step, of OF_A_WITNESS; then the command's.
"""

from __future__ import annotations

import sys

from quorate.cli import witnessing  # noqa: F401  (read before anything of it is replaced)
from quorate.cli.main import app
from support import dying_at
from support.steps import OF_A_WITNESS

dying_at.STEPS = OF_A_WITNESS
killing = dying_at.Killing(sys.argv[1])
killing.given = dying_at.AFTER_GIVING
app(sys.argv[2:])
