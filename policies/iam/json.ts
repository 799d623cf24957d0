/** How deep arrays and objects may nest. AWS's own limit for a policy is far below. */
const maxDepth = 64;
/** How many characters are read. AWS's largest policy is 20,480 characters. */
const maxLength = 2_000_000;

/** The value of a JSON text, and the keys that one object has twice: AWS refuses them, and JSON.parse hides them. */
export interface Json {
  value: unknown;
  /** Paths such as `Statement.0.Action`. */
  duplicates: string[];
  /** The members of the outermost object as they were written: numbers lose digits when they are read. */
  written: ReadonlyMap<string, string>;
}

/** Reads JSON. Fails on a text that is no JSON, is longer than 2,000,000 characters or nests deeper than 64. */
export function parseJson(text: string): Json {
  if (text.length > maxLength) throw new Error(`the text has ${text.length} characters: split it below ${maxLength}`);
  return new Reader(text).whole();
}

class Reader {
  private readonly text: string;
  private at = 0;
  private readonly path: (string | number)[] = [];
  private readonly duplicates: string[] = [];
  private readonly written = new Map<string, string>();

  constructor(text: string) {
    this.text = text;
  }

  whole(): Json {
    // some editors begin a file with it, and files are put together
    if (this.text.startsWith("\ufeff")) this.at = 1;
    const value = this.value();
    this.space();
    if (this.at < this.text.length) this.fail();
    return { value, duplicates: this.duplicates, written: this.written };
  }

  private value(): unknown {
    this.space();
    const first = this.text[this.at];
    if (first === "{") return this.nested(() => this.object());
    if (first === "[") return this.nested(() => this.array());
    if (first === '"') return this.string();
    return this.scalar();
  }

  private nested<T>(read: () => T): T {
    if (this.path.length >= maxDepth) throw new Error(`the text nests deeper than ${maxDepth}: flatten it`);
    this.at += 1;
    return read();
  }

  private object(): Record<string, unknown> {
    const found: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (let begun = false; !this.ends("}", begun); begun = true) {
      this.space();
      const key = this.string();
      this.space();
      if (this.text[this.at] !== ":") this.fail();
      this.at += 1;
      this.path.push(key);
      if (key in found) this.duplicates.push(this.path.join("."));
      this.space();
      const start = this.at;
      found[key] = this.value();
      this.path.pop();
      if (this.path.length === 0) this.written.set(key, this.text.slice(start, this.at));
    }
    return found;
  }

  private array(): unknown[] {
    const found: unknown[] = [];
    while (!this.ends("]", found.length > 0)) {
      this.path.push(found.length);
      found.push(this.value());
      this.path.pop();
    }
    return found;
  }

  /** Whether a list is over; steps over the comma before its next member. */
  private ends(close: string, begun: boolean): boolean {
    this.space();
    if (this.text[this.at] === close) {
      this.at += 1;
      return true;
    }
    if (begun) {
      if (this.text[this.at] !== ",") this.fail();
      this.at += 1;
    }
    return false;
  }

  private string(): string {
    const start = this.at;
    if (this.text[start] !== '"') this.fail();
    let end = this.text.indexOf('"', start + 1);
    while (end > 0 && escaped(this.text, end)) end = this.text.indexOf('"', end + 1);
    if (end < 0) this.fail();
    this.at = end + 1;
    return this.plain<string>(start);
  }

  private scalar(): unknown {
    const start = this.at;
    while (this.at < this.text.length && !",]} \t\r\n".includes(this.text[this.at] as string)) this.at += 1;
    return this.plain(start);
  }

  /** Strings and scalars are JSON's own affair. */
  private plain<T>(start: number): T {
    try {
      return JSON.parse(this.text.slice(start, this.at)) as T;
    } catch {
      this.at = start;
      return this.fail();
    }
  }

  private space(): void {
    while (this.at < this.text.length && " \t\r\n".includes(this.text[this.at] as string)) this.at += 1;
  }

  private fail(): never {
    throw new Error(`the text is no JSON at character ${this.at}: repair it there`);
  }
}

function escaped(text: string, quote: number): boolean {
  let slashes = 0;
  while (text[quote - 1 - slashes] === "\\") slashes += 1;
  return slashes % 2 === 1;
}
