import { describe, expect, test } from 'vitest';
import { references, resolve, type Scope } from '../../tools/local-cloud/intrinsics.ts';
import { sortByDependency } from '../../tools/local-cloud/template.ts';

const known: Record<string, unknown> = { Queue: 'http://queue', 'AWS::Region': 'eu-west-3', Azs: ['a', 'b'] };
const scope: Scope = {
  ref: (name) => known[name],
  attribute: (logicalId, attribute) => `${logicalId}#${attribute}`,
  exported: (name) => `exported ${name}`,
  condition: (name) => name === 'Yes',
  mapping: (map, first, second) => `${map}/${first}/${second}`,
};

describe('the functions of a template', () => {
  test.each([
    ['Ref', { Ref: 'Queue' }, 'http://queue'],
    ['Fn::GetAtt, a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Queue#Arn'],
    ['Fn::GetAtt, a text', { 'Fn::GetAtt': 'Queue.Nested.Arn' }, 'Queue#Nested.Arn'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, 3]] }, 'a-eu-west-3-3'],
    ['Fn::Split', { 'Fn::Split': ['/', { Ref: 'Queue' }] }, ['http:', '', 'queue']],
    ['Fn::Select', { 'Fn::Select': [1, { Ref: 'Azs' }] }, 'b'],
    ['Fn::Select of Fn::Split', { 'Fn::Select': ['2', { 'Fn::Split': ['/', { Ref: 'Queue' }] }] }, 'queue'],
    ['Fn::Sub', { 'Fn::Sub': '${AWS::Region}/${Queue.Arn}/${!Literal}' }, 'eu-west-3/Queue#Arn/${Literal}'],
    ['Fn::Sub with variables', { 'Fn::Sub': ['${Own}', { Own: { Ref: 'Queue' } }] }, 'http://queue'],
    ['Fn::ImportValue', { 'Fn::ImportValue': 'data:table' }, 'exported data:table'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Regions', { Ref: 'AWS::Region' }, 'arn'] }, 'Regions/eu-west-3/arn'],
    ['Fn::If', { 'Fn::If': ['Yes', { Ref: 'Queue' }, 'no'] }, 'http://queue'],
    ['Fn::If, otherwise', { 'Fn::If': ['No', 'yes', { Ref: 'AWS::Region' }] }, 'eu-west-3'],
    ['conditions', { 'Fn::Or': [{ 'Fn::Equals': ['a', 'b'] }, { 'Fn::Not': [{ Condition: 'No' }] }] }, true],
    ['Fn::And', { 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] }, false],
    [
      'what has no value',
      { kept: 1, dropped: { Ref: 'AWS::NoValue' }, list: [{ Ref: 'AWS::NoValue' }] },
      { kept: 1, list: [] },
    ],
    [
      'the condition of a policy',
      { Condition: { Bool: { secure: 'false' } } },
      { Condition: { Bool: { secure: 'false' } } },
    ],
  ])('%s', (_, value, expected) => {
    expect(resolve(value, scope)).toEqual(expected);
  });

  test('an unknown function is an error that names it', () => {
    expect(() => resolve({ 'Fn::Cidr': [] }, scope)).toThrow('Fn::Cidr');
  });

  test('what a value refers to', () => {
    const value = {
      a: { Ref: 'One' },
      b: [{ 'Fn::GetAtt': ['Two', 'Arn'] }],
      c: { 'Fn::Sub': '${Three.Arn} ${Four} ${!Not}' },
    };
    expect(references(value)).toEqual(['One', 'Two', 'Three', 'Four']);
  });
});

test('what depends on something comes after it, and a circle is named', () => {
  const needs: Record<string, string[]> = { a: ['b'], b: ['c'], c: [], x: ['y'], y: ['x'] };
  expect(sortByDependency(['a', 'b', 'c'], (id) => needs[id] ?? [])).toEqual(['c', 'b', 'a']);
  expect(() => sortByDependency(['x'], (id) => needs[id] ?? [])).toThrow('x → y → x');
});
