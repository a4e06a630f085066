"""RESULT MODULE...: runs unittest modules and writes {"Class.test": [outcome, why]} to RESULT as JSON."""

import json
import sys
import traceback
import unittest


class Outcomes(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.found = {}

    def note(self, test, outcome, why=""):
        # What goes wrong in setUpClass is no test: "setUpClass (tests.test_x.Class)".
        step, _, place = test.id().partition(" (")
        names = [place.rstrip(")"), step] if place else [step]
        self.found[".".join(".".join(names).split(".")[-2:])] = [outcome, why]

    def addSuccess(self, test):
        self.note(test, "passed")

    def addSkip(self, test, reason):
        self.note(test, "skipped", reason)

    def addFailure(self, test, err):
        self.note(test, "failed", last_words(err))

    def addError(self, test, err):
        self.note(test, "failed", last_words(err))


def last_words(err):
    kind, error, trace = err
    place = traceback.extract_tb(trace)[-1]
    where = [frame for frame in traceback.extract_tb(trace) if "/tests/" in frame.filename]
    line = f"{where[-1].name}:{where[-1].lineno}: {where[-1].line}" if where else place.line
    return f"{kind.__name__}: {str(error)[:600]} | {line}"


result_path, *modules = sys.argv[1:]
outcomes = Outcomes()
suite = unittest.TestLoader().loadTestsFromNames(modules)
suite.run(outcomes)
with open(result_path, "w", encoding="utf-8") as file:
    json.dump(outcomes.found, file, indent=1, sort_keys=True)
