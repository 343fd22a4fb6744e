"""Threads that share a queue: one reads, three hash, one of them waits for a lock too long."""
import hashlib
import queue
import threading
import time
import zlib

LOCK = threading.Lock()
RESULTS = {}


def read_blocks(tasks, count):
    for number in range(count):
        tasks.put((number, bytes((number * step) & 0xFF for step in range(4000))))
    for _ in range(3):
        tasks.put(None)


def digest(block):
    data = block
    for _ in range(40):
        data = hashlib.sha256(data).digest() + block
    return zlib.crc32(data)


def store(number, value):
    with LOCK:
        time.sleep(0.0005)
        RESULTS[number] = value


def work(tasks):
    while True:
        task = tasks.get()
        if task is None:
            return
        number, block = task
        store(number, digest(block))


def main(count=120):
    tasks = queue.Queue(maxsize=16)
    threads = [threading.Thread(target=work, args=(tasks,), name="hash-%d" % n) for n in range(3)]
    for thread in threads:
        thread.start()
    read_blocks(tasks, count)
    for thread in threads:
        thread.join()
    return len(RESULTS)


if __name__ == "__main__":
    print(main())
