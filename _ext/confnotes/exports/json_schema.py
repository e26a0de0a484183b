"""JSON Schemas out of the types of records, so that neither can be wrong about the other."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Annotated, Any, TypeAlias, get_args, get_origin, get_type_hints, is_typeddict

Schema: TypeAlias = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NAMES = {str: "string", int: "integer", NoneType: "null"}


def json_schema(record: type, address: str = "") -> Schema:
    """Return the schema of a list of ``record``, a typed dictionary.

    A field's type may be ``Annotated`` with a text, its description, or with a
    dictionary, more of its schema. ``address`` is where the schema can be found.
    """
    about = {"$id": address} if address else {}
    return {
        "$schema": _DIALECT,
        **about,
        "title": record.__doc__,
        "type": "array",
        "items": _schema_of(record),
    }


def _schema_of(hint: Any) -> Schema:
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        made = _schema_of(parts[0])
        for more in hint.__metadata__:
            made |= {"description": more} if isinstance(more, str) else more
        return made
    if origin is list:
        return {"type": "array", "items": _schema_of(parts[0])}
    if origin is UnionType:
        return {"type": [_NAMES[part] for part in parts]}
    if is_typeddict(hint):
        fields = get_type_hints(hint, include_extras=True)
        return {
            "type": "object",
            "properties": {name: _schema_of(field) for name, field in fields.items()},
            "required": list(fields),
        }
    return {"type": _NAMES[hint]}
