import type { Resource } from "../resource.ts";
import { amount, items, read, text, texts } from "./reading.ts";

/** One way into a security group. */
export interface Ingress {
  /** First and last port; every port when the protocol has none. */
  readonly from: number;
  readonly to: number;
  /** Address blocks that may enter. Security groups and prefix lists are not among them. */
  readonly blocks: readonly string[];
}

/** The types whose inputs let traffic into a security group. */
export const ingressTypes = [
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
];

/** What a resource of `ingressTypes` holds, still unread: unknown parts raise when `ingressOf` reads them. */
export function ingressParts({ type, props }: Resource): readonly unknown[] {
  if (type.endsWith("SecurityGroup")) return items(props, "ingress");
  if (type.endsWith("SecurityGroupRule")) return text(props, "type") === "egress" ? [] : [props];
  return [props];
}

/** One part of `ingressParts`, read. */
export function ingressOf(part: unknown): Ingress {
  read(part, "");
  const blocks = ["cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6"].flatMap((key) => texts(part, key));
  if (blocks.length === 0) return { from: 0, to: 0, blocks };
  const protocol = text(part, "protocol") ?? text(part, "ipProtocol") ?? "-1";
  if (protocol === "-1" || protocol === "all") return { from: 0, to: 65535, blocks };
  return { from: amount(part, "fromPort") ?? 0, to: amount(part, "toPort") ?? 65535, blocks };
}

/**
 * Whether an address block is so wide that it means the internet. The widest private IPv4 block is a /8, no registry hands
 * one party more than an IPv6 /16: anything wider is the whole world, also when it is written as two halves.
 */
export function isOpen(block: string): boolean {
  const [address = "", length] = block.split("/");
  return length !== undefined && Number(length) < (address.includes(":") ? 16 : 8);
}
