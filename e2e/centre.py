"""A message centre for the tests of the courier's SMPP, by PyPI's smpp34, a second one that knows nothing of ours. It tells what it sees
in lines of JSON on its output, and does what lines of JSON on its input say; see centre.mjs."""

import asyncio
import json
import sys

import smpp34

PORT = int(sys.argv[1])


def tell(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


class Centre:
    def __init__(self):
        self.server = smpp34.Server("127.0.0.1", PORT, system_id="centre")
        self.esmes = {}
        self.statuses = []
        self.last = 1000

    async def see(self):
        while True:
            event = await self.server.next()
            if isinstance(event, smpp34.Esme):
                self.esmes[event.session_id] = event
                tell("bind", name=event.system_id)
            elif isinstance(event, smpp34.SubmitSmEvent):
                self.submitted(event)
            elif isinstance(event, smpp34.Unbound):
                self.esmes.pop(event.session_id, None)
                tell("unbind")

    def submitted(self, event):
        octets = bytes(event.short_message)
        header = octets[: octets[0] + 1] if event.esm_class & 0x40 else b""
        text = octets[len(header) :]
        self.last += 1
        tell(
            "submit",
            **{"from": event.source_addr, "class": event.esm_class},
            to=event.destination_addr,
            ton=event.dest_addr_ton,
            npi=event.dest_addr_npi,
            coding=event.data_coding,
            registered=event.registered_delivery,
            text=text.decode("utf-16-be" if event.data_coding == 8 else "ascii"),
            header=header.hex(),
            id=str(self.last),
        )
        status = self.statuses.pop(0) if self.statuses else 0
        if status:
            event.reject(status)
        else:
            event.accept(str(self.last))

    async def do(self, told):
        if told["do"] == "answer":
            self.statuses = told["statuses"]
        elif told["do"] == "drop":
            for esme in list(self.esmes.values()):
                await esme.unbind()
        elif told["do"] == "deliver":
            asyncio.ensure_future(self.deliver(told["pdu"]))
        tell("done")

    async def deliver(self, pdu):
        tlvs = []
        if "receipted_message_id" in pdu:
            tlvs.append(smpp34.Tlv(smpp34.TLV_RECEIPTED_MESSAGE_ID, pdu["receipted_message_id"].encode() + b"\0"))
        if "message_state" in pdu:
            tlvs.append(smpp34.Tlv(smpp34.TLV_MESSAGE_STATE, bytes([pdu["message_state"]])))
        coding = pdu.get("data_coding", 0)
        for esme in list(self.esmes.values()):
            answer = await esme.deliver_sm(
                pdu["destination_addr"],
                bytes.fromhex(pdu.get("header", "")) + pdu["short_message"].encode("utf-16-be" if coding == 8 else "ascii"),
                source_addr=pdu["source_addr"],
                esm_class=pdu["esm_class"],
                data_coding=coding,
                tlvs=tlvs,
            )
            tell("taken", status=answer.command_status)


async def main():
    centre = Centre()
    await centre.server.start()
    tell("listening")
    asyncio.ensure_future(centre.see())
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        await centre.do(json.loads(line))
    await centre.server.stop()


asyncio.run(main())
