#!/usr/bin/env python
# -*- coding: UTF-8 -*-
"""Which frames does this instance render?  Runs on Python 2.7 and 3, needs nothing but this file.

    from framer import parseFrames
    frames = parseFrames('1-10')

A drop-in for the framer.py of the BatchCompute documentation that reads every frame list that Rebatch reads and gives
the same pieces as packages/frames (framer.test.ts holds the two against each other).
"""
import os
import re
import sys

NOTHING_TO_DO = 'Nothing to do, exit'

MAX_FRAMES = 1000000
MAX_MENTIONS = 10000000
MAX_FRAME_NUMBER = 2147483647

BLANKS = ' \t\r\n'
STEP_TOKENS = ('every', 'step', 'by', 'x', ':')


class FrameSyntaxError(ValueError):
    """The text is not a frame list. column counts from 1."""

    def __init__(self, column, found, expected):
        ValueError.__init__(self, 'column %d: found %s; %s would fit' % (column, found, expected))
        self.column = column
        self.found = found
        self.expected = expected


class Scanner(object):
    """A place in the text, moving right."""

    def __init__(self, text):
        self.text = text
        self.position = 0

    def here(self):
        return self.text[self.position:self.position + 1]

    def at_end(self):
        return self.position >= len(self.text)

    def take(self, token):
        if self.text[self.position:self.position + len(token)].lower() != token:
            return False
        self.position += len(token)
        return True

    def take_blanks(self):
        while not self.at_end() and self.here() in BLANKS:
            self.position += 1

    def take_number(self, expected):
        match = re.match('-?[0-9]+', self.text[self.position:self.position + 64])
        if match is None:
            if self.here() == '-':
                self.position += 1
            raise self.trouble(expected)
        value = int(match.group(0))
        if abs(value) > MAX_FRAME_NUMBER:
            raise self.trouble_at(self.position, match.group(0), 'a number up to %d' % MAX_FRAME_NUMBER)
        self.position += len(match.group(0))
        return value

    def expect_separator(self, expected):
        if not self.at_end() and self.here() not in ',' + BLANKS:
            raise self.trouble(expected)

    def trouble(self, expected):
        if self.at_end():
            return self.trouble_at(self.position, 'the end of the list', expected)
        word = re.match('[A-Za-z]+', self.text[self.position:self.position + 16])
        return self.trouble_at(self.position, "'%s'" % (word.group(0) if word else self.here()), expected)

    def trouble_at(self, position, found, expected):
        return FrameSyntaxError(position + 1, found, expected)


class Element(object):
    """One element of the list; its kind is 'every', 'between', 'interleave' or 'halves'."""

    def __init__(self, kind, start, end, interval):
        self.kind = kind
        self.start = start
        self.end = end
        self.interval = interval

    def count(self):
        everything = abs(self.end - self.start) + 1
        if self.kind in ('interleave', 'halves'):
            return everything
        every = (everything + self.interval - 1) // self.interval
        return every if self.kind == 'every' else everything - every

    def frames(self):
        sign = -1 if self.end < self.start else 1
        offsets = getattr(self, '_' + self.kind)(abs(self.end - self.start))
        return (self.start + sign * offset for offset in offsets)

    def _every(self, span):
        return range(0, span + 1, self.interval)

    def _between(self, span):
        return (offset for offset in range(1, span + 1) if offset % self.interval != 0)

    def _interleave(self, span):
        taken = bytearray(span + 1)
        first, step = 0, self.interval
        while step >= 1:
            for offset in range(first, span + 1, step):
                if not taken[offset]:
                    taken[offset] = 1
                    yield offset
            first += 1
            step //= 2

    def _halves(self, span):
        yield 0
        if span > 0:
            yield span
        gaps = [(0, span)]
        while gaps:
            narrower = []
            for low, high in gaps:
                if high - low >= 2:
                    middle = (low + high) // 2
                    yield middle
                    narrower.extend([(low, middle), (middle, high)])
            gaps = narrower


def _parse_element(scanner):
    first = scanner.position
    start = scanner.take_number('a frame number')
    if not (scanner.take('..') or scanner.take('-') or scanner.take(':')):
        scanner.expect_separator("a range such as 1-10, ',' or the end")
        return Element('every', start, start, 1)
    end = scanner.take_number('the last frame of the range')
    element = _parse_modifier(scanner, start, end)
    count = element.count()
    if count > MAX_FRAMES:
        raise scanner.trouble_at(first, '%d frames' % count, 'at most %d frames' % MAX_FRAMES)
    if count == 0:
        found = "'%s', which names no frame" % scanner.text[first:scanner.position]
        raise scanner.trouble_at(first, found, 'a range with frames left over')
    return element


def _parse_modifier(scanner, start, end):
    if any(scanner.take(token) for token in STEP_TOKENS):
        element = Element('every', start, end, _parse_interval(scanner, start, end))
    elif scanner.take('y'):
        element = Element('between', start, end, _parse_interval(scanner, start, end))
    elif scanner.take('~'):
        element = Element('interleave', start, end, _parse_interval(scanner, start, end))
    elif scanner.take('@'):
        element = Element('halves', start, end, 1)
    else:
        scanner.expect_separator("a step such as x5, ',' or the end")
        return Element('every', start, end, 1)
    scanner.expect_separator("',' or the end")
    return element


def _parse_interval(scanner, start, end):
    position = scanner.position
    interval = scanner.take_number('a step')
    if interval == 0:
        raise scanner.trouble_at(position, '0', 'a step other than 0')
    if interval < 0 and end > start:
        raise scanner.trouble_at(position, str(interval), 'a positive step, as the range goes up,')
    return abs(interval)


def _take_separator(scanner):
    scanner.take_blanks()
    if scanner.take(','):
        scanner.take_blanks()
        return True
    return not scanner.at_end()


def readFrames(text):
    """All frames of a list, in order of first mention. Raises FrameSyntaxError."""
    scanner = Scanner(text)
    scanner.take_blanks()
    frames, seen, mentions = [], set(), 0
    while True:
        position = scanner.position
        element = _parse_element(scanner)
        mentions += element.count()
        if mentions > MAX_MENTIONS:
            found = 'more than %d frames with repeats counted' % MAX_MENTIONS
            raise scanner.trouble_at(position, found, 'a shorter list')
        for frame in element.frames():
            if frame in seen:
                continue
            seen.add(frame)
            frames.append(frame)
            if len(frames) > MAX_FRAMES:
                found = 'more than %d frames' % MAX_FRAMES
                raise scanner.trouble_at(position, found, 'at most %d frames' % MAX_FRAMES)
        if not _take_separator(scanner):
            return frames


def splitFrames(frames, total_nodes, id):
    """The piece of instance id, from 0: contiguous, the first len(frames) % total_nodes instances take one more."""
    if total_nodes < 1:
        raise ValueError('the number of instances is %d; a whole number from 1 would fit' % total_nodes)
    if not 0 <= id < total_nodes:
        raise ValueError('the instance is %d; 0 to %d would fit' % (id, total_nodes - 1))
    small, larger = divmod(len(frames), total_nodes)
    first = id * small + min(id, larger)
    return frames[first:first + small + (1 if id < larger else 0)]


def parseFrames(render_frames, return_type='list', id=None, total_nodes=None):
    """The frames of one instance.

    render_frames: such as '1-10' or '1,3,5-10'.
    return_type: 'list' gives [1, 2, 3]; 'range' gives (1, 3). A text with a comma, and a piece with gaps or in another
        order, give a list whatever was asked for: first and last alone would name other frames.
    id: number of the instance, from 0; by default the environment's BATCH_COMPUTE_DAG_INSTANCE_ID.
    total_nodes: number of instances; by default the environment's BATCH_COMPUTE_DAG_INSTANCE_COUNT.

    An instance without a frame prints NOTHING_TO_DO and ends the program with exit code 0.
    """
    if id is None:
        id = os.environ['BATCH_COMPUTE_DAG_INSTANCE_ID']
    if total_nodes is None:
        total_nodes = os.environ['BATCH_COMPUTE_DAG_INSTANCE_COUNT']
    piece = splitFrames(readFrames(render_frames), int(total_nodes), int(id))
    if not piece:
        print(NOTHING_TO_DO)
        sys.exit(0)
    if return_type != 'list' and ',' not in render_frames and _is_contiguous(piece):
        return (piece[0], piece[-1])
    return piece


def _is_contiguous(piece):
    return all(later - earlier == 1 for earlier, later in zip(piece, piece[1:]))
