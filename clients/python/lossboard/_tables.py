"""Tables and figures as JSON that the browser shows."""

from __future__ import annotations

import io
import json
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

from ._json import clean, encode


def encode_table(rows: Any, columns: Optional[Sequence[str]]) -> bytes:
    """Rows as a JSON list of records: mappings, sequences with the columns' names, a mapping of columns, or a data frame."""
    return encode(_records(rows, columns))


def _records(rows: Any, columns: Optional[Sequence[str]]) -> List[Dict[str, Any]]:
    if hasattr(rows, "to_dict") and hasattr(rows, "columns"):
        rows = rows.to_dict("records")
    if isinstance(rows, Mapping):
        named = {str(name): list(column) for name, column in rows.items()}
        if len({len(column) for column in named.values()}) > 1:
            raise ValueError("the columns of a table must be equally long")
        rows, columns = list(zip(*named.values())), list(named)
    if hasattr(rows, "tolist"):
        rows = rows.tolist()
    names = None if columns is None else [str(name) for name in columns]
    return [_record(row, names, index) for index, row in enumerate(rows)]


def _record(row: Any, names: Optional[List[str]], index: int) -> Dict[str, Any]:
    if isinstance(row, Mapping):
        chosen = {str(name): value for name, value in row.items()}
        return clean({name: chosen.get(name) for name in names} if names else chosen)
    values = list(row)
    if names is None:
        raise ValueError("rows without names need `columns`")
    if len(values) != len(names):
        raise ValueError(f"row {index} has {len(values)} values for {len(names)} columns")
    return clean(dict(zip(names, values)))


def encode_figure(figure: Any) -> Tuple[str, bytes]:
    """Suffix and content of a figure: plotly's (an object or its JSON as a mapping) or matplotlib's, which becomes SVG; SVG text as it is."""
    if isinstance(figure, (bytes, bytearray, str)):
        content = figure.encode("utf-8") if isinstance(figure, str) else bytes(figure)
        if b"<svg" not in content[:4096]:
            raise ValueError("a figure given as text must be SVG")
        return "svg", content
    if hasattr(figure, "to_json") and hasattr(figure, "to_plotly_json"):
        return "plotly.json", _checked(json.loads(figure.to_json()))
    if hasattr(figure, "savefig"):
        target = io.BytesIO()
        figure.savefig(target, format="svg")
        return "svg", target.getvalue()
    if isinstance(figure, Mapping):
        return "plotly.json", _checked(figure)
    raise TypeError(f"a figure is plotly's, matplotlib's, a mapping with `data` and `layout`, or SVG, not {type(figure).__name__}")


def _checked(figure: Mapping[str, Any]) -> bytes:
    data = figure.get("data")
    if not isinstance(data, (list, tuple)) or not all(isinstance(trace, Mapping) for trace in data):
        raise ValueError("a plotly figure has `data`, a list of traces")
    return encode(clean({"data": [dict(trace) for trace in data], "layout": dict(figure.get("layout") or {})}))
