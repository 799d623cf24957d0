/** A browser without scripts: it keeps cookies, follows redirects within the site, and submits the form it sees. */
export class Browser {
  readonly #site: string;
  readonly #cookies = new Map<string, string>();
  html = "";
  #action = "";

  constructor(site: string) {
    this.#site = site;
  }

  get(path: string) {
    return this.#visit(path);
  }

  /** Fills the fields in, leaves hidden ones as they are, and submits. */
  submit(fields: Record<string, string>) {
    const hidden = [...this.html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
    const form = { ...Object.fromEntries(hidden.map(([, name, value]) => [name, unescape(value!)])), ...fields };
    return this.#visit(this.#action, { method: "POST", body: new URLSearchParams(form) });
  }

  forget(cookie: string) {
    this.#cookies.delete(cookie);
  }

  cookie(name: string) {
    return this.#cookies.get(name);
  }

  keep(name: string, value: string) {
    this.#cookies.set(name, value);
  }

  /** What the page says, without markup. */
  get text(): string {
    const body = this.html.replace(/^.*<main>/s, "").replace(/<[^>]+>/g, " ");
    return unescape(body).replace(/\s+/g, " ").trim();
  }

  async #visit(path: string, init: RequestInit = {}): Promise<{ status: number; location?: string; headers: Headers }> {
    const Cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(new URL(path, this.#site), { ...init, redirect: "manual", headers: { Cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      this.#cookies.set(name!, value!);
    }
    const location = response.headers.get("location") ?? undefined;
    if (location?.startsWith("/")) return this.#visit(location);
    this.html = await response.text();
    this.#action = unescape(/<form method="post" action="([^"]+)"/.exec(this.html)?.[1] ?? "");
    return { status: response.status, location, headers: response.headers };
  }
}

const unescape = (text: string) =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
