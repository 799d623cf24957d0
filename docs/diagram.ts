import { writeFile } from "node:fs/promises";
import { recordStack } from "../local/stack.ts";
import { pictureOf } from "./diagram-source.ts";

// `node docs/diagram.ts` draws docs/architecture.svg from the recorded graph of the dev stack.
const { nodes } = await recordStack("dev");
await writeFile(new URL("architecture.svg", import.meta.url), await pictureOf(nodes));
