// What an ordinary client does with @stomp/stompjs, against the contract's table. Prints what came, as JSON.
// Environment: API, ACCESS (an access token), TICKET, OTHER (the id of somebody else on the ticket).
import { Client } from "@stomp/stompjs";
import WebSocket from "ws";

globalThis.WebSocket ??= WebSocket;
const { API, ACCESS, TICKET, OTHER } = process.env;
const HARD = "Grüß 😀 \u0000 \r\n\t\\n \u2028 שלום " + "x".repeat(200);
const headers = { Authorization: `Bearer ${ACCESS}` };
const seen = { messages: [], errors: [], history: [], private: [], presence: [], typing: [], connects: 0, seqs: {} };
const waiting = [];

const until = (holds, what) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`never: ${what}; came: ${JSON.stringify(seen).slice(0, 2000)}`)), 60000);
    waiting.push(() => holds() && (clearTimeout(timer), resolve(), true));
    look();
  });
const look = () => waiting.splice(0).forEach((wait) => wait() || waiting.push(wait));
const take = (list) => (message) => {
  const body = JSON.parse(message.body);
  (body.type === "message" || list !== seen.messages ? list : seen[body.type] ?? []).push(body);
  look();
};

const client = new Client({
  reconnectDelay: 100,
  heartbeatOutgoing: 240000,
  splitLargeFrames: true,
  maxWebSocketChunkSize: 2 * 1024,
  beforeConnect: async () => {
    const { token } = await (await fetch(`${API}/api/chat/token`, { method: "POST", headers })).json();
    client.brokerURL = `${API.replace("http", "ws")}/ws-chat?token=${token}`;
  },
  onConnect: () => {
    seen.connects += 1;
    const confirmed = [];
    const listen = (destination, callback, more = {}) => {
      // API Gateway promises no order among messages: who needs a subscription to stand waits for its receipt.
      const receipt = `sub-${seen.connects}-${confirmed.push(false)}`;
      const at = confirmed.length - 1;
      client.watchForReceipt(receipt, () => {
        confirmed[at] = true;
        if (confirmed.every(Boolean)) seen.ready = seen.connects;
        look();
      });
      client.subscribe(destination, callback, { receipt, ...more });
    };
    listen(`/topic/ticket/${TICKET}`, take(seen.messages), { id: "t:1" });
    listen("/user/queue/errors", take(seen.errors));
    listen("/user/queue/private-messages", take(seen.private));
    listen("/user/queue/chat-history", take(seen.history));
  },
  onStompError: (frame) => ((seen.stompError = frame.headers.message), look()),
});

let receipts = 0;
const send = async (destination, body, more = {}) => {
  const receipt = `r${++receipts}`;
  let came = false;
  client.watchForReceipt(receipt, () => ((came = true), look()));
  client.publish({ destination, body: JSON.stringify(body), headers: { receipt, ...more } });
  await until(() => came, receipt);
};
const say = (content, more = {}) => send("/app/chat", { ticket_id: TICKET, content, ...more });
const has = (content) => seen.messages.some((each) => each.content === content);

client.activate();
await until(() => seen.ready === 1, "ready");
await say(HARD);
await say("€".repeat(4000)); // a frame in pieces; it would cut through a surrogate pair, too
await until(() => has(HARD) && has("€".repeat(4000)), "own messages");

client.publish({ destination: "/app/chat", body: JSON.stringify({ ticket_id: TICKET, content: "" }) });
await until(() => seen.errors.length === 1, "error");

const transaction = client.begin();
for (const part of ["one", "two", "three"])
  client.publish({ destination: "/app/chat", body: JSON.stringify({ ticket_id: TICKET, content: part }), headers: { transaction: transaction.id } });
transaction.commit();
await until(() => has("one") && has("two") && has("three"), "transaction");
const dropped = client.begin();
client.publish({ destination: "/app/chat", body: JSON.stringify({ ticket_id: TICKET, content: "never" }), headers: { transaction: dropped.id } });
dropped.abort();

await send("/app/private-chat", { ticket_id: TICKET, recipient_id: OTHER, content: "psst" });
await until(() => seen.private.length === 1, "private copy");
await send("/app/typing", { ticket_id: TICKET });
await until(() => seen.typing.length > 0, "typing");

// The line is cut; meanwhile somebody else speaks; then the gap is filled.
await say("before the cut", { client_message_id: `cut-${TICKET}` });
client.forceDisconnect();
console.log(JSON.stringify({ cut: true }));
await until(() => seen.ready === 2, "connected again");
await say("before the cut", { client_message_id: `cut-${TICKET}` }); // it doesn't know whether it arrived
client.publish({ destination: "/app/load-history", body: JSON.stringify({ ticket_id: TICKET, limit: 100 }) });
await until(() => seen.history.length === 1, "history");

let gone = false;
client.onDisconnect = () => ((gone = true), look());
await client.deactivate();
await until(() => gone, "DISCONNECT's receipt");
console.log(JSON.stringify({ ...seen, hard: HARD }));
