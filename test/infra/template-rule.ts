import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { references, resourceSchema, written, type Resource } from './stacks-fixture.ts';

/** The resources of all stacks. */
export type Template = readonly Resource[];

/** The template with this resource, or what belongs to it, spoiled; undefined where there is nothing to spoil. */
export type Spoil = (resource: Resource, template: Template) => Template | undefined;

export interface Rule {
  name: string;
  of: readonly string[] | 'all';
  /** @returns what is wrong */
  holds: (resource: Resource, template: Template) => string | undefined;
  /** What breaks it, of each resource that it is about. */
  brokenBy: Readonly<Record<string, Spoil>>;
}

export const unless = (right: boolean, wrong: string): string | undefined => (right ? undefined : wrong);

/** @param path such as `Properties.Statement.0.Effect` */
export const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((inner, name) => (isRecord(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined), value);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

export const wants =
  (path: string, wanted: unknown): Rule['holds'] =>
  (resource) => {
    const is = at(resource, path);
    return unless(isDeepStrictEqual(is, wanted), `${path} is ${written(is)} and not ${written(wanted)}`);
  };

export const refersTo = (value: unknown, { id }: Resource): boolean => references(value).includes(id);

/** The resources of this type that the value refers to. */
export const referred = (template: Template, type: string, value: unknown): Resource[] => {
  const ids = references(value);
  return template.filter(({ id, Type }) => Type === type && ids.includes(id));
};

/** The resources of this type that refer to the resource. */
export const about = (template: Template, type: string, resource: Resource): Resource[] =>
  template.filter(({ Type, Properties }) => Type === type && refersTo(Properties, resource));

export const having =
  (path: string, value: unknown): Spoil =>
  (resource, template) => {
    const around = path.slice(0, path.lastIndexOf('.'));
    if (path.includes('.') && at(resource, around) === undefined) return undefined;
    const spoiled = resourceSchema.parse(put(resource, path.split('.'), value));
    return template.map((other) => (other === resource ? spoiled : other));
  };

export const without =
  (path: string): Spoil =>
  (resource, template) =>
    at(resource, path) === undefined ? undefined : having(path, undefined)(resource, template);

const listSchema = z.array(z.unknown());

function put(value: unknown, [name, ...rest]: readonly string[], to: unknown): unknown {
  if (name === undefined) return to;
  const inner = put(at(value, name), rest, to);
  const list = listSchema.safeParse(value);
  return list.success ? list.data.with(Number(name), inner) : { ...(isRecord(value) ? value : {}), [name]: inner };
}

/** Only where it is such a resource. */
export const where =
  (such: (resource: Resource, template: Template) => boolean, spoil: Spoil): Spoil =>
  (resource, template) =>
    such(resource, template) ? spoil(resource, template) : undefined;

/** Takes away the others of a type that are about the resource. */
export const alone =
  (type: string, such: (other: Resource) => boolean = () => true): Spoil =>
  (resource, template) => {
    const others = about(template, type, resource).filter(such);
    return others.length === 0 ? undefined : template.filter((other) => !others.includes(other));
  };

/** Spoils the others of a type that are about the resource. */
export const inThoseAbout =
  (type: string, spoil: Spoil): Spoil =>
  (resource, template) => {
    const others = about(template, type, resource);
    return others.length === 0
      ? undefined
      : others.reduce<Template>((spoiled, other) => spoil(other, spoiled) ?? spoiled, template);
  };
