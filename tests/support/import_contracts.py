"""Two import contracts that Import Linter does not bring: what a room may know, and who may know a room."""

import sys
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class DirectImportContract(Contract):
    """A rule on single imports. Rooms that do not stand yet are passed over: nothing imports them.

    Fields are typed Any because Import Linter replaces each of them by the parsed value.
    """

    def forbidden_imports(self, graph: ImportGraph) -> list[tuple[str, str]]:
        """Return the (importer, imported) pairs that break the rule."""
        raise NotImplementedError

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        found = [(importer, imported, lines(graph, importer, imported))
                 for importer, imported in self.forbidden_imports(graph)]  # fmt: skip
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported, where in check.metadata["found"]:
            output.print_error(f"- {importer} imports {imported} (line {where})", bold=False)
        output.new_line()


class ImportsOnly(DirectImportContract):
    """`modules` import of our own code only `allowed` and themselves; with third_party = false no package either."""

    modules: Any = fields.ListField(subfield=fields.StringField())
    allowed: Any = fields.ListField(subfield=fields.StringField())
    third_party: Any = fields.BooleanField(required=False, default=True)

    def forbidden_imports(self, graph: ImportGraph) -> list[tuple[str, str]]:
        return [
            (importer, imported)
            for room in self.modules
            for importer in members(graph, room)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if not self.allows(graph, room, imported)
        ]

    def allows(self, graph: ImportGraph, room: str, imported: str) -> bool:
        if graph.is_module_squashed(imported):
            return bool(self.third_party) or imported.split(".")[0] in sys.stdlib_module_names
        return any(inside(imported, package) for package in (room, *self.allowed))


class ImportedOnlyBy(DirectImportContract):
    """`modules`, ours or a third party's, are imported by `importers` and themselves alone."""

    modules: Any = fields.ListField(subfield=fields.StringField())
    importers: Any = fields.ListField(subfield=fields.StringField())

    def forbidden_imports(self, graph: ImportGraph) -> list[tuple[str, str]]:
        return [
            (importer, imported)
            for room in self.modules
            for imported in members(graph, room)
            for importer in sorted(graph.find_modules_that_directly_import(imported))
            if not any(inside(importer, package) for package in (room, *self.importers))
        ]


def inside(module: str, package: str) -> bool:
    """Whether `module` is `package` or stands in it."""
    return module == package or module.startswith(f"{package}.")


def members(graph: ImportGraph, package: str) -> list[str]:
    """The modules of a package, itself included."""
    return sorted(module for module in graph.modules if inside(module, package))


def lines(graph: ImportGraph, importer: str, imported: str) -> str:
    """The lines where an import stands, for a person to find it."""
    details = graph.get_import_details(importer=importer, imported=imported)
    return ", ".join(str(detail["line_number"]) for detail in details)
