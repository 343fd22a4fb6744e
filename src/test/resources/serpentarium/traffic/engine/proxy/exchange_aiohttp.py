"""The part of exchange_clients.py for aiohttp."""
import asyncio

import aiohttp


def main(base, tag, sent, cases, pieces, said):
    async def slowly():
        for piece in pieces():
            yield piece

    async def ask():
        async with aiohttp.ClientSession(trust_env=True) as session:
            for method, target, body in cases:
                data = sent if body == "whole" else slowly() if body else None
                async with session.request(method, base + target, data=data, expect100=body == "whole") as answer:
                    said(target, answer.status, await answer.read())
            target = "/ws?" + tag
            async with session.ws_connect(base + target, compress=15) as socket:
                whole = b""
                for message in ("short", "a long one " * 3000, b"\0\1\2" * 500):
                    await (socket.send_str if isinstance(message, str) else socket.send_bytes)(message)
                    back = (await socket.receive()).data
                    whole += back.encode() if isinstance(back, str) else back
                said(target, 101, whole)

    asyncio.run(ask())
