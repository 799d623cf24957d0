import grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import type messages from "@pulumi/pulumi/proto/provider_pb.js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import service from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { changes, deleteFirst, foreseen } from "./behaviour.ts";
import type { Cloud } from "./cloud.ts";
import { construct } from "./construct.ts";
import { NotReady } from "./not-ready.ts";
import { fromWire, toWire } from "./wire.ts";

/** A provider the engine attaches to, in this process, so that tests reach the cloud behind it. */
export interface AttachedProvider {
  port: number;
  /** Cuts every connection and stops listening. */
  close(): void;
}

/** Serves `package_` (`aws`, `awsx` or `docker-build`) out of `cloud` on a free port of the loopback interface. */
export async function attachedProvider(package_: string, version: string, cloud: Cloud): Promise<AttachedProvider> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(service.ResourceProviderService, methods(package_, version, cloud));
  const port = await new Promise<number>((resolve, reject) => {
    const bound = (error: Error | null, number: number) => (error ? reject(error) : resolve(number));
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), bound);
  });
  return { port, close: () => server.forceShutdown() };
}

type Handler<Request, Response> = grpc.handleUnaryCall<Request, Response>;

function answering<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): Handler<Request, Response> {
  return (call, callback) => {
    void Promise.resolve(call.request)
      .then(answer)
      .then(
        (response) => callback(null, response),
        (error: Error & { metadata?: grpc.Metadata }) =>
          callback({ code: grpc.status.UNKNOWN, details: error.message, metadata: error.metadata }),
      );
  };
}

function methods(package_: string, version: string, cloud: Cloud): grpc.UntypedServiceImplementation {
  // Components come with their secrets wrapped or the engine refuses them; to the others it sends plain values and
  // marks the outputs of the same name itself.
  const remote = package_ === "awsx";
  return {
    handshake: answering(() => new pb.ProviderHandshakeResponse().setAcceptSecrets(remote).setAcceptOutputs(remote)),
    attach: answering(() => new empty.Empty()),
    cancel: answering(() => new empty.Empty()),
    getPluginInfo: answering(() => new plugin.PluginInfo().setVersion(version)),
    getSchema: answering(() => new pb.GetSchemaResponse().setSchema(JSON.stringify({ name: package_, version }))),
    getMapping: answering(() => new pb.GetMappingResponse()),
    getMappings: answering(() => new pb.GetMappingsResponse()),
    checkConfig: answering((request: messages.CheckRequest) => new pb.CheckResponse().setInputs(request.getNews())),
    diffConfig: answering(diffConfig),
    configure: answering(() =>
      new pb.ConfigureResponse().setAcceptsecrets(remote).setAcceptoutputs(remote).setSupportspreview(true),
    ),
    invoke: answering((request: messages.InvokeRequest) => invoke(cloud, request)),
    check: answering((request: messages.CheckRequest) => new pb.CheckResponse().setInputs(request.getNews())),
    diff: answering(diff),
    create: answering((request: messages.CreateRequest) => create(cloud, request)),
    read: answering((request: messages.ReadRequest) => read(cloud, request)),
    update: answering((request: messages.UpdateRequest) => update(cloud, request)),
    delete: answering((request: messages.DeleteRequest) => remove(cloud, request)),
    construct: answering((request: messages.ConstructRequest) => construct(cloud, request)),
  };
}

/** Type and logical name out of `urn:pulumi:stack::project::parent$type::name`. */
function identity(urn: string): { type: string; name: string } {
  const [, , types = "", ...name] = urn.split("::");
  return { type: types.split("$").at(-1)!, name: name.join("::") };
}

// A new region means new things; other settings of a provider, such as its default tags, do not replace what it made.
function diffConfig(request: messages.DiffRequest): messages.DiffResponse {
  const [olds, news] = [fromWire(request.getOldInputs()), fromWire(request.getNews())];
  const changed = changes("", olds, news).map(({ key }) => key);
  const { DIFF_NONE, DIFF_SOME } = pb.DiffResponse.DiffChanges;
  return new pb.DiffResponse()
    .setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList(changed)
    .setReplacesList(changed.filter((key) => key === "region"));
}

function invoke(cloud: Cloud, request: messages.InvokeRequest): messages.InvokeResponse {
  const { state } = cloud.answer(request.getTok(), "", fromWire(request.getArgs()));
  return new pb.InvokeResponse().setReturn(toWire(state));
}

function diff(request: messages.DiffRequest): messages.DiffResponse {
  const { type } = identity(request.getUrn());
  const [olds, news] = [fromWire(request.getOldInputs()), fromWire(request.getNews())];
  // As the real providers do, also when a refresh compares what it read with the state.
  const ignored = request.getIgnorechangesList();
  const found = changes(type, olds, news).filter(({ key }) => !ignored.includes(key));
  const replaced = found.filter(({ replaces }) => replaces);
  const { DIFF_NONE, DIFF_SOME } = pb.DiffResponse.DiffChanges;
  const response = new pb.DiffResponse()
    .setChanges(found.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList(found.map(({ key }) => key))
    .setReplacesList(replaced.map(({ key }) => key))
    .setDeletebeforereplace(replaced.length > 0 && deleteFirst(type, olds, news))
    .setHasdetaileddiff(true);
  for (const { key, kind, replaces } of found) response.getDetaileddiffMap().set(key, propertyDiff(kind, replaces));
  return response;
}

function propertyDiff(kind: "add" | "delete" | "update", replaces: boolean): messages.PropertyDiff {
  const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = pb.PropertyDiff.Kind;
  const kinds = {
    add: [ADD, ADD_REPLACE],
    delete: [DELETE, DELETE_REPLACE],
    update: [UPDATE, UPDATE_REPLACE],
  } as const;
  return new pb.PropertyDiff().setKind(kinds[kind][replaces ? 1 : 0]).setInputdiff(true);
}

async function create(cloud: Cloud, request: messages.CreateRequest): Promise<messages.CreateResponse> {
  const { type, name } = identity(request.getUrn());
  const inputs = fromWire(request.getProperties());
  if (request.getPreview()) return new pb.CreateResponse().setProperties(toWire(inputs));
  const { id, state } = await cloud.create(type, name, inputs);
  const reason = cloud.unready({ action: "create", type, name });
  if (reason !== undefined) throw new NotReady(id, state, reason);
  return new pb.CreateResponse().setId(id).setProperties(toWire(state));
}

async function read(cloud: Cloud, request: messages.ReadRequest): Promise<messages.ReadResponse> {
  const { type, name } = identity(request.getUrn());
  const thing = await cloud.read(type, name, request.getId());
  if (!thing) return new pb.ReadResponse();
  // Like the real providers, a refresh takes inputs from what exists now, and only those that the state has; an import has
  // none yet.
  const known = Object.keys(fromWire(request.getInputs()));
  const inputs = Object.keys(thing.inputs)
    .filter((key) => known.length === 0 || known.includes(key))
    .map((key) => [key, thing.state[key] ?? thing.inputs[key]]);
  return new pb.ReadResponse()
    .setId(thing.id)
    .setInputs(toWire(Object.fromEntries(inputs)))
    .setProperties(toWire(thing.state));
}

async function update(cloud: Cloud, request: messages.UpdateRequest): Promise<messages.UpdateResponse> {
  const { type, name } = identity(request.getUrn());
  const [before, news] = [
    { state: fromWire(request.getOlds()), inputs: fromWire(request.getOldInputs()) },
    fromWire(request.getNews()),
  ];
  if (request.getPreview()) return new pb.UpdateResponse().setProperties(toWire(foreseen(type, before, news)));
  const { state } = await cloud.update(type, name, request.getId(), news);
  return new pb.UpdateResponse().setProperties(toWire(state));
}

async function remove(cloud: Cloud, request: messages.DeleteRequest): Promise<empty.Empty> {
  const { type, name } = identity(request.getUrn());
  await cloud.delete(type, name, request.getId());
  return new empty.Empty();
}
