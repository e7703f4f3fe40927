"""CPU seconds that the parts of a tree have used, those of processes that ended in between included."""

from dataclasses import dataclass

import psutil

from tests.perf.tree import Tree


@dataclass(frozen=True)
class Used:
    """CPU seconds of all web processes, and of the database server with all its backends."""

    web: float
    database: float

    def __sub__(self, other: "Used") -> "Used":
        return Used(self.web - other.web, self.database - other.database)


def used(tree: Tree) -> Used:
    """As the system's books have it (user and system time), in steps of 10 ms."""
    parts = tree.parts()
    return Used(
        web=_sum(parts["web parent"] + parts["web worker"]), database=_sum(parts["postmaster"]) + _children(parts)
    )


def _children(parts: dict[str, list[psutil.Process]]) -> float:
    helpers = [child for server in parts["postmaster"] for child in server.children()]
    return _sum(helpers)


def _sum(processes: list[psutil.Process]) -> float:
    total = 0.0
    for process in processes:
        times = process.cpu_times()
        total += times.user + times.system + times.children_user + times.children_system
    return total
