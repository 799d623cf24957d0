import type { Action, Level, ResourceType } from "./catalogue.ts";

const levels: Record<string, Level> = {
  P: "Permissions management",
  W: "Write",
  T: "Tagging",
  R: "Read",
  L: "List",
};

/** What the rows of a service share: actions on the same kinds of things have the very same list of them. */
export interface Common {
  readonly prefix: string;
  readonly types: readonly ResourceType[];
  readonly lists: Map<string, readonly ResourceType[]>;
}

/** One row. A class, because a getter in each of twenty thousand literals would be made anew each time. */
export class Row implements Action {
  readonly id: number;
  readonly name: string;
  readonly level: Level;
  readonly resources: readonly ResourceType[];
  readonly requiresResource: boolean;
  readonly #start: number;
  readonly #list: string;
  #letters: number[] | undefined;

  /** `row` is the name alone, the level's letter and the places of what it acts on among `types`, with `!` for one that is required. */
  constructor(row: string, { prefix, types, lists, id }: Common & { id: number }) {
    const [name, level, list] = row.split(" ") as [string, string, string];
    this.id = id;
    this.name = `${prefix}:${name}`;
    this.level = levels[level] as Level;
    const places = list.replaceAll("!", "");
    let resources = lists.get(places);
    if (!resources) {
      resources = places === "" ? [] : places.split(",").map((text) => types[Number(text)] as ResourceType);
      lists.set(places, resources);
    }
    this.resources = resources;
    this.requiresResource = list.includes("!");
    this.#list = list;
    this.#start = prefix.length + 1;
  }

  get required(): readonly ResourceType[] {
    if (!this.requiresResource) return none;
    const places = this.#list.split(",");
    return this.resources.filter((_, place) => places[place]?.endsWith("!"));
  }

  get letters(): readonly number[] {
    const lower = () => this.name.slice(this.#start).toLowerCase();
    return (this.#letters ??= Array.from(lower(), (char) => char.charCodeAt(0)));
  }
}

const none: readonly ResourceType[] = [];
