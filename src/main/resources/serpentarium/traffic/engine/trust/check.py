# Run by an interpreter of the user's to see what it and its libraries believe. It changes nothing, asks nobody but the address that it is given, and says
# what it found as one line: a mark, and a flat JSON object of texts. It runs on Python 2.7 and from 3.4 on.
#
#     python -c TEXT facts
#     python -c TEXT fetch LIBRARY URL
import json
import os
import sys

MARK = "serpentarium-check:"
LIBRARIES = ("requests", "httpx", "aiohttp", "pip")
SECONDS = 15


def say(**found):
    found = dict((name, clean(value)) for name, value in found.items())
    sys.stdout.write("\n" + MARK + json.dumps(found) + "\n")
    sys.stdout.flush()
    # What a library leaves running, or says at the end, is of no interest.
    os._exit(0)


def clean(value):
    if value is None:
        return ""
    try:
        return str(value)[:2000]
    except Exception:
        return type(value).__name__


def version_of(library):
    try:
        from importlib import metadata
        return metadata.version(library)
    except Exception:
        pass
    try:
        import pkgutil
        find = getattr(pkgutil, "find_loader", None)
        return "?" if find is not None and find(library) is not None else ""
    except Exception:
        return ""


def facts():
    found = {"version": sys.version.split()[0], "executable": sys.executable, "implementation": getattr(getattr(sys, "implementation", None), "name", "cpython")}
    try:
        import ssl
        found["ssl"] = ssl.OPENSSL_VERSION
        paths = ssl.get_default_verify_paths()
        found["cafile"] = paths.cafile
        found["capath"] = paths.capath
        context = ssl.create_default_context()
        found["strict"] = "yes" if context.verify_flags & getattr(ssl, "VERIFY_X509_STRICT", 0) else "no"
    except ImportError as failure:
        found["no-ssl"] = failure
    except Exception as failure:
        found["ssl-fault"] = failure
    try:
        import certifi
        found["certifi"] = certifi.where()
    except Exception:
        pass
    for library in LIBRARIES:
        found["library." + library] = version_of(library)
    return found


def with_urllib(url):
    try:
        from urllib.request import urlopen
    except ImportError:
        from urllib2 import urlopen
    urlopen(url, timeout=SECONDS).read(100)


def with_requests(url):
    import requests
    requests.get(url, timeout=SECONDS)


def with_httpx(url):
    import httpx
    httpx.get(url, timeout=SECONDS)


def with_aiohttp(url, trust_env=False):
    import asyncio
    import aiohttp
    names = {"aiohttp": aiohttp, "url": url, "trust_env": trust_env, "seconds": SECONDS}
    # As text, because Python 2 reads this file too.
    exec("""async def ask():
        async with aiohttp.ClientSession(trust_env=trust_env) as session:
            async with session.get(url, timeout=aiohttp.ClientTimeout(total=seconds)) as response:
                await response.read()
    """, names)
    asyncio.new_event_loop().run_until_complete(names["ask"]())


def with_aiohttp_env(url):
    with_aiohttp(url, True)


def chain(failure):
    seen = []
    while failure is not None and failure not in seen and len(seen) < 20:
        seen.append(failure)
        inner = getattr(failure, "reason", None)
        if not isinstance(inner, BaseException):
            inner = getattr(failure, "__cause__", None) or getattr(failure, "__context__", None)
        if inner is None:
            inner = next((each for each in getattr(failure, "args", ()) if isinstance(each, BaseException)), None)
        failure = inner
    return seen


def fetch(library, url):
    try:
        {"urllib": with_urllib, "requests": with_requests, "httpx": with_httpx, "aiohttp": with_aiohttp, "aiohttp-env": with_aiohttp_env}[library](url)
        say(outcome="ok")
    except ImportError as failure:
        say(outcome="missing", message=failure)
    except Exception as failure:
        told = ""
        for each in chain(failure):
            told = getattr(each, "verify_message", "") or told
        say(outcome="failed", error=type(failure).__name__, message=failure, verify=told)


if __name__ == "__main__":
    if sys.argv[1] == "facts":
        say(**facts())
    else:
        fetch(sys.argv[2], sys.argv[3])
