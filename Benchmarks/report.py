"""The numbers of one run, and the tables they become."""
import collections
import dataclasses
import json
import os
import statistics


def spread(values, form="{:,.0f}"):
    """Median, and the smallest and largest value where there are several."""
    middle = form.format(statistics.median(values))
    if len(values) < 2:
        return middle
    return f"{middle} ({form.format(min(values))}–{form.format(max(values))})"


class Report:
    """Collects what was measured and prints it, every number beside a peer's."""

    def __init__(self):
        self.loads = collections.defaultdict(lambda: collections.defaultdict(list))
        self.starts = collections.defaultdict(lambda: collections.defaultdict(list))
        self.memory = collections.defaultdict(dict)
        self.policies = {}
        self.further_goals = []
        self.notes = []
        self.failures = 0

    def note(self, text):
        self.notes.append(text)

    def print_machine(self):
        model = next((line.split(": ", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
        print(f"{os.cpu_count()} cores, {model}; load average before the run {os.getloadavg()[0]:.2f}")

    def add_load(self, era, connections, server, span):
        self.loads[(era, connections)][server].append(span)
        self.failures += span.failures
        if span.failures:
            self.note(f"{era}, {connections} connections, {server}: {span.failures} answers were not 2xx or did not come")

    def ratios(self, era, connections, server):
        """Calls a second beside nginx's, round by round."""
        of_era = self.loads[(era, connections)]
        return [
            ours.calls_per_second / theirs.calls_per_second
            for ours, theirs in zip(of_era.get(server, []), of_era.get("nginx", []))
        ]

    def print_load(self, era, connections):
        if connections == 1:
            print(f"\ntools/call of echo's add, {era}")
            print(f"{'conn.':>5}  {'server':<17} {'calls/s':>26}  {'× nginx':>20} {'p50 µs':>8} {'p99 µs':>8} {'CPU µs/call':>12}")
        for server, spans in self.loads[(era, connections)].items():
            def median(field):
                return statistics.median(getattr(span, field) for span in spans)
            print(f"{connections:>5}  {server:<17} {spread([span.calls_per_second for span in spans]):>26}"
                  f"  {spread(self.ratios(era, connections, server), '{:.3f}'):>20}"
                  f" {median('p50_us'):>8,.0f} {median('p99_us'):>8,.0f} {median('cpu_us_per_call'):>12.1f}", flush=True)

    def add_memory(self, server, moment):
        self.memory[server.name][moment] = (server.resident_megabytes(), server.resident_megabytes_below())

    def print_memory(self):
        print("\nresident memory, MB (+ child processes)")
        moments = ("idle", "after one call", "after the load")
        print(f"{'':7}{'server':<17} " + "".join(f"{moment:>22}" for moment in moments))
        for server, by_moment in self.memory.items():
            cells = []
            for moment in moments:
                own, below = by_moment.get(moment, (0, []))
                cells.append(f"{own:.1f}" + "".join(f" + {child:.1f}" for child in below))
            print(f"{'':7}{server:<17} " + "".join(f"{cell:>22}" for cell in cells))

    def add_start(self, server, event, milliseconds):
        self.starts[server][event].append(milliseconds)

    def print_starts(self):
        events = ("first 200", "first result", "stdio, first result")
        print("\ncold start, ms from exec (the plugin starts on its first call)")
        print(f"{'':7}{'server':<17} " + "".join(f"{event:>26}" for event in events))
        for server, by_event in self.starts.items():
            cells = [spread(by_event[event], "{:.1f}") if event in by_event else "–" for event in events]
            print(f"{'':7}{server:<17} " + "".join(f"{cell:>26}" for cell in cells))

    def goals(self):
        """(what, goal, measured, whether it holds)"""
        era = "modern 2026-07-28"
        for server, goal in (("Roost in-process", 0.35), ("Roost cell", 0.2)):
            ratios = self.ratios(era, 64, server)
            if ratios:
                measured = statistics.median(ratios)
                yield f"{server}, 64 connections, modern", f"≥ {goal} × nginx", f"{measured:.3f}", measured >= goal
        yield from self.further_goals
        for server in ("Roost in-process", "Roost cell"):
            if server in self.starts:
                measured = statistics.median(self.starts[server]["first result"])
                yield f"{server}, cold start to the first result", "< 50 ms", f"{measured:.1f} ms", measured < 50
            if server in self.memory:
                measured = self.memory[server]["idle"][0]
                yield f"{server}, idle", "< 25 MB", f"{measured:.1f} MB", measured < 25

    def print_goals(self):
        print("\ngoals")
        for what, goal, measured, holds in self.goals():
            print(f"  {'✔' if holds else '✘'} {what:<48} {goal:>16}   measured {measured}")

    def print_notes(self):
        print("\nnotes")
        for note in self.notes:
            print(f"  - {note}")

    def write(self, path):
        """Everything that was measured, for programs."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({
            "loads": [
                {"era": era, "connections": connections, "server": server, **dataclasses.asdict(span)}
                for (era, connections), servers in self.loads.items() for server, spans in servers.items() for span in spans
            ],
            "starts_ms": self.starts, "policies_us": self.policies, "memory_mb": self.memory, "notes": self.notes,
        }, indent=2, ensure_ascii=False) + "\n")
