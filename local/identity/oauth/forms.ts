import { html } from "hono/html";
import type { PasswordPolicy } from "../settings.ts";
import type { AuthorizationRequest } from "./authorization.ts";
import type { Html } from "./layout.ts";

/** What every form carries: the app's request in its address, and the token that proves the form is ours. */
export interface FormContext {
  request: AuthorizationRequest;
  csrf: string;
}

export function signInForm(context: FormContext, username = ""): Html {
  const { adminOnly } = context.request.pool.settings;
  return html`<p>to continue to ${context.request.client.name}</p>
    ${form(context, "/login", "Sign in", [nameField(context, username), passwordField("current-password")])}
    <nav>
      ${link(context, "/forgotPassword", "Forgot password?")}
      ${adminOnly ? "" : link(context, "/signup", "Create an account")}
    </nav>`;
}

export function signUpForm(context: FormContext, username = ""): Html {
  const { password, attributes, usernameAttributes } = context.request.pool.settings;
  const asked = [...attributes.values()].filter(({ name, required }) => required && !usernameAttributes.includes(name));
  const fields = asked.map(({ name }) => field(name.replace(/^custom:/, "").replaceAll("_", " "), name, ""));
  return html`${form(context, "/signup", "Create account", [
      nameField(context, username),
      ...fields,
      passwordField("new-password", password),
    ])}
    <nav>${link(context, "/login", "Sign in instead")}</nav>`;
}

export function confirmForm(context: FormContext, username: string): Html {
  return html`<p>We sent a code for ${username}. On this machine it is printed where the stack runs.</p>
    ${form(context, "/confirm", "Confirm account", [hidden("username", username), codeField()])}`;
}

export function forgotForm(context: FormContext): Html {
  return html`<p>We send a code with which you choose a new one.</p>
    ${form(context, "/forgotPassword", "Send code", [nameField(context, "")])}
    <nav>${link(context, "/login", "Back to sign in")}</nav>`;
}

export function resetForm(context: FormContext, username: string): Html {
  const policy = context.request.pool.settings.password;
  return html`<p>If ${username} has an account, we sent a code. On this machine it is printed where the stack runs.</p>
    ${form(context, "/confirmForgotPassword", "Change password", [
      hidden("username", username),
      codeField(),
      passwordField("new-password", policy),
    ])}`;
}

export function newPasswordForm(context: FormContext, session: string): Html {
  const policy = context.request.pool.settings.password;
  return html`<p>The one you were given works once. Choose your own.</p>
    ${form(context, "/challenge", "Change password", [
      hidden("session", session),
      passwordField("new-password", policy),
    ])}`;
}

/** The code of the authenticator app; with a `secret` the app has to be set up first. */
export function totpForm(context: FormContext, session: string, secret?: string): Html {
  const setup = html`<p>
    Add this key to your authenticator app, then enter the code it shows: <code>${secret}</code>
  </p>`;
  return html`${secret === undefined ? html`<p>Enter the code your authenticator app shows.</p>` : setup}
  ${form(context, "/challenge", "Verify", [hidden("session", session), codeField()])}`;
}

const form = ({ request, csrf }: FormContext, path: string, action: string, fields: Html[]) =>
  html`<form method="post" action="${path}?${request.query}">
    <input type="hidden" name="_csrf" value="${csrf}" />${fields}<button type="submit">${action}</button>
  </form>`;

const link = ({ request }: FormContext, path: string, text: string) =>
  html`<a href="${path}?${request.query}">${text}</a>`;

const hidden = (name: string, value: string) => html`<input type="hidden" name="${name}" value="${value}" />`;

const field = (label: string, name: string, value: string, type = "text", autocomplete = "on") =>
  html`<label for="${name}">${label[0]!.toUpperCase()}${label.slice(1)}</label>
    <input id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}" required />`;

const nameField = ({ request }: FormContext, value: string) =>
  request.pool.settings.usernameAttributes.includes("email")
    ? field("email", "username", value || (request.loginHint ?? ""), "email", "username")
    : field("user name", "username", value || (request.loginHint ?? ""), "text", "username");

const codeField = () => field("code", "code", "", "text", "one-time-code");

function passwordField(autocomplete: string, policy?: PasswordPolicy): Html {
  const kinds = [
    policy?.requireUppercase && "an upper-case letter",
    policy?.requireLowercase && "a lower-case letter",
    policy?.requireNumbers && "a digit",
    policy?.requireSymbols && "a symbol",
  ].filter((kind) => typeof kind === "string");
  const listed = new Intl.ListFormat("en", { type: "conjunction" }).format(kinds);
  const rule = policy && `At least ${policy.minimumLength} characters${listed && ` with ${listed}`}.`;
  return html`<label for="password">${policy ? "New password" : "Password"}</label>
    <input
      id="password"
      name="password"
      type="password"
      autocomplete="${autocomplete}"
      required
      ${rule ? html`aria-describedby="rule"` : ""}
    />
    ${rule ? html`<small id="rule">${rule}</small>` : ""}`;
}
