import { createHash } from "node:crypto";
import type { Context } from "hono";
import { html, raw } from "hono/html";

export type Html = ReturnType<typeof html>;

const style = `
:root{color-scheme:light dark;--ink:#16211f;--soft:#5b6b67;--line:#c9d3d0;--card:#fff;--back:#eef3f1;--deep:#0b6e5f;--bad:#a4262c}
@media(prefers-color-scheme:dark){:root{--ink:#e8efed;--soft:#9fb0ab;--line:#3a4a46;--card:#18211f;--back:#0e1513;--deep:#3fb8a3;--bad:#ff8d86}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1rem;background:var(--back);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{width:100%;max-width:25rem;background:var(--card);border:1px solid var(--line);border-radius:14px;padding:2rem}
h1{font-size:1.4rem;line-height:1.2;margin:0 0 .25rem}
p{margin:.25rem 0 1rem;color:var(--soft)}
label{display:block;font-weight:600;margin:1rem 0 .25rem}
input{width:100%;font:inherit;color:inherit;background:transparent;padding:.6rem .75rem;border:1px solid var(--soft);border-radius:8px}
small{display:block;color:var(--soft);margin-top:.25rem}
button{width:100%;font:inherit;font-weight:600;margin-top:1.5rem;padding:.7rem;border:0;border-radius:8px;background:var(--deep);color:var(--card);cursor:pointer}
a{color:var(--deep)}
nav{display:flex;justify-content:space-between;gap:1rem;margin-top:1.25rem}
code{overflow-wrap:anywhere;user-select:all;color:var(--ink)}
.alert{color:var(--bad);border:1px solid currentColor;border-radius:8px;padding:.6rem .75rem}
input:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid var(--deep);outline-offset:2px}
`;
const styleHash = createHash("sha256").update(style).digest("base64");

export interface Page {
  title: string;
  body: Html;
  /** What went wrong, read out by screen readers. */
  alert?: string;
  status?: 200 | 400 | 403 | 404;
  /** Where forms of this page may lead to in the end: the app's redirect, besides our own pages. */
  redirectUri?: string;
}

/** A whole page. It runs no script, loads nothing, and no other site may frame it. */
export function show(c: Context, { title, body, alert, status = alert ? 400 : 200, redirectUri }: Page) {
  const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; frame-ancestors 'none'`;
  c.header("Content-Security-Policy", `${policy}; form-action 'self'${redirectUri ? ` ${sourceOf(redirectUri)}` : ""}`);
  c.header("X-Content-Type-Options", "nosniff");
  c.header("Referrer-Policy", "same-origin");
  c.header("Cache-Control", "no-store");
  return c.html(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${title}</title>
          <style>
            ${raw(style)}
          </style>
        </head>
        <body>
          <main>
            <h1>${title}</h1>
            ${alert ? html`<p class="alert" role="alert">${alert}</p>` : ""} ${body}
          </main>
        </body>
      </html>`,
    status,
  );
}

/** The origin of an http URL, the scheme of any other: what a content security policy can name. */
function sourceOf(uri: string): string {
  const { protocol, origin } = new URL(uri);
  return protocol === "http:" || protocol === "https:" ? origin : protocol;
}
