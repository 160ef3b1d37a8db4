"""Telegram's own description of its objects, machine-readable, and what differs from it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCALARS: dict[str, tuple[type, ...]] = {"Integer": (int,), "String": (str,), "Boolean": (bool,), "Float": (int, float)}
ARRAY = "Array of "


@dataclass(frozen=True)
class Spec:
    """Types and methods by name, as the description has them."""

    types: dict[str, Any]
    methods: dict[str, Any]

    @classmethod
    def read(cls, file: Path) -> "Spec":
        """Read the description."""
        whole = json.loads(file.read_text())
        return cls(whole["types"], whole["methods"])

    def faults_of_result(self, method: str, result: object) -> list[str]:
        """What is wrong with the result of a method."""
        return self.faults(result, self.methods[method]["returns"], method)

    def faults(self, value: object, types: list[str], where: str) -> list[str]:
        """What is wrong with a value that must be of one of these types; the shortest complaint of all of them."""
        complaints = [self.faults_of(value, one, where) for one in types]
        return min(complaints, key=len)

    def faults_of(self, value: object, kind: str, where: str) -> list[str]:
        """What is wrong with a value that must be of this type."""
        if kind.startswith(ARRAY):
            if not isinstance(value, list):
                return [f"{where} is no array"]
            inner = [kind.removeprefix(ARRAY)]
            return [fault for at, one in enumerate(value) for fault in self.faults(one, inner, f"{where}[{at}]")]
        if kind in SCALARS:
            right = isinstance(value, SCALARS[kind]) and isinstance(value, bool) is (kind == "Boolean")
            return [] if right else [f"{where} is no {kind}: {value!r}"]
        described = self.types[kind]
        if "subtypes" in described:
            return self.faults(value, described["subtypes"], where)
        return self.faults_of_object(value, described, where)

    def faults_of_object(self, value: object, described: Any, where: str) -> list[str]:
        """What is wrong with an object: fields that lack, that nobody knows, or that are of another type."""
        if not isinstance(value, dict):
            return [f"{where} is no {described['name']}: {value!r}"]
        fields = {field["name"]: field for field in described.get("fields", [])}
        faults = [f"{where} lacks {name}" for name, field in fields.items() if field["required"] and name not in value]
        for name, inner in value.items():
            if name not in fields:
                faults.append(f"{where}.{name} is unknown in {described['name']}")
            else:
                faults += self.faults(inner, fields[name]["types"], f"{where}.{name}")
        return faults
