"""Redmine as its people use it, past the port that is tested: administrators and agents, over the same interface."""

import secrets
from typing import Any

import httpx

LIMIT = 60.0  # seconds


class Clerk:
    """Somebody at Redmine with a key of their own."""

    def __init__(self, url: str, key: str) -> None:
        self._url, self._headers = url, {"X-Redmine-API-Key": key}

    def get(self, path: str, **params: str) -> Any:
        """Read what is at a path."""
        return self._ask("GET", path, params=params).json()

    def post(self, path: str, content: dict[str, Any]) -> Any:
        """Create something and read how it is held."""
        return self._ask("POST", path, json=content).json()

    def put(self, path: str, content: dict[str, Any]) -> None:
        """Change something."""
        self._ask("PUT", path, json=content)

    def new_project(self, members: dict[int, int], categories: tuple[str, ...] = ()) -> str:
        """Make an empty project with these accounts in these roles; gives its identifier."""
        name = f"p{secrets.token_hex(6)}"
        project = {"name": name, "identifier": name, "is_public": False, "enabled_module_names": ["issue_tracking"]}
        self.post("/projects.json", {"project": project})
        for account, role in members.items():
            self.post(f"/projects/{name}/memberships.json", {"membership": {"user_id": account, "role_ids": [role]}})
        for category in categories:
            self.post(f"/projects/{name}/issue_categories.json", {"issue_category": {"name": category}})
        return name

    def tickets(self, project: str) -> list[dict[str, Any]]:
        """List every ticket of a project in the order they were opened."""
        found: list[dict[str, Any]] = []
        while True:
            params = {"status_id": "*", "sort": "id", "limit": "100", "offset": str(len(found))}
            page = self.get(f"/projects/{project}/issues.json", **params)["issues"]
            found += page
            if len(page) < 100:
                return found

    def ticket(self, number: str | int, include: str = "journals") -> dict[str, Any]:
        """Read a ticket, with its journals unless told otherwise."""
        return self.get(f"/issues/{number}.json", include=include)["issue"]

    def change(self, number: str | int, **fields: Any) -> None:
        """Change a ticket."""
        self.put(f"/issues/{number}.json", {"issue": fields})

    def _ask(self, method: str, path: str, **what: Any) -> httpx.Response:
        answer = httpx.request(method, self._url + path, headers=self._headers, timeout=LIMIT, trust_env=False, **what)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text[:300]}"
        return answer
