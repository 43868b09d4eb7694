"""Many processes at once upon one work tree, some of them killed.

Applies of different resources, undos, recoveries and listings begin at random moments. What must
hold: each ends by one of its exit codes or by our kill; after one ``recover`` the tree is what the
applies that stand have made of it, which shows when all of them are taken back: it is the first tree.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
from dataclasses import dataclass

from apimod.state import state_folder
from faults.campaign import Tally
from faults.project import Ended, Project

RESOURCES = ("coupons", "vouchers", "parcels", "reviews", "lessons", "badges", "drills", "wagons")
ENDS = {0, 3, 4, -signal.SIGKILL}


@dataclass
class Races:
    """Rounds of processes; ``kills`` of them in each round are killed at a random moment."""

    project: Project
    tally: Tally
    seed: int = 0

    def run(self, rounds: int, processes: int, kills: int) -> None:
        """Run the rounds; each begins and ends with the tree as it was first."""
        self.project.ready(self.project.before)
        for number in range(rounds):
            rng = random.Random(f"{self.seed} {number}")
            self._round(rng, processes, kills, f"round {number} of seed {self.seed}")

    def _round(self, rng: random.Random, processes: int, kills: int, what: str) -> None:
        started = [self.project.start(self._words(rng, n), rng.random()) for n in range(processes)]
        for process in rng.sample(started, kills):
            if rng.random() < 0.5:
                self._wait_for_a_write()
            else:
                time.sleep(rng.random() * 0.4)
            os.kill(process.pid, signal.SIGKILL)
        ends = [process.wait() for process in started]
        for ended in ends:
            if ended.code not in ENDS or "Traceback" in ended.text:
                self.tally.wrong.append(f"{what}: exit {ended.code}: {ended.text[-600:]}")
        self.tally.counts[f"processes, {processes} at once"] += processes
        self.tally.counts[f"killed, of {processes} at once"] += kills
        self._settle(what, ends)

    def _wait_for_a_write(self) -> None:
        """Wait until one of them is in the middle of a write, but not for long."""
        pending = state_folder(self.project.root) / "pending"
        until = time.monotonic() + 2
        while not pending.is_dir() and time.monotonic() < until:
            time.sleep(0.0005)

    def _words(self, rng: random.Random, number: int) -> tuple[str, ...]:
        """Return a call: mostly an apply of a resource that no other process has."""
        kind = rng.choice(("apply",) * 6 + ("undo", "recover", "list", "apply -n"))
        if kind.startswith("apply"):
            resource = RESOURCES[number % len(RESOURCES)]
            flag = "-n" if kind.endswith("n") else "-y"
            return ("apply", "create-rest", resource, "name:string", flag, "--allow-dirty")
        return (kind,)

    def _settle(self, what: str, ends: list[Ended]) -> None:
        recovered = self.project.run(("recover",))
        if recovered.code != 0:
            self.tally.wrong.append(f"{what}: recover: {recovered.text[-600:]}")
        listed = self.project.run(("undo", "--list", "--format", "json"))
        applies = json.loads(listed.text)["applies"]
        if applies:
            back = self.project.run(("undo", "--last", str(len(applies))))
            if back.code != 0:
                self.tally.wrong.append(f"{what}: undo: {back.text[-600:]}")
        now = self.project.state()
        if now != self.project.before:
            self.tally.wrong.append(f"{what}: {self.project.difference(now)}; {ends}")
        if self.project.leftovers():
            self.tally.wrong.append(f"{what}: left behind: {self.project.leftovers()}")
