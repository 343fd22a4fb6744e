"""Records the demo profiles: `python record.py shop|workers|stacks|threads OUTPUT`.

shop     cProfile of shop.py, as pstats
workers  yappi of workers.py with threads and built-ins, as callgrind (needs yappi)
stacks   samples of shop.py, as collapsed stacks
threads  samples of workers.py, each thread in the order of time, as speedscope JSON (Python 3.11 or newer)

The interpreter's own folder is written as /usr, so that a recording says nothing of the machine it was made on.
"""
import collections
import json
import marshal
import os
import runpy
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PREFIXES = sorted({sys.base_prefix, os.path.realpath(sys.base_prefix)}, key=len, reverse=True)


def tidy(path):
    for prefix in PREFIXES:
        if prefix != "/usr" and path.startswith(prefix + os.sep):
            return "/usr" + path[len(prefix):]
    return path[len(HERE) + 1:] if path.startswith(HERE + os.sep) else path


def shop(output):
    import cProfile

    profiler = cProfile.Profile()
    module = runpy.run_path(os.path.join(HERE, "shop.py"))
    profiler.runcall(module["main"])
    profiler.create_stats()

    def key(function):
        return (tidy(function[0]), function[1], function[2])

    stats = {
        key(function): (cc, nc, tt, ct, {key(caller): edge for caller, edge in callers.items()})
        for function, (cc, nc, tt, ct, callers) in profiler.stats.items()
    }
    with open(output, "wb") as file:
        marshal.dump(stats, file)


def workers(output):
    import yappi

    module = runpy.run_path(os.path.join(HERE, "workers.py"))
    yappi.set_clock_type("wall")
    yappi.start(builtins=True, profile_threads=True)
    module["main"]()
    yappi.stop()
    yappi.get_func_stats().save(output, type="callgrind")
    with open(output, encoding="utf-8") as file:
        text = file.read().replace(HERE + os.sep, "")
    with open(output, "w", encoding="utf-8") as file:
        file.write(text)


def stacks(output, rate=1000.0):
    counts = collections.Counter()
    done = threading.Event()
    target = threading.get_ident()

    def sample():
        while not done.wait(1 / rate):
            frame = sys._current_frames().get(target)
            names = []
            while frame is not None:
                code = frame.f_code
                if code.co_filename != __file__:
                    names.append("%s (%s:%d)" % (code.co_name, tidy(code.co_filename), frame.f_lineno))
                frame = frame.f_back
            if names:
                counts[";".join(reversed(names))] += 1

    module = runpy.run_path(os.path.join(HERE, "shop.py"))
    sampler = threading.Thread(target=sample, daemon=True)
    sampler.start()
    deadline = time.monotonic() + 2.0
    while time.monotonic() < deadline:
        module["main"]()
    done.set()
    sampler.join()
    with open(output, "w", encoding="utf-8") as file:
        for stack, count in sorted(counts.items()):
            if "runpy" not in stack:
                file.write("%s %d\n" % (stack, count))


def threads(output, rate=250.0):
    frames, names, samples = {}, {}, collections.defaultdict(list)
    done = threading.Event()
    begin = time.monotonic()

    def stack(frame):
        found = []
        while frame is not None:
            code = frame.f_code
            if code.co_filename != __file__ and "runpy" not in code.co_filename:
                found.append(frames.setdefault((code.co_qualname, tidy(code.co_filename), frame.f_lineno), len(frames)))
            frame = frame.f_back
        return found[::-1]

    def sample():
        while not done.wait(1 / rate):
            now = time.monotonic() - begin
            names.update((thread.ident, thread.name) for thread in threading.enumerate())
            for ident, frame in sys._current_frames().items():
                if ident != threading.get_ident() and stack(frame):
                    samples[ident].append((now, stack(frame)))

    module = runpy.run_path(os.path.join(HERE, "workers.py"))
    sampler = threading.Thread(target=sample, daemon=True)
    sampler.start()
    module["main"]()
    done.set()
    sampler.join()
    profiles = []
    for ident, taken in samples.items():
        stacks, weights, at = [], [], 0.0
        for now, found in taken:
            if now - at > 2 / rate:
                stacks.append([])
                weights.append(round(now - at - 1 / rate, 5))
                at = now - 1 / rate
            stacks.append(found)
            weights.append(round(now - at, 5))
            at = now
        profiles.append({"type": "sampled", "name": names[ident], "unit": "seconds", "startValue": 0, "endValue": round(at, 5),
                         "samples": stacks, "weights": weights})
    shared = {"frames": [{"name": name, "file": path, "line": line} for name, path, line in frames]}
    with open(output, "w", encoding="utf-8") as file:
        json.dump({"$schema": "https://www.speedscope.app/file-format-schema.json", "shared": shared, "profiles": profiles,
                   "name": "workers.py", "exporter": "record.py"}, file, separators=(",", ":"))


if __name__ == "__main__":
    {"shop": shop, "workers": workers, "stacks": stacks, "threads": threads}[sys.argv[1]](sys.argv[2])
