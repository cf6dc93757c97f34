import { beforeAll, describe, expect, it } from 'vitest';
import { statementsOf } from './policy-statements.ts';
import { stacksOf } from './stacks-fixture.ts';
import type { Spoil, Template } from './template-rule.ts';
import { acknowledgedStars, isStar } from './template-rules-stars.ts';
import { asked, breaches, isAbout, rules } from './template-rules.ts';

const company = { companies: [{ name: 'Duval', siret: '99910001900010' }] };
const connection = {
  ...company,
  label: 'Duval',
  environment: 'production',
  contacts: ['compta@example.org'],
  morningMail: [{ to: 'compta@example.org' }],
};

/** As it comes, and with all that the context can say. */
const stages = {
  qualification: () => stacksOf('qualification'),
  production: () =>
    stacksOf(
      'production',
      {
        alarmEmails: ['ops@example.org'],
        chorusProUrl: 'https://api.example.org/cpro',
        pisteTokenUrl: 'https://oauth.example.org/api/oauth/token',
        runbookBaseUrl: 'https://git.example.org/runbooks',
      },
      { duval: connection, 'duval-nord': { ...connection, inbox: 'own' } },
    ),
};

describe.each(Object.entries(stages))('the template of %s', (_, synthesised) => {
  let template: Template;
  beforeAll(async () => {
    template = (await synthesised()).all;
  });

  it.each(rules)('has nothing but what $name', (rule) => {
    expect(breaches(rule, template)).toEqual([]);
  });

  it('has resources of every type that a rule names, or the list of those without', () => {
    const named = [...Object.keys(asked), ...rules.flatMap(({ of }) => (of === 'all' ? [] : of))];
    expect(new Set(named)).toEqual(new Set(template.map(({ Type }) => Type)));
  });

  it('has no logical id in two stacks, which a reference could not tell apart', () => {
    expect(new Set(template.map(({ id }) => id)).size).toBe(template.length);
  });

  it('needs each star that is acknowledged', () => {
    const stars = statementsOf(template).filter(isStar);
    for (const { why, holds } of acknowledgedStars) expect(stars.some(holds), why).toBe(true);
  });
});

describe('the rules', () => {
  let template: Template;
  beforeAll(async () => {
    template = (await stages.qualification()).all;
  });

  it('have each a name of their own, and something that breaks them', () => {
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
    expect(rules.filter(({ brokenBy }) => Object.keys(brokenBy).length === 0)).toEqual([]);
  });

  const spoils = rules.flatMap((rule) =>
    Object.entries(rule.brokenBy).map(([what, spoil]) => ({ rule, name: rule.name, what, spoil })),
  );

  /** The template spoiled at each resource in turn. */
  const spoiledAt = (spoil: Spoil, such: (resource: Template[number]) => boolean) =>
    template.filter(such).flatMap((resource) => {
      const spoiled = spoil(resource, template);
      return spoiled ? [{ id: resource.id, spoiled }] : [];
    });

  it.each(spoils)('blame a resource for what breaks "$name": $what', ({ rule, spoil }) => {
    const all = spoiledAt(spoil, (resource) => isAbout(rule, resource));
    expect(all).not.toEqual([]);
    for (const { id, spoiled } of all) expect(breaches(rule, spoiled).map((breach) => breach.id)).toContain(id);
  });
});
