"""Lets Jython's sockets take unicode text, as those of CPython 2 do; the clients below rely on it.

Imported by the interpreter itself at start (JYTHONPATH); no client is touched.
"""
import httplib

_send = httplib.HTTPConnection.send


def send(self, data):
    return _send(self, data.encode("ascii") if isinstance(data, unicode) else data)


httplib.HTTPConnection.send = send
