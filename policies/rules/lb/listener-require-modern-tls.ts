import { isInside, listenerTypes } from "../../facts/load-balancers.ts";
import { text } from "../../facts/reading.ts";
import { shown } from "../../facts/shown.ts";
import { about } from "../../facts/subjects.ts";
import { ofType } from "../../resource.ts";
import type { StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "lb-listener-require-modern-tls",
  topic: "encryption",
  holds:
    "a listener speaks TLS 1.2 or newer; plain HTTP only sends callers on to HTTPS, or stays behind an internal load balancer",
  why: "Passwords and tokens cross the network in plain, or under ciphers that have been broken for years.",
  fix: "set sslPolicy to a policy of the ELBSecurityPolicy-TLS13 family, and let port 80 redirect to HTTPS",
  source: "AWS Security Hub ELB.1, ELB.17; RFC 8996",
  severity: "high",
  level: "mandatory",
  *checkStack(resources) {
    yield* about(ofType(resources, ...listenerTypes), function* (listener) {
      const { props } = listener;
      const protocol = text(props, "protocol");
      if (protocol === "HTTPS" || protocol === "TLS") {
        const policy = text(props, "sslPolicy");
        if (!policy || !isModern(policy)) yield `sslPolicy is ${shown(policy)}`;
      } else if (
        protocol === "HTTP" &&
        !redirects(text(props, "defaultActions.0.type"), text(props, "defaultActions.0.redirect.protocol")) &&
        !isInside(listener, resources)
      ) {
        yield "it serves plain HTTP";
      }
    });
  },
};

// The TLS 1.3 policies whose names end in 1-0 or 1-1 still let old versions in.
const isModern = (policy: string) => /^ELBSecurityPolicy-(?:TLS13-1-[23]|TLS-1-2|FS-1-2)/.test(policy);
const redirects = (type?: string, protocol?: string) => type === "redirect" && protocol === "HTTPS";
