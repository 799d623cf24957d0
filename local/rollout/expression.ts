/** A number, or undefined where there is no data point. */
export type Value = number | undefined;

export type Variables = Readonly<Record<string, Value>>;

const tokenForm = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z]\w*)|(>=|<=|==|!=|&&|\|\||[-+*/()<>,]))/y;

/**
 * The value of a CloudWatch metric math expression for one period: numbers, metrics by their ids, arithmetic, comparisons, AND,
 * OR, IF, FILL, MAX, MIN and SUM of values. Whatever hangs on a missing data point is missing itself. Fails on anything else.
 */
export function evaluate(expression: string, variables: Variables): Value {
  const tokens = tokensOf(expression);
  let at = 0;
  const refuse = (): never => {
    throw new Error(
      `expression "${expression}" has ${JSON.stringify(tokens[at] ?? "its end")} where the local alarms expect something else`,
    );
  };
  const take = (...wanted: string[]): string | undefined =>
    wanted.includes(tokens[at]?.toUpperCase() ?? "") ? tokens[at++]!.toUpperCase() : undefined;
  const need = (token: string) => take(token) ?? refuse();

  const either = (): Value => {
    let left = both();
    while (take("OR", "||")) left = combined(left, both(), (a, b) => Number(a !== 0 || b !== 0));
    return left;
  };
  const both = (): Value => {
    let left = compared();
    while (take("AND", "&&")) left = combined(left, compared(), (a, b) => Number(a !== 0 && b !== 0));
    return left;
  };
  const compared = (): Value => {
    const left = sum();
    const operator = take(">", "<", ">=", "<=", "==", "!=");
    return operator ? combined(left, sum(), comparisons[operator]!) : left;
  };
  const sum = (): Value => {
    let left = product();
    for (let operator; (operator = take("+", "-"));) left = combined(left, product(), arithmetic[operator]!);
    return left;
  };
  const product = (): Value => {
    let left = single();
    for (let operator; (operator = take("*", "/"));) left = combined(left, single(), arithmetic[operator]!);
    return left;
  };
  const single = (): Value => {
    if (take("(")) {
      const inner = either();
      need(")");
      return inner;
    }
    const token = tokens[at] ?? refuse();
    at++;
    if (/^\d/.test(token)) return Number(token);
    if (take("(")) {
      const args = [either()];
      while (take(",")) args.push(either());
      need(")");
      const call = functions[token.toUpperCase()] ?? refuse();
      return call(args);
    }
    if (token in variables) return variables[token];
    at--;
    return refuse();
  };

  const value = either();
  if (at < tokens.length) refuse();
  return value;
}

function tokensOf(expression: string): string[] {
  const tokens: string[] = [];
  tokenForm.lastIndex = 0;
  const text = expression.trimEnd();
  while (tokenForm.lastIndex < text.length) {
    const begin = tokenForm.lastIndex;
    const match = tokenForm.exec(text);
    if (!match) throw new Error(`expression "${expression}" cannot be read from "${text.slice(begin)}" on`);
    tokens.push(match[1] ?? match[2] ?? match[3]!);
  }
  return tokens;
}

type Operation = (left: number, right: number) => Value;

const combined = (left: Value, right: Value, operation: Operation): Value =>
  left === undefined || right === undefined ? undefined : operation(left, right);

const comparisons: Record<string, Operation> = {
  ">": (a, b) => Number(a > b),
  "<": (a, b) => Number(a < b),
  ">=": (a, b) => Number(a >= b),
  "<=": (a, b) => Number(a <= b),
  "==": (a, b) => Number(a === b),
  "!=": (a, b) => Number(a !== b),
};

const arithmetic: Record<string, Operation> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => (b === 0 ? undefined : a / b),
};

const whole = (args: Value[], reduce: (values: number[]) => number): Value =>
  args.some((value) => value === undefined) ? undefined : reduce(args as number[]);

const functions: Record<string, (args: Value[]) => Value> = {
  IF: ([condition, then, otherwise]) => (condition === undefined ? undefined : condition !== 0 ? then : otherwise),
  FILL: ([value, standard]) => value ?? standard,
  MAX: (args) => whole(args, (values) => Math.max(...values)),
  MIN: (args) => whole(args, (values) => Math.min(...values)),
  SUM: (args) => whole(args, (values) => values.reduce((total, value) => total + value, 0)),
};
