// Echoes over one transport of sockjs-client's: node echo.cjs URL TRANSPORT TEXTS(JSON). Prints what came back.
"use strict";
const SockJS = require("sockjs-client");

const [url, transport, sent] = [process.argv[2], process.argv[3], JSON.parse(process.argv[4])];
const line = new SockJS(url, null, { transports: [transport], timeout: 20000 });
const received = [];
let used = null;

line.onopen = () => {
  used = line.transport;
  sent.forEach((text) => line.send(text));
};
line.onmessage = (event) => {
  received.push(event.data);
  if (received.length === sent.length) line.close();
};
line.onclose = (event) => {
  console.log(JSON.stringify({ transport: used, received, code: event.code, reason: event.reason }));
  process.exit(0);
};
