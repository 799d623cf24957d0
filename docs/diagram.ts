import { writeFile } from "node:fs/promises";
import { instance } from "@viz-js/viz";
import { recordStack } from "../local/stack.ts";
import { diagramOf } from "./diagram-source.ts";

// `node docs/diagram.ts` draws docs/architecture.svg from the recorded graph of the dev stack.
const { nodes } = await recordStack("dev");
const svg = (await instance()).renderString(diagramOf(nodes), { format: "svg" });
await writeFile(new URL("architecture.svg", import.meta.url), svg.replace(/<!--[^]*?-->\n?/g, ""));
