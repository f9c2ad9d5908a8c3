// What an ordinary client does with @stomp/rx-stomp: it watches and publishes before there is a connection, and the library
// sends both as soon as there is one, and subscribes again after a cut. Prints what came, as JSON.
// Environment: API, ACCESS (an access token), TICKET, OTHER (the id of somebody else on the ticket).
import { RxStomp, RxStompState } from "@stomp/rx-stomp";
import { filter, firstValueFrom, map, scan, shareReplay, timeout } from "rxjs";
import WebSocket from "ws";

globalThis.WebSocket ??= WebSocket;
const { API, ACCESS, TICKET, OTHER } = process.env;
const headers = { Authorization: `Bearer ${ACCESS}` };

const client = new RxStomp();
client.configure({
  reconnectDelay: 100,
  beforeConnect: async (rx) => {
    const { token } = await (await fetch(`${API}/api/chat/token`, { method: "POST", headers })).json();
    rx.configure({ brokerURL: `${API.replace("http", "ws")}/ws-chat?token=${token}` });
  },
});
let connects = 0;
client.connected$.subscribe(() => (connects += 1));

/** Everything of a destination so far, as a list that grows. */
const all = (destination) => {
  const list = client.watch(destination).pipe(
    map((frame) => JSON.parse(frame.body)),
    scan((before, body) => [...before, body], []),
    shareReplay(1),
  );
  list.subscribe();
  return list;
};
const until = (list, holds) => firstValueFrom(list.pipe(filter(holds), timeout(60_000)));
const has = (content) => (list) => list.some((each) => each.type === "message" && each.content === content);

const topic = all(`/topic/ticket/${TICKET}`);
const errors = all("/user/queue/errors");
const secrets = all("/user/queue/private-messages");
const histories = all("/user/queue/chat-history");

const publish = (destination, body, more = {}) =>
  client.publish({ destination, body: JSON.stringify({ ticket_id: TICKET, ...body }), headers: more });
const confirmed = async (destination, body, receipt) => {
  const answer = client.asyncReceipt(receipt);
  publish(destination, body, { receipt });
  await answer;
};

publish("/app/chat", { content: "before the connection" });
client.activate();
await until(topic, has("before the connection"));
publish("/app/chat", { content: "" });
await until(errors, (list) => list.length === 1);
await confirmed("/app/private-chat", { recipient_id: OTHER, content: "psst" }, "r1");
await until(secrets, has("psst"));

client.stompClient.forceDisconnect();
await firstValueFrom(client.connectionState$.pipe(filter((state) => state === RxStompState.CLOSED), timeout(60_000)));
publish("/app/chat", { content: "while the line was cut" }); // waits in rx-stomp
console.log(JSON.stringify({ cut: true }));
await until(topic, has("while the line was cut"));
publish("/app/load-history", { limit: 100 });
const history = (await until(histories, (list) => list.length === 1))[0];

await client.deactivate();
const last = (list) => firstValueFrom(list);
console.log(JSON.stringify({ connects, history, errors: await last(errors), private: await last(secrets), topic: await last(topic) }));
process.exit(0);
