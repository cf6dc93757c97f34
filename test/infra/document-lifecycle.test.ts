import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { statementsOf } from './policy-statements.ts';
import { ofType, stacksOf } from './stacks-fixture.ts';

const ruleSchema = z.object({
  Prefix: z.string().default(''),
  Status: z.literal('Enabled'),
  ExpirationInDays: z.number().default(Infinity),
  NoncurrentVersionExpiration: z
    .object({ NoncurrentDays: z.number() })
    .default({ NoncurrentDays: Infinity })
    .transform(({ NoncurrentDays }) => NoncurrentDays),
  ExpiredObjectDeleteMarker: z.boolean().default(false),
});
const bucketSchema = z.object({ LifecycleConfiguration: z.object({ Rules: z.array(ruleSchema) }) });
type Rule = z.infer<typeof ruleSchema>;

const rulesOf = async (context: Record<string, unknown> = {}): Promise<Rule[]> => {
  const [bucket] = ofType((await stacksOf('test', context)).all, 'AWS::S3::Bucket');
  return bucketSchema.parse(bucket?.Properties).LifecycleConfiguration.Rules;
};

const dayMs = 86_400_000;
/** S3 counts whole days, and acts at the next midnight (UTC). [AWS: lifecycle rules, based on an object's age] */
const after = (instant: Date, days: number): Date =>
  new Date((Math.floor(instant.getTime() / dayMs) + days + 1) * dayMs);
const earlier = (a: Date, b: Date): Date => (a < b ? a : b);

/** When a version is gone for good, if it is replaced, or deleted without naming its version, on a day of its life. */
function goneOn(rules: readonly Rule[], key: string, written: Date, replaced?: Date): string {
  const own = rules.filter(({ Prefix }) => key.startsWith(Prefix));
  const days = (of: (rule: Rule) => number) => Math.min(...own.map(of));
  // An expired version is not gone: S3 puts a delete marker before it.
  const expired = after(
    written,
    days(({ ExpirationInDays }) => ExpirationInDays),
  );
  const noncurrent = replaced ? earlier(expired, replaced) : expired;
  return after(
    noncurrent,
    days(({ NoncurrentVersionExpiration }) => NoncurrentVersionExpiration),
  )
    .toISOString()
    .slice(0, 10);
}

const written = new Date('2026-11-26T09:00:00Z');

describe('how long a version in the document store lives', () => {
  it.each([
    { key: 'documents/abc', leftAlone: '2037-02-26', replaced: '2027-03-02' },
    { key: 'received/example/2026-11-26/m.json', leftAlone: '2037-02-26', replaced: '2027-03-02' },
    { key: 'incoming/example/a.pdf', leftAlone: '2027-03-28', replaced: '2027-01-01' },
    { key: 'fetched/example/abc/a.pdf', leftAlone: '2027-03-28', replaced: '2027-01-01' },
  ])('$key: until $leftAlone, or $replaced if it was replaced or deleted', async ({ key, leftAlone, replaced }) => {
    const rules = await rulesOf();
    expect(goneOn(rules, key, written)).toBe(leftAlone);
    expect(goneOn(rules, key, written, new Date('2026-12-01T10:00:00Z'))).toBe(replaced);
  });

  it('as many years as the context says, and not twice as many', async () => {
    expect(goneOn(await rulesOf({ retentionYears: '2' }), 'documents/abc', written)).toBe('2029-02-26');
    expect(goneOn(await rulesOf({ retentionYears: '30' }), 'documents/abc', written)).toBe('2057-02-26');
  });

  it('and no delete marker stays behind', async () => {
    const markers = (await rulesOf()).filter(({ ExpiredObjectDeleteMarker }) => ExpiredObjectDeleteMarker);
    expect(markers).toMatchObject([{ Prefix: '', ExpirationInDays: Infinity }]);
  });
});

it('nobody deletes an original before its term, unless the policy of the bucket is changed first', async () => {
  const { all } = await stacksOf('test');
  const denied = statementsOf(ofType(all, 'AWS::S3::BucketPolicy')).filter(
    ({ effect, actions }) => effect === 'Deny' && actions.includes('s3:DeleteObject'),
  );
  expect(denied).toMatchObject([{ principal: '{"AWS":"*"}', actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'] }]);
  for (const folder of ['documents', 'received']) expect(JSON.stringify(denied)).toContain(`/${folder}/*`);
  for (const folder of ['incoming', 'fetched']) expect(JSON.stringify(denied)).not.toContain(`/${folder}/`);
});
