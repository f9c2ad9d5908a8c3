/** Files on their way to the store. They are held: nobody else sees them until a comment or note names them. */
import { api, ok, onceOnly } from "../api/client";
import { Problem } from "../api/problem";

const ANY_TYPE = "application/octet-stream";
const TYPE = /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}$/;

/** Sends one file; answers its id. `onProgress` gets what has gone out, from 0 to 1. Throws a Problem. */
export async function send(
  ticketId: string,
  file: File,
  options: { hold: boolean; onProgress: (part: number) => void; signal: AbortSignal },
): Promise<string> {
  const asked = await ok(
    api.POST("/tickets/{ticket_id}/attachments", {
      params: { path: { ticket_id: ticketId }, header: onceOnly() },
      body: {
        filename: file.name.slice(-255) || "file",
        content_type: TYPE.test(file.type) ? file.type : ANY_TYPE,
        size: file.size,
        ...(options.hold ? { hold: true } : {}),
      },
      signal: options.signal,
    }),
  );
  const form = new FormData();
  for (const [name, value] of Object.entries(asked.upload.fields)) form.append(name, value);
  form.append("file", file);
  await post(asked.upload.url, form, options);
  await arrived(ticketId, asked.id, options.signal);
  return asked.id;
}

/** `fetch` tells nothing of what has gone out, so this is an XMLHttpRequest. */
function post(
  url: string,
  form: FormData,
  { onProgress, signal }: { onProgress: (part: number) => void; signal: AbortSignal },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () =>
      request.status < 300
        ? resolve()
        : reject(new Problem(request.status, { detail: "The store refused the file." }));
    request.onerror = () => reject(new Problem(0, {}));
    request.onabort = () => reject(new DOMException("Cancelled", "AbortError"));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.open("POST", url);
    request.send(form);
  });
}

const LOOKS = 40;

/** The store tells the API of a file a moment after it has arrived; only then can a comment name it. */
async function arrived(ticketId: string, id: string, signal: AbortSignal): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    const answer = await api.GET("/tickets/{ticket_id}/attachments/{attachment_id}", {
      params: { path: { ticket_id: ticketId, attachment_id: id } },
      signal,
    });
    if (answer.response.ok) return;
    if (answer.response.status !== 409) await ok(Promise.resolve(answer));
    await new Promise((resolve) => setTimeout(resolve, Math.min(1000, 100 * (look + 1))));
  }
  throw new Problem(504, { detail: "The file hasn't arrived." });
}
