// A message centre for the tests of the courier's SMPP, by npm's smpp, which knows nothing of ours. It tells what it sees in lines of
// JSON on its output, and does what lines of JSON on its input say.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import smpp from 'smpp';

const [port, password, folder] = process.argv.slice(2);
const sessions = new Set();
// What the next texts are answered with; 0 when nothing is set.
let statuses = [];
let isMute = false;
// Ids as many a centre has them: hexadecimal, in capitals, with zeros before.
let last = 0xa00;

const tell = (event, fields = {}) => process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`);

// With a folder for its certificate, by TLS.
const pem = (name) => readFileSync(`${folder}/${name}.pem`);
const safety = folder ? { key: pem('key'), cert: pem('certificate') } : {};

const server = smpp.createServer(safety, (session) => {
  sessions.add(session);
  session.on('bind_transceiver', (pdu) => {
    tell('bind', { name: pdu.system_id, version: pdu.interface_version });
    const status = pdu.password === password ? 0 : smpp.ESME_RINVPASWD;
    session.send(pdu.response({ command_status: status, system_id: 'centre' }));
  });
  session.on('submit_sm', (pdu) => {
    const status = statuses.shift() ?? 0;
    const id = (last += 1).toString(16).toUpperCase().padStart(8, '0');
    const { message, udh } = pdu.short_message;
    const header = Buffer.concat(udh ?? []);
    tell('submit', {
      from: pdu.source_addr,
      to: pdu.destination_addr,
      ton: pdu.dest_addr_ton,
      npi: pdu.dest_addr_npi,
      class: pdu.esm_class,
      coding: pdu.data_coding,
      registered: pdu.registered_delivery,
      // As many seconds from now.
      validity: pdu.validity_period ? Math.round((pdu.validity_period - Date.now()) / 1000) : null,
      text: message.toString(),
      header: udh ? Buffer.concat([Buffer.from([header.length]), header]).toString('hex') : '',
      id,
    });
    if (!isMute) session.send(pdu.response({ command_status: status, message_id: status ? '' : id }));
  });
  session.on('enquire_link', (pdu) => {
    tell('enquire_link');
    if (!isMute) session.send(pdu.response());
  });
  session.on('unbind', (pdu) => {
    tell('unbind');
    session.send(pdu.response());
    session.close();
  });
  session.on('close', () => sessions.delete(session));
  session.on('error', () => sessions.delete(session));
});

const deeds = {
  answer: (told) => { statuses = told.statuses; },
  mute: (told) => { isMute = told.is; },
  drop: () => sessions.forEach((session) => session.destroy()),
  ask: () => sessions.forEach((session) => session.enquire_link((pdu) => tell('answered', { status: pdu.command_status }))),
  // A header in hexadecimal makes it a part of a longer text, in UCS-2.
  deliver: ({ pdu: { header, ...pdu } }) => sessions.forEach((session) => {
    const text = header
      ? Buffer.concat([Buffer.from(header, 'hex'), Buffer.from(pdu.short_message, 'utf16le').swap16()])
      : pdu.short_message;
    const told = (answer) => tell('taken', { command: answer.command, status: answer.command_status });
    session.deliver_sm({ ...pdu, short_message: text }, told);
  }),
};

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const told = JSON.parse(line);
    deeds[told.do](told);
    tell('done');
  })
  .on('close', () => process.exit());

server.listen(Number(port), '127.0.0.1', () => tell('listening'));
