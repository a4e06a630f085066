"""Runs framer.parseFrames for each case of a JSON list on stdin and prints the JSON list of what came out."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))
sys.dont_write_bytecode = True
import framer  # noqa: E402


def outcome(case):
    try:
        piece = framer.parseFrames(case['text'], case['returnType'], case['instance'], case['count'])
        return {'piece': list(piece), 'isRange': isinstance(piece, tuple)}
    except framer.FrameSyntaxError as error:
        return {'refused': error.args[0]}
    except SystemExit as end:
        return {'exit': end.code}


real_stdout = sys.stdout
sys.stdout = sys.stderr  # what framer prints must not mix with the answer
answer = [outcome(case) for case in json.load(sys.stdin)]
real_stdout.write(json.dumps(answer))
