"""Where the ids of one table stand in another: whole columns at a time."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bordermap.incidents.arrow import Ints, text_column


def positions(wanted: pd.Series[str], keys: pd.Series[str]) -> Ints:
    """Where each of some texts stands among others, each of which is there once; -1 where it does not.

    Example:
        >>> positions(pd.Series(["b", "c"], dtype="str"), pd.Series(["a", "b"], dtype="str")).tolist()
        [1, -1]
    """
    some, others = text_column(wanted), text_column(keys)
    if some.equals(others):
        return np.arange(len(keys))
    known = pa.concat_arrays(others.chunks) if others.num_chunks else pa.array([], type=others.type)
    return np.asarray(pc.fill_null(pc.index_in(some, value_set=known), -1), dtype=np.int64)
