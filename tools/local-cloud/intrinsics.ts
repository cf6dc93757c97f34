/** What a template's functions may look up while they are resolved. */
export interface Scope {
  /** Parameter, pseudo parameter or resource. */
  ref: (name: string) => unknown;
  attribute: (logicalId: string, attribute: string) => unknown;
  exported: (name: string) => unknown;
  condition: (name: string) => boolean;
  mapping: (map: string, first: string, second: string) => unknown;
}

const noValue = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const intrinsics: Record<string, Intrinsic> = {
  Ref: (argument, scope) => {
    const name = text(argument, 'Ref');
    return name === 'AWS::NoValue' ? noValue : scope.ref(name);
  },
  'Fn::GetAtt': (argument, scope) => scope.attribute(...attributePath(argument)),
  'Fn::ImportValue': (argument, scope) => scope.exported(text(resolve(argument, scope), 'Fn::ImportValue')),
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = list(argument, 'Fn::Join', 2);
    return list(resolve(parts, scope), 'Fn::Join')
      .map((part) => text(part, 'Fn::Join'))
      .join(text(separator, 'Fn::Join'));
  },
  'Fn::Split': (argument, scope) => {
    const [separator, whole] = list(argument, 'Fn::Split', 2);
    return text(resolve(whole, scope), 'Fn::Split').split(text(separator, 'Fn::Split'));
  },
  'Fn::Select': (argument, scope) => {
    const [index, from] = list(argument, 'Fn::Select', 2);
    const chosen = list(resolve(from, scope), 'Fn::Select')[Number(resolve(index, scope))];
    if (chosen === undefined) throw new Error(`Fn::Select: nothing at ${JSON.stringify(index)}`);
    return chosen;
  },
  'Fn::Sub': (argument, scope) => {
    const [pattern, variables] = Array.isArray(argument) ? list(argument, 'Fn::Sub', 2) : [argument, {}];
    const own = new Map(Object.entries(isRecord(variables) ? variables : {}));
    return text(pattern, 'Fn::Sub').replace(/\$\{([^}]+)\}/g, (_, name: string) => {
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      if (own.has(name)) return text(resolve(own.get(name), scope), 'Fn::Sub');
      return text(name.includes('.') ? scope.attribute(...attributePath(name)) : scope.ref(name), 'Fn::Sub');
    });
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second] = list(resolve(argument, scope), 'Fn::FindInMap', 3).map((part) =>
      text(part, 'Fn::FindInMap'),
    );
    return scope.mapping(map ?? '', first ?? '', second ?? '');
  },
  'Fn::Base64': (argument, scope) => Buffer.from(text(resolve(argument, scope), 'Fn::Base64')).toString('base64'),
  'Fn::If': (argument, scope) => {
    const [name, then, otherwise] = list(argument, 'Fn::If', 3);
    return resolve(scope.condition(text(name, 'Fn::If')) ? then : otherwise, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = list(resolve(argument, scope), 'Fn::Equals', 2);
    return String(left) === String(right);
  },
  'Fn::And': (argument, scope) => list(resolve(argument, scope), 'Fn::And').every((one) => one === true),
  'Fn::Or': (argument, scope) => list(resolve(argument, scope), 'Fn::Or').some((one) => one === true),
  'Fn::Not': (argument, scope) => list(resolve(argument, scope), 'Fn::Not', 1)[0] !== true,
};

/** @throws Error that names the function or the name that cannot be resolved */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => resolve(one, scope)).filter((one) => one !== noValue);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only) {
    const [name, argument] = only;
    if (name === 'Condition' && typeof argument === 'string') return scope.condition(argument);
    const intrinsic = intrinsics[name];
    if (intrinsic) return intrinsic(argument, scope);
    if (name.startsWith('Fn::')) throw new Error(`${name} is not known to the local cloud`);
  }
  return Object.fromEntries(
    entries.map(([name, one]) => [name, resolve(one, scope)] as const).filter(([, one]) => one !== noValue),
  );
}

/** The logical ids and parameters that a value refers to. */
export function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, argument]) => {
    if (name === 'Ref' && typeof argument === 'string') return [argument];
    if (name === 'Fn::GetAtt') return [attributePath(argument)[0]];
    if (name !== 'Fn::Sub') return references(argument);
    const [pattern] = Array.isArray(argument) ? list(argument, name) : [argument];
    const named = [...text(pattern, name).matchAll(/\$\{([^!}.]+)[^}]*\}/g)].map((match) => match[1] ?? '');
    return [...named, ...references(argument)];
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function attributePath(argument: unknown): [string, string] {
  const path = typeof argument === 'string' ? argument.split('.') : list(argument, 'Fn::GetAtt');
  const [logicalId, ...attribute] = path.map((part) => text(part, 'Fn::GetAtt'));
  return [logicalId ?? '', attribute.join('.')];
}

function list(value: unknown, where: string, length?: number): unknown[] {
  if (!Array.isArray(value) || (length !== undefined && value.length !== length)) {
    throw new Error(
      `${where} wants a list${length === undefined ? '' : ` of ${length}`}, not ${JSON.stringify(value)}`,
    );
  }
  return value;
}

function text(value: unknown, where: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${where} wants a text, not ${JSON.stringify(value)}`);
}
