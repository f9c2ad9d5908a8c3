// Chats by stompjs over sockjs-client: node chat.cjs URL TRANSPORT TICKET TEXTS(JSON) [ACCESS_TOKEN].
// Subscribes, waits for the receipt, sends each text in turn, and prints what came.
"use strict";
const SockJS = require("sockjs-client");
const { Client } = require("@stomp/stompjs");

const [url, transport, ticket, texts] = [process.argv[2], process.argv[3], process.argv[4], JSON.parse(process.argv[5])];
const messages = [];
let version = null;
const client = new Client({
  webSocketFactory: () => new SockJS(url, null, { transports: [transport], timeout: 20000 }),
  connectHeaders: process.argv[6] ? { Authorization: `Bearer ${process.argv[6]}` } : {},
  reconnectDelay: 0,
  heartbeatOutgoing: 240000,
  onConnect: () => {
    version = client.connectedVersion;
    client.subscribe(`/topic/ticket/${ticket}`, (frame) => {
      const body = JSON.parse(frame.body);
      if (body.type !== "message") return;
      messages.push(body);
      if (messages.length === texts.length) client.deactivate();
    }, { receipt: "subscribed" });
    client.watchForReceipt("subscribed", () => send(0));
  },
  onStompError: (frame) => end({ error: frame.headers.message || frame.body }),
  onWebSocketClose: (event) => end({ code: event.code, reason: event.reason }),
});

function send(index) {
  if (index === texts.length) return;
  const receipt = `sent-${index}`;
  client.watchForReceipt(receipt, () => send(index + 1));
  client.publish({
    destination: "/app/chat",
    headers: { receipt },
    body: JSON.stringify({ ticket_id: ticket, content: texts[index], client_message_id: `${receipt}-${process.pid}` }),
  });
}

function end(how) {
  console.log(JSON.stringify({ version, messages, ...how }));
  process.exit(0);
}

client.activate();
