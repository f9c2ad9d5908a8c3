/** Signing in on the API's own page. The tokens are kept in memory alone, and end with the page or by "Sign out". */

interface Answer {
  access_token?: string;
  refresh_token?: string;
  mfa_token?: string;
  detail?: string;
  user?: { name: string; role: string };
}

interface Doors {
  came(token: string): void;
  left(): void;
}

export function signInForm({ came, left }: Doors): HTMLElement {
  const form = document.createElement("form");
  form.className = "sign-in";
  form.setAttribute("aria-label", "Sign in to try requests");
  let refreshToken: string | undefined;

  const show = (...parts: (HTMLElement | string)[]) => form.replaceChildren(...parts, said);
  const said = document.createElement("output");

  const credentials = () => {
    const email = field("Email", "email", "username");
    const password = field("Password", "password", "current-password");
    form.onsubmit = (event) => {
      event.preventDefault();
      void ask("login", { email: email.input.value, password: password.input.value });
    };
    show(email.label, password.label, button("Sign in", "submit"));
  };

  const code = (mfaToken: string) => {
    const field_ = field("Code", "text", "one-time-code");
    form.onsubmit = (event) => {
      event.preventDefault();
      void ask("login/totp", { mfa_token: mfaToken, code: field_.input.value });
    };
    show(field_.label, button("Verify", "submit"));
    field_.input.focus();
  };

  const inside = (user: Answer["user"]) => {
    const out = button("Sign out", "button");
    out.onclick = () => {
      const headers = { "Content-Type": "application/json", Authorization: `Bearer ${token}` };
      void fetch("/api/auth/logout", {
        method: "POST",
        headers,
        body: JSON.stringify({ refresh_token: refreshToken }),
      });
      left();
      said.value = "";
      credentials();
    };
    said.value = user ? `${user.name} (${user.role}): requests are sent as theirs for 15 minutes.` : "";
    show(out);
  };

  let token = "";
  const ask = async (path: string, body: Record<string, string>) => {
    said.value = "…";
    try {
      const answer = await fetch(`/api/auth/${path}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      const told = (await answer.json()) as Answer;
      said.value = answer.ok ? "" : (told.detail ?? "That didn't work.");
      if (told.mfa_token) code(told.mfa_token);
      if (!told.access_token) return;
      token = told.access_token;
      refreshToken = told.refresh_token;
      came(token);
      inside(told.user);
    } catch {
      said.value = "The API can't be reached.";
    }
  };

  credentials();
  return form;
}

function field(name: string, type: string, autocomplete: AutoFill) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  Object.assign(input, { type, autocomplete, required: true });
  label.append(name, input);
  return { label, input };
}

function button(name: string, type: "submit" | "button"): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = type;
  made.textContent = name;
  return made;
}
