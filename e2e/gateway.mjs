// A provider of messages, as good as a test wants it, and the description of a route to it.
import { once } from 'node:events';
import { createServer } from 'node:http';

// It answers with `status`, 200 and an id unless it is set, and keeps what it took in `taken`.
export async function gateway() {
  const provider = { status: 200, taken: [] };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request.setEncoding('utf8')) body += piece;
    const { status } = provider;
    if (status === 200) provider.taken.push(JSON.parse(body));
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id: `m-${provider.taken.length}` }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // It goes when the tests are over.
  server.unref();
  provider.url = `http://127.0.0.1:${server.address().port}/send`;
  return provider;
}

// Codes go on by the demo's own gateway, so that people can sign in whatever the provider does.
export const routeTo = (provider, name) => description(provider, name, 'purposes = ["notice"]');

// A route to it for e-mail.
export const mailRouteTo = (provider, name) => description(provider, name, 'purposes = ["code", "notice"]\nchannel = "mail"');

const description = (provider, name, what) => `name = "${name}"
${what}

[gateway]
kind = "http"
url = "${provider.url}"
method = "POST"
headers = {}
content_type = "application/json"
body = '{"to": "{to}", "text": "{text}", "id": "{id}"}'
message_id = "/id"
timeout = 10
from = ""
`;
