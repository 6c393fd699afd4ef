"""A client of a board's socket, and a hall of them, through the real consumer and hub."""

import asyncio
import contextlib
import json

from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator

from dialogues.domain.board import seats
from dialogues.domain.worldcafe import rehearse
from portal.asgi import application

PROTOCOL = "dhpb.board.v1"


class Client:
    def __init__(self, path, headers=(), subprotocols=(PROTOCOL,)):
        headers = [(b"host", b"testserver"), *headers]
        self.socket = WebsocketCommunicator(application, path, headers=headers, subprotocols=list(subprotocols))
        self.seen = []

    async def open(self, **hello):
        assert (await self.socket.connect(timeout=10)) == (True, PROTOCOL)
        await self.say(t="hello", **hello)
        return self

    async def say(self, **message):
        await self.socket.send_to(text_data=json.dumps(message))

    async def hear(self, kind, timeout=10):
        """The next message of this kind; presence may come in between."""
        while True:
            message = json.loads(await self.socket.receive_from(timeout=timeout))
            self.seen.append(message)
            if message["t"] == kind:
                return message

    async def closed(self, timeout=10):
        while True:
            output = await self.socket.receive_output(timeout=timeout)
            if output["type"] == "websocket.close":
                return output["code"]
            self.seen.append(json.loads(output["text"]))

    async def silent(self):
        """Nothing but presence for a moment."""
        with contextlib.suppress(asyncio.TimeoutError, asyncio.CancelledError):
            while True:
                output = await asyncio.wait_for(self.socket.output_queue.get(), 0.3)
                message = json.loads(output.get("text", "{}"))
                assert message.get("t") == "presence", message
        return True

    async def do(self, op, cid, **args):
        await self.say(t="cmd", cid=cid, op=op, args=args)
        while True:
            message = json.loads(await self.socket.receive_from(timeout=10))
            self.seen.append(message)
            if message["t"] in ("ack", "nack") and message["cid"] == cid:
                return message

    async def item(self, event):
        """Waits for an event, whatever else comes; it may have come already."""
        while True:
            for message in self.seen:
                for item in message.get("items", ()):
                    if item["event"] == event:
                        return item
            self.seen.append(json.loads(await self.socket.receive_from(timeout=10)))

    async def leave(self):
        await self.socket.disconnect()


class Hall:
    """A practice board and its people."""

    def __init__(self):
        self.practice = rehearse(tables=2)
        self.board = self.practice.board

    async def seat(self, number=1):
        code = self.practice.tables[number - 1].code
        return await sync_to_async(seats.join)(code=code)

    async def phone(self, number=1, seat=None, **hello):
        seat = seat or await self.seat(number)
        client = Client(self.board.socket_path)
        await client.open(**({"table": number, "token": seat.token, "last_seq": 0, "epoch": None} | hello))
        await client.hear("welcome")
        return client

    async def staff(self, token=None):
        client = Client(self.board.socket_path)
        await client.open(table=None, token=token or self.practice.moderator_token, last_seq=0, epoch=None)
        await client.hear("snapshot")
        return client
