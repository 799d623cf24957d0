import { Hono, type Context } from "hono";
import { html } from "hono/html";
import { confirm, register } from "../api/sign-up.ts";
import { finishReset, startReset } from "../api/recovery.ts";
import { ServiceError } from "../errors.ts";
import { userByPassword } from "../first-factor.ts";
import { sendCode, type Pools } from "../pool.ts";
import { readAuthorization, type AuthorizationRequest } from "./authorization.ts";
import { csrfToken, forget, isOwnForm, signedInUser } from "./browser.ts";
import { redirectWithCode } from "./code.ts";
import { answerStep, continueWith } from "./steps.ts";
import * as forms from "./forms.ts";
import { show, type Html } from "./layout.ts";
import { errorPage, withParameters } from "./redirect.ts";

type Fields = Record<string, string>;
type Step = (c: Context, context: forms.FormContext, fields: Fields) => Response | Promise<Response>;

/** The hosted pages: each GET shows a form, each POST is one step of signing in, up, or of choosing a new password. */
export function hostedPages(pools: Pools): Hono {
  const pages = new Hono();
  const page = (path: string, title: string, form: (context: forms.FormContext) => Html) =>
    pages.get(path, (c) => withRequest(pools, c, (context) => view(c, context, title, form(context))));
  const step = (path: string, title: string, run: Step, again: (context: forms.FormContext, fields: Fields) => Html) =>
    pages.post(path, (c) => withRequest(pools, c, (context) => post(c, context, title, run, again)));

  page("/login", "Sign in", (context) => forms.signInForm(context));
  page("/signup", "Create your account", (context) => forms.signUpForm(context));
  page("/forgotPassword", "Choose a new password", forms.forgotForm);
  step("/login", "Sign in", signIn, (context, { username }) => forms.signInForm(context, username));
  step("/signup", "Create your account", signUp, (context, { username }) => forms.signUpForm(context, username));
  step("/confirm", "Confirm your account", confirmUser, (context, f) => forms.confirmForm(context, f.username ?? ""));
  step("/forgotPassword", "Choose a new password", sendReset, forms.forgotForm);
  step("/confirmForgotPassword", "Choose a new password", reset, (context, f) =>
    forms.resetForm(context, f.username ?? ""),
  );
  step("/challenge", "Sign in", answerStep, (context) => forms.signInForm(context));

  pages.get("/oauth2/authorize", (c) => withRequest(pools, c, ({ request }) => authorize(c, request)));
  pages.get("/logout", (c) => logout(pools, c));
  pages.get("/error", (c) =>
    show(c, {
      title: "This request cannot be served",
      body: html``,
      alert: (c.req.query("error") ?? "").slice(0, 200),
    }),
  );
  return pages;
}

/** A browser that signed in within the hour goes straight back to the app; any other goes to the sign-in page. */
function authorize(c: Context, request: AuthorizationRequest): Response {
  const known = request.prompt === "login" ? undefined : signedInUser(c, request.pool);
  if (known) return c.redirect(redirectWithCode(request, known.user, known.authTime));
  const { redirectUri, state } = request;
  if (request.prompt === "none") return c.redirect(withParameters(redirectUri, { error: "login_required", state }));
  return c.redirect(`/login?${request.query}`);
}

const signIn: Step = async (c, context, { username = "", password = "" }) => {
  const { pool, client } = context.request;
  try {
    return await continueWith(c, context, await userByPassword(pool, client, username, password));
  } catch (error) {
    if (!(error instanceof ServiceError) || error.type !== "UserNotConfirmedException") throw error;
    sendCode(pool, pool.users.find(username)!, "sign-up");
    return view(c, context, "Confirm your account", forms.confirmForm(context, username));
  }
};

const signUp: Step = async (c, context, { username = "", password = "", _csrf, ...attributes }) => {
  await register(context.request.pool, context.request.client, username, password, attributes);
  return view(c, context, "Confirm your account", forms.confirmForm(context, username));
};

const confirmUser: Step = (c, context, { username = "", code = "" }) => {
  confirm(context.request.pool, context.request.client, username, code.trim());
  return view(c, context, "Your account is confirmed", forms.signInForm(context, username));
};

const sendReset: Step = (c, context, { username = "" }) => {
  startReset(context.request.pool, context.request.client, username);
  return view(c, context, "Choose a new password", forms.resetForm(context, username));
};

const reset: Step = async (c, context, { username = "", code = "", password = "" }) => {
  await finishReset(context.request.pool, context.request.client, username, code.trim(), password);
  return view(c, context, "Your password is changed", forms.signInForm(context, username));
};

/** Signs the browser out, and leads to a registered sign-out address or to the sign-in page. */
function logout(pools: Pools, c: Context): Response {
  forget(c, pools.all);
  const { client_id: id = "", logout_uri: target } = c.req.query();
  const client = pools.all.flatMap(({ clients }) => clients.get(id) ?? [])[0];
  if (target === undefined) return c.redirect(`/login${new URL(c.req.url).search}`);
  return c.redirect(client?.logoutUrls.includes(target) ? target : errorPage("redirect_mismatch", id));
}

async function withRequest(
  pools: Pools,
  c: Context,
  run: (context: forms.FormContext) => Response | Promise<Response>,
) {
  const reading = readAuthorization(pools, new URL(c.req.url).search);
  return "refused" in reading ? c.redirect(reading.refused) : run({ request: reading.request, csrf: csrfToken(c) });
}

async function post(
  c: Context,
  context: forms.FormContext,
  title: string,
  run: Step,
  again: (context: forms.FormContext, fields: Fields) => Html,
): Promise<Response> {
  const fields = Object.fromEntries(new URLSearchParams(await c.req.text()));
  const { redirectUri } = context.request;
  if (!isOwnForm(c, fields)) {
    const alert = "This form is out of date. Please try again.";
    return show(c, { title, body: again(context, fields), alert, status: 403, redirectUri });
  }
  try {
    return await run(c, context, fields);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return show(c, { title, body: again(context, fields), alert: error.message, redirectUri });
  }
}

const view = (
  c: Context,
  { request: { redirectUri } }: forms.FormContext,
  title: string,
  body: Html,
): Response | Promise<Response> => show(c, { title, body, redirectUri });
