"""Asks a server for all kinds of exchanges with one of Python's clients, through the proxy that the environment names; a line an exchange:
the target, the status, and the sum of the body without its content encoding.

exchange_clients.py CLIENT BASE TAG
"""
from __future__ import print_function

import hashlib
import os
import ssl
import struct
import sys
import time

CLIENT, BASE, TAG = sys.argv[1:4]
SENT = b"0123456789abcdef" * 5000


def said(target, status, body):
    print(target + "\t" + str(status) + "\t" + hashlib.sha256(body).hexdigest())


def pieces():
    for i in range(0, len(SENT), 30000):
        yield SENT[i:i + 30000]


def cases(encodings):
    """Method, path, body (None, whole or in pieces)."""
    rows = [("GET", "plain", None), ("HEAD", "plain", None), ("GET", "none", None), ("GET", "same", None), ("GET", "chunked", None), ("GET", "events", None),
            ("POST", "echo", "whole"), ("POST", "echo", "pieces")]
    return [(m, "/%s?%s-%d" % (path, TAG, i), body) for i, (m, path, body) in enumerate(rows + [("GET", each, None) for each in encodings])]


def urllib_client():
    try:
        from urllib.request import Request, urlopen
        from urllib.error import HTTPError
    except ImportError:
        from urllib2 import Request, urlopen, HTTPError
    for method, target, body in cases([]):
        if body == "pieces":
            if sys.version_info < (3, 6):
                continue
            request = Request(BASE + target, data=pieces())
        else:
            request = Request(BASE + target, data=SENT if body else None)
        request.get_method = lambda method=method: method
        try:
            answer = urlopen(request, timeout=20)
        except HTTPError as error:
            answer = error
        said(target, answer.code, answer.read())


def requests_client():
    import requests
    with requests.Session() as session:
        for method, target, body in cases(["gzip", "br", "deflate"]):
            answer = session.request(method, BASE + target, data=SENT if body == "whole" else pieces() if body else None, timeout=20)
            said(target, answer.status_code, answer.content)


def httpx_client(http2):
    import httpx
    with httpx.Client(http2=http2, timeout=20) as client:
        for method, target, body in cases(["gzip", "br", "deflate"]):
            answer = client.request(method, BASE + target, content=SENT if body == "whole" else pieces() if body else None)
            said(target, answer.status_code, answer.content)


def aiohttp_client():
    # What older Pythons cannot read stands in a file of its own.
    import exchange_aiohttp
    exchange_aiohttp.main(BASE, TAG, SENT, cases(["gzip", "br", "deflate"]), pieces, said)


def grpc_client():
    """HTTP/2 as gRPC has it, by CONNECT, with TLS where the URL has it; says each message when it has come, then waits for a line."""
    import socket
    import h2.config
    import h2.connection
    import h2.events
    secure = BASE.startswith("https")
    host, port = BASE.split("//")[1].split(":")
    proxy, proxied = os.environ["http_proxy"].split("//")[1].split(":")
    sock = socket.create_connection((proxy, int(proxied)))
    sock.settimeout(20)
    sock.sendall(("CONNECT %s:%s HTTP/1.1\r\n\r\n" % (host, port)).encode())
    head = b""
    while b"\r\n\r\n" not in head:
        head += sock.recv(1)
    if secure:
        context = ssl.create_default_context()
        context.set_alpn_protocols(["h2"])
        sock = context.wrap_socket(sock, server_hostname=host)
        assert sock.selected_alpn_protocol() == "h2"
    conn = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
    conn.initiate_connection()
    target = "/shop.Items/Watch?" + TAG
    conn.send_headers(1, [(":method", "POST"), (":scheme", "https" if secure else "http"), (":authority", host + ":" + port), (":path", target),
                          ("te", "trailers"), ("content-type", "application/grpc")])
    whole, messages, ended = b"", [b"first", b"second " * 40], False
    status = trailer = None
    while not ended:
        if messages and len(whole) == sum(2 * (8 + len(m)) for m in [b"first", b"second " * 40][:2 - len(messages)]):
            message = messages.pop(0)
            while not messages and "&wait=" in TAG and not os.path.exists(TAG.split("&wait=")[1]):
                time.sleep(0.01)
            conn.send_data(1, b"\0" + struct.pack(">I", len(message)) + message, end_stream=not messages)
        sock.sendall(conn.data_to_send())
        for event in conn.receive_data(sock.recv(65536)):
            if isinstance(event, h2.events.ResponseReceived):
                status = dict(event.headers)[":status"]
            elif isinstance(event, h2.events.DataReceived):
                whole += event.data
                conn.acknowledge_received_data(event.flow_controlled_length, 1)
            elif isinstance(event, h2.events.TrailersReceived):
                trailer = dict(event.headers)["grpc-status"]
            elif isinstance(event, h2.events.StreamEnded):
                ended = True
        sock.sendall(conn.data_to_send())
    assert trailer == "0"
    said(target, status, whole)


{"urllib": urllib_client, "requests": requests_client, "httpx": lambda: httpx_client(False), "httpx2": lambda: httpx_client(True), "aiohttp": aiohttp_client, "grpc": grpc_client}[CLIENT]()
