"""Writes numbered records through a handler of Python's logging while the file is rotated: by the handler itself, or by logrotate.

usage: writer.py HANDLER FILE LINES RATE ROTATIONS [CONF]

HANDLER is rotating, rotating-gzip, timed, watched, append or write. With CONF (a file for logrotate) it is run ROTATIONS times while records are written.
RATE is records a second; 0 is as fast as it goes. PAUSE in the environment holds the records back while logrotate runs.
"""
import gzip
import logging
import logging.handlers
import os
import shutil
import subprocess
import sys
import threading
import time


def gzipped(source, target):
    with open(source, "rb") as i, gzip.open(target, "wb") as o:
        shutil.copyfileobj(i, o)
    os.remove(source)


def handler(kind, path, lines, rotations):
    size = 70 * lines // (rotations + 1)
    if kind.startswith("rotating"):
        made = logging.handlers.RotatingFileHandler(path, maxBytes=size, backupCount=rotations + 5)
        if kind == "rotating-gzip":
            made.namer = lambda name: name + ".gz"
            made.rotator = gzipped
        return made
    if kind == "timed":
        return logging.handlers.TimedRotatingFileHandler(path, when="S", interval=1, backupCount=50)
    if kind == "watched":
        return logging.handlers.WatchedFileHandler(path)
    return logging.FileHandler(path, mode="a" if kind == "append" else "w")


def main():
    kind, path, lines, rate, rotations = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5])
    conf = sys.argv[6] if len(sys.argv) > 6 else None
    made = handler(kind, path, lines, rotations)
    made.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s record %(message)s"))
    log = logging.getLogger("app.web")
    log.propagate = False
    log.setLevel(logging.INFO)
    log.addHandler(made)
    running, failures, held = [], [], threading.Lock()

    def rotate():
        with held if os.environ.get("PAUSE") else threading.Lock():
            done = subprocess.run(["logrotate", "-f", "-s", conf + ".state", conf], capture_output=True, text=True)
        # Two rotations within what dateext takes for one time, or a writer that was quicker to make the new file: logrotate complains and goes on.
        if done.returncode and "xists" not in done.stderr:
            failures.append(done.stderr)

    start = time.perf_counter()
    every = lines // (rotations + 1)
    for i in range(lines):
        if conf and i % every == every // 2 and i // every < rotations:
            for t in running:
                t.join()
            t = threading.Thread(target=rotate)
            t.start()
            running.append(t)
        with held:
            log.info("%07d" % i)
        if rate and i % 100 == 99:
            ahead = start + i / rate - time.perf_counter()
            if ahead > 0:
                time.sleep(ahead)
    for t in running:
        t.join()
    logging.shutdown()
    print("%.0f a second" % (lines / (time.perf_counter() - start)), *failures)
    sys.exit(1 if failures else 0)


main()
