import type { Context } from "hono";
import { html } from "hono/html";
import { styleElement, styleHash } from "./style.ts";

export type Html = ReturnType<typeof html>;

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
          ${styleElement}
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
