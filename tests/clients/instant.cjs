// Subscribes to four destinations and, in the same tick, says something and asks for the history, by stompjs:
// node instant.cjs URL ACCESS TICKET RUNS websocket|sockjs. Prints how often something was missing, as JSON.
"use strict";
const SockJS = require("sockjs-client");
const WebSocket = require("ws");
const { Client } = require("@stomp/stompjs");
const [api, access, ticket, runs, over] = process.argv.slice(2);
const headers = { Authorization: `Bearer ${access}` };

async function run(number) {
  const { token } = await (await fetch(`${api}/api/chat/token`, { method: "POST", headers })).json();
  const content = `run ${number} ${process.pid} ${over}`;
  return new Promise((resolve) => {
    const came = { message: false, history: false, error: false };
    const client = new Client({
      reconnectDelay: 0,
      webSocketFactory: () =>
        over === "sockjs"
          ? new SockJS(`${api}/ws-chat-sockjs?token=${token}`, null, { transports: ["xhr-polling"], timeout: 30000 })
          : new WebSocket(`${api.replace("http", "ws")}/ws-chat?token=${token}`, ["v12.stomp"]),
      onConnect: () => {
        client.subscribe(`/topic/ticket/${ticket}`, take);
        client.subscribe("/user/queue/errors", take);
        client.subscribe("/user/queue/private-messages", take);
        client.subscribe("/user/queue/chat-history", take);
        client.publish({ destination: "/app/chat", body: JSON.stringify({ ticket_id: ticket, content }) });
        client.publish({ destination: "/app/load-history", body: JSON.stringify({ ticket_id: ticket, limit: 1 }) });
        client.publish({ destination: "/app/chat", body: JSON.stringify({ ticket_id: ticket, content: "" }) });
      },
      onStompError: (frame) => end({ ...came, stomp: frame.headers.message }),
    });
    const timer = setTimeout(() => end(came), 15000);
    const take = (frame) => {
      const body = JSON.parse(frame.body);
      if (body.type === "message" && body.content === content) came.message = true;
      if (body.type === "history") came.history = true;
      if (body.type === "error") came.error = true;
      if (came.message && came.history && came.error) end(came);
    };
    const end = (result) => {
      clearTimeout(timer);
      client.onStompError = () => {};
      client.deactivate().then(() => resolve(result));
    };
    client.activate();
  });
}

(async () => {
  const missed = [];
  for (let number = 0; number < Number(runs); number += 1) {
    const came = await run(number);
    if (!came.message || !came.history || !came.error || came.stomp) missed.push(came);
  }
  console.log(JSON.stringify({ runs: Number(runs), missed }));
  process.exit(0);
})();
