"""JSON Schema, as much of it as the IPTC's schemas of ninjs say (draft 2020-12)."""

import json
import re
from datetime import datetime
from pathlib import Path

KINDS = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}
#: What is said of a schema, not of a document.
SILENT = {"$schema", "$id", "$defs", "$comment", "title", "description", "type"}
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


class Schema:
    """A schema and those beside it, by their ids."""

    def __init__(self, path: Path, *others: Path):
        loaded = [json.loads(one.read_text()) for one in (path, *others)]
        self.root = loaded[0]
        self.known = {one["$id"].rstrip("#"): one for one in loaded}

    def faults(self, value):
        """List what a document has against it."""
        return list(self._faults(self.root, value, "", self.root))

    def _faults(self, schema, value, path, root):
        kind = schema.get("type")
        kinds = [kind] if isinstance(kind, str) else kind or []
        if kinds and not any(self._is(value, one) for one in kinds):
            yield f"{path or '/'} is no {kind}"
            return
        for word, said in schema.items():
            if word in SILENT or word in {"additionalProperties", "unevaluatedProperties"}:
                continue
            yield from getattr(self, f"_{word.replace('$', '')}")(said, value, path, root)
        yield from self._strange(schema, value, path, root)

    @staticmethod
    def _is(value, kind):
        if isinstance(value, bool):
            return kind == "boolean"
        return isinstance(value, KINDS[kind])

    def _strange(self, schema, value, path, root):
        """Find names that the schema does not know, where it closes its list."""
        if isinstance(value, dict) and (
            schema.get("additionalProperties") is False
            or schema.get("unevaluatedProperties") is False
        ):
            names = self._names(schema, root)
            patterns = schema.get("patternProperties", {})
            for name in value.keys() - names:
                if not any(re.search(one, name) for one in patterns):
                    yield f"{path}/{name} is unknown"

    def _names(self, schema, root):
        found = set(schema.get("properties", {}))
        if "$ref" in schema and "unevaluatedProperties" in schema:
            found |= set(self._referred(schema["$ref"], root)[0].get("properties", {}))
        return found

    def _referred(self, ref, root):
        address, _, pointer = ref.partition("#")
        root = self.known[address] if address else root
        found = root
        for part in filter(None, pointer.split("/")):
            found = found[part]
        return found, root

    def _ref(self, ref, value, path, root):
        schema, root = self._referred(ref, root)
        yield from self._faults(schema, value, path, root)

    def _properties(self, said, value, path, root):
        for name in said.keys() & value.keys() if isinstance(value, dict) else ():
            yield from self._faults(said[name], value[name], f"{path}/{name}", root)

    def _patternProperties(self, said, value, path, root):  # noqa: N802 (the schema's word)
        for pattern, schema in said.items() if isinstance(value, dict) else ():
            for name in value:
                if re.search(pattern, name):
                    yield from self._faults(schema, value[name], f"{path}/{name}", root)

    def _required(self, said, value, path, _root):
        if isinstance(value, dict):
            yield from (f"{path}/{name} is absent" for name in said if name not in value)

    def _items(self, said, value, path, root):
        for place, one in enumerate(value) if isinstance(value, list) else ():
            yield from self._faults(said, one, f"{path}/{place}", root)

    def _minItems(self, said, value, path, _root):  # noqa: N802 (the schema's word)
        if isinstance(value, list) and len(value) < said:
            yield f"{path} has fewer than {said}"

    def _enum(self, said, value, path, _root):
        if value not in said:
            yield f"{path} is none of {said}"

    def _pattern(self, said, value, path, _root):
        if isinstance(value, str) and not re.search(said, value):
            yield f"{path} is not as it should be: {value}"

    def _minimum(self, said, value, path, _root):
        if self._is(value, "number") and value < said:
            yield f"{path} is less than {said}"

    def _maximum(self, said, value, path, _root):
        if self._is(value, "number") and value > said:
            yield f"{path} is more than {said}"

    def _anyOf(self, said, value, path, root):  # noqa: N802 (the schema's word)
        if all(list(self._faults(one, value, path, root)) for one in said):
            yield f"{path} is none of several"

    def _oneOf(self, said, value, path, root):  # noqa: N802 (the schema's word)
        fit = sum(not list(self._faults(one, value, path, root)) for one in said)
        if fit != 1:
            yield f"{path} is {fit} of several, not one"

    def _format(self, said, value, path, _root):
        if said == "uri" and not URI.fullmatch(str(value)):
            yield f"{path} is no address: {value}"
        if said == "date-time":
            try:
                aware = datetime.fromisoformat(value).tzinfo is not None
            except ValueError:
                aware = False
            if not aware or "T" not in value:
                yield f"{path} is no moment: {value}"
