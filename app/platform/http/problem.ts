import * as z from "zod/mini";

/** One thing that is wrong with the input: where (a JSON pointer into the body, or a parameter's name) and why. */
export const Flaw = z
  .object({ in: z.enum(["body", "query", "path", "header"]), at: z.string(), detail: z.string() })
  .register(z.globalRegistry, { id: "Flaw", description: "What is wrong with one part of the request" });

export type Flaw = z.infer<typeof Flaw>;

/** An error answer, RFC 9457. `code` is the word programs may rely on. */
export const ProblemDetails = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int().check(z.minimum(400), z.maximum(599)),
    detail: z.string(),
    code: z.string(),
    requestId: z.string(),
    errors: z.optional(z.array(Flaw)),
  })
  .register(z.globalRegistry, { id: "Problem", description: "An error, RFC 9457" });

export type ProblemDetails = z.infer<typeof ProblemDetails>;

const titles: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  412: "Precondition Failed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

export interface ProblemExtras {
  errors?: Flaw[];
  headers?: Record<string, string>;
}

/** A request that cannot be answered as asked. Everything in it may be shown to the caller. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly code: string;
  readonly errors?: Flaw[];
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, detail: string, { errors, headers = {} }: ProblemExtras = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.headers = headers;
  }

  toResponse(requestId: string): Response {
    const { status, code, message: detail, errors } = this;
    const title = titles[status] ?? "Error";
    // The codes refine a status without pages of their own, hence about:blank, whose title is the status's own.
    const body: ProblemDetails = {
      type: "about:blank",
      title,
      status,
      detail,
      code,
      requestId,
      ...(errors && { errors }),
    };
    const standard = { "content-type": "application/problem+json", "cache-control": "no-store" };
    const headers = { ...standard, "x-request-id": requestId, ...this.headers };
    return new Response(JSON.stringify(body), { status, headers });
  }
}
