"""Runs the tests that batchcompute 2.1.7 brings in its source package, as they are.

/case/pythonsdk.ini is what those tests read from their author's home. Writes /case/suite.json: {test: "passed" | what
went wrong}.
"""
import json
import shutil
import sys
import time
import unittest

shutil.copy("/case/pythonsdk.ini", "/home/admin/.pythonsdk.ini")
sys.path[:0] = ["/opt/sdk-tests", "/opt/sdk-tests/client"]

import batchcompute.client.client
import run_test
import test_client
import test_response


class Hurried(object):
    """The suite's clock: its waits of up to 30 s for real machines are cut to what these machines take."""

    def __getattr__(self, name):
        return getattr(time, name)

    def sleep(self, seconds):
        time.sleep(min(seconds, 0.2))


test_client.time = batchcompute.client.client.time = Hurried()


class Outcomes(unittest.TestResult):
    def __init__(self):
        unittest.TestResult.__init__(self)
        self.outcomes = {}

    def addSuccess(self, test):
        self.outcomes[test.id()] = "passed"

    def addFailure(self, test, problem):
        self.outcomes[test.id()] = self._exc_info_to_string(problem, test)

    addError = addFailure


load = unittest.defaultTestLoader.loadTestsFromModule
result = Outcomes()
unittest.TestSuite([load(test_client), load(test_response), run_test.suite()]).run(result)
with open("/case/suite.json", "w") as file:
    json.dump(result.outcomes, file)
