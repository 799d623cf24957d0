import assert from "node:assert/strict";
import { integrationOf } from "../../../components/api/backend.ts";
import { PrivateLink } from "../../../components/api/private-link.ts";
import { RestApi } from "../../../components/api/rest-api.ts";
import { graph, inputsOf, only } from "../../../local/graph.ts";
import { place } from "../place.ts";
import { fixture, scopes } from "./fixture.ts";

const backend = {
  runtime: "fargate" as const,
  vpcLinkId: "abc123",
  loadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/front/1",
  origin: "http://internal-front-1.eu-west-1.elb.amazonaws.com:80",
};
const to = (method: string, path: string) => integrationOf(place, backend, { method, path }, 29_000);

describe("the way to a service on Fargate", () => {
  it("is the request as it came, over the private link to the load balancer", () => {
    assert.deepEqual(to("get", "/patients"), {
      type: "http_proxy",
      httpMethod: "GET",
      uri: `${backend.origin}/patients`,
      connectionType: "VPC_LINK",
      connectionId: "abc123",
      integrationTarget: backend.loadBalancerArn,
      requestParameters: { "integration.request.header.x-request-id": "context.requestId" },
      passthroughBehavior: "when_no_match",
      timeoutInMillis: 29_000,
    });
  });

  it("is the same over the internet where the service is public, without a link", () => {
    const origin = "https://api.example.com:443";
    const open = integrationOf(place, { runtime: "public", origin }, { method: "get", path: "/patients" }, 29_000);
    const linked = Object.entries({ ...to("get", "/patients"), uri: `${origin}/patients` });
    const linkOnly = ["connectionType", "connectionId", "integrationTarget"];
    assert.deepEqual(open, Object.fromEntries(linked.filter(([key]) => !linkOnly.includes(key))));
  });

  it("names every parameter in the path, greedy ones too", () => {
    const { uri, requestParameters } = to("patch", "/patients/{patientId}/files/{rest+}") as any;
    assert.equal(uri, `${backend.origin}/patients/{patientId}/files/{rest}`);
    assert.equal(requestParameters["integration.request.path.patientId"], "method.request.path.patientId");
    assert.equal(requestParameters["integration.request.path.rest"], "method.request.path.rest");
  });

  it("stands in the document of the API, which needs no permission for it", async () => {
    const program = () => {
      const args = { place, document: fixture(), services: { patients: backend }, userPoolArn: "arn:pool", scopes };
      new RestApi("api", args);
    };
    const { nodes } = await graph(program);
    const { paths } = JSON.parse(only(nodes, "aws:apigateway/restApi:RestApi").inputs.body);
    const { type, connectionId, uri } = paths["/patients/{patientId}"].get["x-amazon-apigateway-integration"];
    assert.deepEqual([type, connectionId, uri], ["http_proxy", "abc123", `${backend.origin}/patients/{patientId}`]);
    assert.deepEqual(inputsOf(nodes, "aws:lambda/permission:Permission"), []);
  });
});

describe("PrivateLink", () => {
  it("enters the network by a security group of its own", async () => {
    const program = () =>
      void new PrivateLink("link", { place, part: "fleet", vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] });
    const { nodes } = await graph(program);
    const group = only(nodes, "aws:ec2/securityGroup:SecurityGroup");
    const { name, subnetIds, securityGroupIds } = only(nodes, "aws:apigatewayv2/vpcLink:VpcLink").inputs;
    assert.deepEqual([subnetIds, securityGroupIds], [["subnet-1", "subnet-2"], [group.id]]);
    assert.deepEqual([group.inputs.ingress, group.inputs.egress], [undefined, undefined]);
    assert.equal(name, undefined, "a chosen name has the link deleted before its successor stands");
  });
});
