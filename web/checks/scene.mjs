/** Something to see: a few tickets with their conversations, filed through the API; and the pages that show them. */

async function session(url, email, password) {
  const call = async (method, path, body, token) => {
    const answer = await fetch(`${url}/api${path}`, {
      method,
      headers: { "Content-Type": "application/json", ...(token ? { Authorization: `Bearer ${token}` } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
  const { access_token: token, user } = await call("POST", "/auth/login", { email, password });
  return { user, call: (method, path, body) => call(method, path, body, token) };
}

const TICKETS = [
  [
    "The printer on the second floor prints every page twice",
    "Since this morning.\n\nI print one page and get two. The queue shows one job only: https://printers.example.com/jobs/4711.",
    "high",
  ],
  ["لا أستطيع تسجيل الدخول إلى البريد", "منذ الأمس تظهر رسالة خطأ عند تسجيل الدخول.", "urgent"],
  ["A new screen, please", "Mine flickers. No hurry.", "low"],
  [
    "How do I share a calendar with another team so that they can see when we are busy, but not what we do, and is there a way to do it for all of us at once?",
    "A question, really.",
    "medium",
  ],
];

export async function prepared(url, password) {
  const client = await session(url, "client1@example.com", password);
  const found = await client.call("GET", "/tickets?limit=100");
  if (found.items.length < TICKETS.length) {
    for (const [title, description, priority] of TICKETS) {
      await client.call("POST", "/tickets", { title, description, priority });
    }
    await fetch(`${url}/_local/idle?timeout=30`);
  }
  const tickets = (await client.call("GET", "/tickets?limit=100")).items.toReversed();
  const [printer, , screen] = tickets;
  const holder = `${printer.assignee_name === "Agent 1" ? "agent1" : printer.assignee_name === "Agent 2" ? "agent2" : "agent3"}@example.com`;
  if (printer.status === "open") {
    const agent = await session(url, holder, password);
    await agent.call("PATCH", `/tickets/${printer.id}`, { status: "in_progress" });
    await agent.call("POST", `/tickets/${printer.id}/comments`, {
      body: "Good morning!\n\nThat is a setting of the driver: it was updated over night. I've set it back. Does one page come out now?",
    });
    await agent.call("POST", `/tickets/${printer.id}/notes`, {
      body: "Driver 7.2 again. Third time this month: tell purchasing.",
    });
    await client.call("POST", `/tickets/${printer.id}/comments`, {
      body: "It does. Thank you, that was quick 🎉",
    });
    const admin = await session(url, "admin@example.com", password);
    await admin.call("PATCH", `/tickets/${screen.id}`, { status: "in_progress" });
    await admin.call("PATCH", `/tickets/${screen.id}`, { status: "resolved" });
  }
  const ticket = { name: "ticket", path: `/tickets/${printer.id}` };
  const everybody = [
    { name: "tickets", path: "/tickets" },
    { name: "new", path: "/tickets/new" },
    { name: "notifications", path: "/notifications" },
    { name: "profile", path: "/profile" },
  ];
  return {
    nobody: [
      { name: "login", path: "/login" },
      { name: "login-wrong", path: "/login", act: wrongPassword },
      { name: "register", path: "/register" },
      { name: "forgot", path: "/forgot-password" },
      { name: "reset", path: "/reset-password#token=abc" },
      { name: "invitation", path: "/accept-invitation" },
      { name: "verify", path: "/verify-email#token=abc" },
    ],
    "client1@example.com": [
      ...everybody,
      { name: "none-match", path: "/tickets?q=zebra" },
      { name: "not-yours", path: "/queue" },
      { name: "not-found", path: "/nowhere" },
      { name: "no-ticket", path: "/tickets/01ARZ3NDEKTSV4RRFFQ69G5FAV" },
      ticket,
      { name: "resolved", path: `/tickets/${screen.id}` },
      { name: "menu", path: "/tickets", act: openMenu },
    ],
    "client2@example.com": [{ name: "empty", path: "/tickets" }],
    [holder]: [
      { name: "agent-tickets", path: "/tickets" },
      { name: "agent-ticket", path: ticket.path },
      {
        name: "agent-note",
        path: ticket.path,
        act: (page) => page.getByRole("tab", { name: "Note" }).click(),
      },
      {
        name: "agent-leaving",
        path: ticket.path,
        act: async (page) => {
          await page.getByRole("textbox", { name: "Comment" }).fill("A moment, please.");
          await page.keyboard.press("Control+Enter");
          await page.getByRole("button", { name: "Undo" }).waitFor();
        },
      },
      { name: "agent-keys", path: "/queue", act: (page) => page.keyboard.press("?") },
      { name: "agent-palette", path: "/queue", act: (page) => page.keyboard.press("Control+k") },
      { name: "agent-queue", path: "/queue" },
      { name: "agent-team", path: "/team" },
    ],
    "admin@example.com": [
      { name: "figures", path: "/figures" },
      { name: "reports", path: "/reports" },
      { name: "users", path: "/users" },
      { name: "agents", path: "/agents" },
      { name: "teams", path: "/teams" },
      { name: "kept-mail", path: "/mail" },
      { name: "audit", path: "/audit" },
      { name: "admin-queue", path: "/queue" },
      { name: "admin-team", path: "/team" },
      {
        name: "admin-edit",
        path: `/tickets/${tickets.at(-1).id}`,
        act: (page) => page.getByRole("button", { name: "Edit" }).click(),
      },
    ],
  };
}

async function wrongPassword(page) {
  await page.getByRole("textbox", { name: "Email" }).fill("nobody@example.com");
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").waitFor();
}

async function openMenu(page) {
  await page.getByRole("button", { name: "Client 1" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
}
