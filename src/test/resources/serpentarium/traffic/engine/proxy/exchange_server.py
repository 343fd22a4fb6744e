"""A server of HTTP/1.1, HTTP/2 (with TLS and without) and WebSockets that writes down what it was sent and what it sent, a line an exchange.

exchange_server.py PLAIN_PORT TLS_PORT CERTIFICATE KEY LOG
"""
import base64
import gzip
import hashlib
import os
import socket
import ssl
import struct
import sys
import threading
import time
import zlib

import brotli
import h2.config
import h2.connection
import h2.events
import zstandard

LOCK = threading.Lock()


def content(size):
    """Bytes of which half can be compressed, the same ones each time."""
    parts = []
    while sum(map(len, parts)) < size:
        digest = hashlib.sha256(str(len(parts)).encode()).digest()
        parts.append(digest + b"all the same " * 3)
    return b"".join(parts)[:size]


BODY = content(60000)


def zstd(data):
    return zstandard.ZstdCompressor().compress(data)


ENCODED = {"gzip": gzip.compress(BODY), "br": brotli.compress(BODY), "zstd": zstd(BODY), "deflate": zlib.compress(BODY)}


def lines(fields):
    return base64.b64encode("".join("%s: %s\n" % (name, value) for name, value in fields).encode("latin-1")).decode()


def note(method, target, fields, sent, status, answer, body, trailers):
    row = [method, target, lines(fields), hashlib.sha256(sent).hexdigest(), str(len(sent)), str(status), lines(answer),
           hashlib.sha256(body).hexdigest(), str(len(body)), lines(trailers)]
    with LOCK, open(sys.argv[5], "a") as log:
        log.write("\t".join(row) + "\n")


def answer(method, target, sent):
    """What is answered: status, fields, pieces of the body, trailers, and whether the length is said."""
    path = target.split("?")[0].lstrip("/")
    if path == "none":
        return 204, [("X-Why", "nothing")], [], [], False
    if path == "same":
        return 304, [("ETag", '"1"')], [], [], False
    if path == "chunked":
        return 200, [("Content-Type", "text/plain"), ("Trailer", "X-Sum")], [BODY[:1], BODY[1:30000], BODY[30000:]], [("X-Sum", "1"), ("X-Twice", "a"), ("X-Twice", "b")], False
    if path in ENCODED:
        return 200, [("Content-Type", "application/octet-stream"), ("Content-Encoding", path)], [ENCODED[path]], [], True
    if path == "echo":
        return 200, [("Content-Type", "application/octet-stream")], [sent], [], True
    if path == "events":
        return 200, [("Content-Type", "text/event-stream")], [b"data: one\n\n", b"event: b\ndata: two\ndata: more\n\n"], [], False
    return 200, [("Content-Type", "application/octet-stream"), ("X-Odd-CASE", "kept"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")], [BODY], [], True


def wait_for(target):
    """Waits for a file that the question names."""
    if "&wait=" in target:
        end = time.time() + 20
        while time.time() < end and not os.path.exists(target.split("&wait=")[1]):
            time.sleep(0.01)


class One:
    """HTTP/1.1 on a connection."""

    def __init__(self, sock, first):
        self.sock, self.data = sock, first

    def more(self):
        data = self.sock.recv(65536)
        self.data += data
        return bool(data)

    def until(self, end):
        while end not in self.data:
            if not self.more():
                return None
        part, self.data = self.data.split(end, 1)
        return part

    def exactly(self, size):
        while len(self.data) < size:
            if not self.more():
                raise EOFError
        part, self.data = self.data[:size], self.data[size:]
        return part

    def body(self, small):
        if small.get("transfer-encoding", "").lower() == "chunked":
            whole = b""
            while True:
                size = int(self.until(b"\r\n").split(b";")[0], 16)
                whole += self.exactly(size)
                if not size:
                    while self.until(b"\r\n"):
                        pass
                    return whole
                self.exactly(2)
        return self.exactly(int(small.get("content-length", "0")))

    def run(self):
        while True:
            head = self.until(b"\r\n\r\n")
            if head is None:
                return
            first, *rest = head.decode("latin-1").split("\r\n")
            method, target, _ = first.split(" ")
            fields = [tuple(part.strip(" \t") for part in each.split(":", 1)) for each in rest]
            small = {name.lower(): value for name, value in fields}
            if small.get("upgrade", "").lower() == "websocket":
                WebSocket(self, small).run(method, target, fields)
                return
            if small.get("expect") == "100-continue":
                self.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            sent = self.body(small)
            status, answered, pieces, trailers, length = answer(method, target, sent)
            whole = b"".join(pieces)
            bare = method == "HEAD" or status in (204, 304)
            if length:
                answered = answered + [("Content-Length", str(len(whole)))]
            elif status == 200:
                answered = answered + [("Transfer-Encoding", "chunked")]
            out = "HTTP/1.1 %d Some Reason\r\n" % status + "".join("%s: %s\r\n" % each for each in answered) + "\r\n"
            self.sock.sendall(out.encode("latin-1"))
            if not bare and length:
                self.sock.sendall(whole)
            elif not bare:
                for number, piece in enumerate(pieces):
                    if number:
                        wait_for(target)
                    self.sock.sendall(b"%x\r\n" % len(piece) + piece + b"\r\n")
                self.sock.sendall(b"0\r\n" + "".join("%s: %s\r\n" % each for each in trailers).encode() + b"\r\n")
            note(method, target, fields, sent, status, answered, b"" if bare else whole, [] if bare else trailers)


class WebSocket:
    """Sends each message back, compressed as RFC 7692 has it."""

    def __init__(self, one, small):
        self.one, self.small = one, small
        self.packer = zlib.compressobj(wbits=-15)
        self.unpacker = zlib.decompressobj(wbits=-15)

    def run(self, method, target, fields):
        key = self.small["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        answered = [("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()),
                    ("Sec-WebSocket-Extensions", "permessage-deflate")]
        self.one.sock.sendall(("HTTP/1.1 101 Switching Protocols\r\n" + "".join("%s: %s\r\n" % each for each in answered) + "\r\n").encode())
        note(method, target, fields, b"", 101, answered, b"", [])
        whole, kind, packed = b"", 0, False
        while True:
            first, second = self.one.exactly(2)
            size = second & 127
            if size == 126:
                size = struct.unpack(">H", self.one.exactly(2))[0]
            elif size == 127:
                size = struct.unpack(">Q", self.one.exactly(8))[0]
            mask = self.one.exactly(4)
            data = bytes(byte ^ mask[i % 4] for i, byte in enumerate(self.one.exactly(size)))
            code = first & 15
            if code == 8:
                self.frame(0x88, data)
                return
            if code == 9:
                self.frame(0x8A, data)
                continue
            if code:
                kind, packed, whole = code, bool(first & 64), b""
            whole += data
            if first & 128:
                if packed:
                    whole = self.unpacker.decompress(whole + b"\0\0\xff\xff")
                back = self.packer.compress(whole) + self.packer.flush(zlib.Z_SYNC_FLUSH)
                self.frame(0xC0 | kind, back[:-4])

    def frame(self, first, data):
        size = len(data)
        head = struct.pack(">BB", first, size) if size < 126 else struct.pack(">BBH", first, 126, size) if size < 65536 else struct.pack(">BBQ", first, 127, size)
        self.one.sock.sendall(head + data)


class Two:
    """HTTP/2 on a connection."""

    def __init__(self, sock, first):
        self.sock, self.first = sock, first
        self.conn = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False, header_encoding="latin-1", normalize_inbound_headers=False))
        self.streams, self.waiting = {}, {}

    def flush(self):
        self.sock.sendall(self.conn.data_to_send())

    def run(self):
        self.conn.initiate_connection()
        self.flush()
        data = self.first
        while True:
            if data:
                for event in self.conn.receive_data(data):
                    self.handle(event)
                self.push()
                self.flush()
            data = self.sock.recv(65536)
            if not data:
                return

    def handle(self, event):
        if isinstance(event, h2.events.RequestReceived):
            self.streams[event.stream_id] = (event.headers, [])
        elif isinstance(event, h2.events.DataReceived):
            self.streams[event.stream_id][1].append(event.data)
            self.conn.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
            fields = dict(self.streams[event.stream_id][0])
            if fields.get("content-type") == "application/grpc":
                self.grpc(event.stream_id, False)
        elif isinstance(event, h2.events.StreamEnded):
            fields, data = self.streams[event.stream_id]
            if dict(fields).get("content-type") == "application/grpc":
                self.grpc(event.stream_id, True)
            else:
                self.answer(event.stream_id, fields, b"".join(data))

    def grpc(self, stream, ended):
        """Answers each message with two, at once."""
        fields, data = self.streams[stream]
        whole = b"".join(data)
        state = self.waiting.setdefault(("grpc", stream), {"at": 0, "out": b"", "begun": False})
        if not state["begun"]:
            state["begun"] = True
            self.conn.send_headers(stream, [(":status", "200"), ("content-type", "application/grpc")])
        while len(whole) - state["at"] >= 5:
            size = struct.unpack(">I", whole[state["at"] + 1:state["at"] + 5])[0]
            if len(whole) - state["at"] - 5 < size:
                break
            message = whole[state["at"] + 5:state["at"] + 5 + size]
            state["at"] += 5 + size
            for _ in range(2):
                out = b"\0" + struct.pack(">I", size + 3) + b"re:" + message
                state["out"] += out
                self.conn.send_data(stream, out)
        if ended:
            trailers = [("grpc-status", "0"), ("grpc-message", "done")]
            self.conn.send_headers(stream, trailers, end_stream=True)
            pseudo = dict(fields)
            note(pseudo[":method"], pseudo[":path"], [each for each in fields if not each[0].startswith(":")], whole, 200, [("content-type", "application/grpc")], state["out"], trailers)

    def answer(self, stream, fields, sent):
        pseudo = dict(fields)
        method, target = pseudo[":method"], pseudo[":path"]
        status, answered, pieces, trailers, length = answer(method, target, sent)
        answered = [(name.lower(), value) for name, value in answered]
        trailers = [(name.lower(), value) for name, value in trailers]
        whole = b"".join(pieces)
        bare = method == "HEAD" or status in (204, 304)
        if length:
            answered.append(("content-length", str(len(whole))))
        self.conn.send_headers(stream, [(":status", str(status))] + answered, end_stream=bare)
        if "&wait=" in target:
            self.conn.send_data(stream, pieces[0])
            self.flush()
            wait_for(target)
            self.waiting[stream] = [whole[len(pieces[0]):], trailers]
        elif not bare:
            self.waiting[stream] = [whole, trailers]
        note(method, target, [each for each in fields if not each[0].startswith(":")], sent, status, answered, b"" if bare else whole, [] if bare else trailers)

    def push(self):
        """Sends what the windows have room for."""
        for stream in [each for each in self.waiting if isinstance(each, int)]:
            whole, trailers = self.waiting[stream]
            while whole:
                room = min(self.conn.local_flow_control_window(stream), self.conn.max_outbound_frame_size, len(whole))
                if room <= 0:
                    break
                self.conn.send_data(stream, whole[:room], end_stream=room == len(whole) and not trailers)
                whole = whole[room:]
            self.waiting[stream][0] = whole
            if not whole:
                if trailers:
                    self.conn.send_headers(stream, trailers, end_stream=True)
                del self.waiting[stream]


def serve(sock, context):
    try:
        if context:
            sock = context.wrap_socket(sock, server_side=True)
        first = sock.recv(65536)
        if first:
            (Two if first.startswith(b"PRI * HTTP/2.0") else One)(sock, first).run()
    except (OSError, EOFError):
        pass
    finally:
        sock.close()


def listen(port, context):
    server = socket.create_server(("127.0.0.1", port))
    while True:
        sock, _ = server.accept()
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=serve, args=(sock, context), daemon=True).start()


def main():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(sys.argv[3], sys.argv[4])
    context.set_alpn_protocols(["h2", "http/1.1"])
    threading.Thread(target=listen, args=(int(sys.argv[2]), context), daemon=True).start()
    listen(int(sys.argv[1]), None)


main()
