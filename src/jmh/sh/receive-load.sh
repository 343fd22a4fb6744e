#!/bin/bash
# receive-load.sh [RECORDS] [CONNECTIONS]: how many records a second are received and kept, beside rsyslog and a plain Python socket server, from the same senders.
# SERPENTARIUM is the command that runs the program (with its arguments), PYTHON a Python 3, RSYSLOGD rsyslog's daemon (left out where it is not there).
# A sender makes its bytes before the clock starts; the clock ends when the last record is on disk. Processor time is that of the receiver alone, from the first byte on.
set -euo pipefail
export records=${1:-1000000} connections=${2:-4}
exec "${PYTHON:-python3}" - <<'PY'
import os, signal, socket, struct, subprocess, sys, tempfile, time, pickle, logging, shutil, shlex, json
N, C = int(os.environ['records']), int(os.environ['connections'])
HERE = tempfile.mkdtemp(prefix='receive-load')
TICK = os.sysconf('SC_CLK_TCK')
RECORD = logging.LogRecord('svc.orders', 20, '/srv/app/orders.py', 59, 'order 12345 of user 678 was taken in 12.5 ms', None, None, 'take').__dict__
RECORD.update(exc_info=None, args=None)
PICKLE = pickle.dumps(RECORD, 1)
FRAME = struct.pack('>L', len(PICKLE)) + PICKLE
SYSLOG = b'<14>1 2026-11-28T10:15:00.123456Z host orders 4242 - - order 12345 of user 678 was taken in 12.5 ms'

def port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]

def cpu(pid):
    fields = open('/proc/%d/stat' % pid).read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK

def size(folder):
    """Of the file that is written now."""
    for f in ('received.jsonl', 'out.log'):
        if os.path.exists(os.path.join(folder, f)): return os.path.getsize(os.path.join(folder, f))
    return -1

SENDER = r'''
import socket, sys, time
kind, port, n, rate = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
one = sys.stdin.buffer.read()
if kind == 'tcp':
    s = socket.create_connection(('127.0.0.1', port))
    batch = 1000
    block = one * batch
    for _ in range(n // batch): s.sendall(block)
    s.sendall(one * (n % batch))
    s.close()
else:
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    begun = time.monotonic()
    for i in range(n):
        s.sendto(one, ('127.0.0.1', port))
        if i % 50 == 49 and rate > 0:
            wait = begun + (i + 1) / rate - time.monotonic()
            if wait > 0: time.sleep(wait)
'''

def listens(p, kind):
    return any(line.split()[1].endswith(':%04X' % p) for table in (kind, kind + '6') for line in open('/proc/net/' + table).readlines()[1:])

def run(name, command, folder, p, kind, one, n, count, rate=0.0, senders=None):
    server = subprocess.Popen(command, stdout=open(os.path.join(folder, 'said'), 'w'), stderr=subprocess.STDOUT)
    try:
        while not listens(p, kind):
            if server.poll() is not None: raise SystemExit(name + ': ' + open(os.path.join(folder, 'said')).read())
            time.sleep(0.05)
        time.sleep(1)
        senders = senders or C
        pid = server.pid
        before, begun = cpu(pid), time.monotonic()
        all = [subprocess.Popen([sys.executable, '-c', SENDER, kind, str(p), str(n // senders), str(rate / senders)], stdin=subprocess.PIPE) for _ in range(senders)]
        for each in all:
            each.stdin.write(one)
            each.stdin.close()
        last, changed, used = -1, begun, before
        while time.monotonic() - changed < 2 or any(each.poll() is None for each in all):
            now = size(folder)
            if now != last: last, changed, used = now, time.monotonic(), cpu(pid)
            time.sleep(0.02)
        took = changed - begun
    finally:
        if server.poll() is None: server.send_signal(signal.SIGINT)
        try: server.wait(20)
        except subprocess.TimeoutExpired: server.kill()
    got = count(folder)
    sent = n // senders * senders
    print('%-34s sent %9d  kept %9d  lost %7d  %6.2f s  %9.0f/s  receiver %6.2f s of processor, %5.1f us a record' % (name, sent, got, sent - got, took, got / took, used - before, (used - before) * 1e6 / max(1, got)), flush=True)
    shutil.rmtree(folder)

def folder(name):
    path = os.path.join(HERE, name)
    os.mkdir(path)
    return path

def summary(folder):
    text = open(os.path.join(folder, 'said')).read()
    return json.loads(text[text.index('\n{') + 1:text.rindex('\n}') + 2])['records']

def lines(folder):
    return sum(open(os.path.join(folder, f), 'rb').read().count(b'\n') for f in os.listdir(folder) if f.startswith('out'))

OURS = shlex.split(os.environ.get('SERPENTARIUM', 'target/serpentarium/bin/serpentarium'))
PLAIN = r'''
import logging, logging.handlers, pickle, socketserver, struct, sys
class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        while True:
            head = self.rfile.read(4)
            if len(head) < 4: return
            record = logging.makeLogRecord(pickle.loads(self.rfile.read(struct.unpack('>L', head)[0])))
            logging.getLogger(record.name).handle(record)
logging.basicConfig(filename=sys.argv[2], format='%(asctime)s %(levelname)s %(name)s %(process)d %(message)s', level=1)
class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
Server(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()
'''

def ours(name, option, kind, one, n, **more):
    f, p = folder('ours'), port()
    run(name, OURS + ['receive', option, str(p), '--out', f, '--json'], f, p, kind, one, n, summary, **more)

def rsyslog(name, module, kind, one, n, **more):
    daemon = os.environ.get('RSYSLOGD', shutil.which('rsyslogd') or '/usr/sbin/rsyslogd')
    if not os.path.exists(daemon):
        print(name, 'is not there')
        return
    f, p = folder('rsyslog'), port()
    modules = os.environ.get('RSYSLOG_MODULES')
    with open(os.path.join(f, 'conf'), 'w') as conf:
        conf.write('global(workDirectory="%s" maxMessageSize="64k")\nmodule(load="%s")\n' % (f, module))
        conf.write('input(type="%s" port="%d" address="127.0.0.1" ruleset="r"%s)\n' % (module, p, ' rcvbufSize="16m"' if module == 'imudp' else ''))
        conf.write('ruleset(name="r" queue.type="LinkedList" queue.size="500000"%s) { action(type="omfile" file="%s/out.log" asyncWriting="off") }\n' % (' queue.timeoutEnqueue="100000"', f))
    command = [daemon, '-n', '-f', os.path.join(f, 'conf'), '-i', os.path.join(f, 'pid')] + (['-M', modules] if modules else [])
    run(name, command, f, p, kind, one, n, lines, **more)

def plain(name, one, n):
    f, p = folder('plain'), port()
    run(name, [sys.executable, '-c', PLAIN, str(p), os.path.join(f, 'out.log')], f, p, 'tcp', one, n, lines)

try:
    ours('here, SocketHandler pickles', '--tcp', 'tcp', FRAME, N)
    plain('plain Python, SocketHandler pickles', FRAME, N // 5)
    ours('here, syslog over TCP', '--syslog', 'tcp', SYSLOG + b'\n', N)
    rsyslog('rsyslog, TCP', 'imtcp', 'tcp', SYSLOG + b'\n', N)
    for rate in (20000.0, 50000.0, 0.0):
        what = ' at %d/s' % rate if rate else ' as fast as can be'
        ours('here, syslog over UDP' + what, '--syslog', 'udp', SYSLOG, N // 4, rate=rate, senders=2)
        rsyslog('rsyslog, UDP' + what, 'imudp', 'udp', SYSLOG, N // 4, rate=rate, senders=2)
finally:
    shutil.rmtree(HERE)
PY
