"""Takes memory away from the process that imports it: for a child only, and before it imports anything else.

The libraries reserve what they can get while they are imported; they must find out how little there is then.
"""

from __future__ import annotations

import resource

#: The address space that is left.
BYTES = 1 << 30

resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
