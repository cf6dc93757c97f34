import { describe, expect, test } from 'vitest';
import { references, resolve, type Scope } from '../../tools/local-cloud/template.ts';

const known: Record<string, unknown> = { Queue: 'http://queue', 'AWS::Region': 'eu-west-3', Azs: ['a', 'b'] };
const scope: Scope = {
  ref: (name) => known[name],
  attribute: (logicalId, attribute) => `${logicalId}#${attribute}`,
  exported: (name) => `exported ${name}`,
};

describe('intrinsic functions of a template', () => {
  test.each([
    ['Ref', { Ref: 'Queue' }, 'http://queue'],
    ['Fn::GetAtt', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Queue#Arn'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, 3]] }, 'a-eu-west-3-3'],
    ['Fn::Split', { 'Fn::Split': ['/', { Ref: 'Queue' }] }, ['http:', '', 'queue']],
    ['Fn::Select', { 'Fn::Select': [1, { Ref: 'Azs' }] }, 'b'],
    ['Fn::Select of Fn::Split', { 'Fn::Select': ['2', { 'Fn::Split': ['/', { Ref: 'Queue' }] }] }, 'queue'],
    ['Fn::Sub', { 'Fn::Sub': 'assets-${AWS::Region}' }, 'assets-eu-west-3'],
    ['Fn::ImportValue', { 'Fn::ImportValue': 'data:table' }, 'exported data:table'],
    [
      'the condition of a policy',
      { Condition: { Bool: { secure: 'false' } } },
      { Condition: { Bool: { secure: 'false' } } },
    ],
  ])('%s', (_, value, expected) => {
    expect(resolve(value, scope)).toEqual(expected);
  });

  test.each(['Fn::If', 'Fn::FindInMap', 'Fn::Cidr'])('%s, which no template of ours uses, is an error', (name) => {
    expect(() => resolve({ [name]: [] }, scope)).toThrow(name);
  });

  test('the names that a value refers to', () => {
    const value = {
      a: { Ref: 'One' },
      b: [{ 'Fn::GetAtt': ['Two', 'Arn'] }],
    };
    expect(references(value)).toEqual(['One', 'Two']);
  });
});
