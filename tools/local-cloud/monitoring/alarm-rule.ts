/** The rule of a composite alarm. [AWS: PutCompositeAlarm, AlarmRule] */
import type { AlarmState } from './metric-alarm.ts';

/** The state of an alarm, by its name. */
type StateOf = (name: string) => AlarmState;
export type Rule = (stateOf: StateOf) => boolean;

const tokens = /\s*("[^"]*"|[()]|[^\s()"]+)/y;

/** AND binds more tightly than OR. @throws Error that quotes what it does not understand */
export function alarmRule(text: string): Rule {
  const left = [...text.trim().matchAll(new RegExp(tokens, 'gy'))].map(([, token = '']) => token);
  const take = (wanted?: string): string => {
    const token = left.shift() ?? 'its end';
    if (wanted !== undefined && token !== wanted) throw new Error(`${token} where ${wanted} should be in ${text}`);
    return token;
  };

  const either = (): Rule => joined('OR', both, (rules, stateOf) => rules.some((rule) => rule(stateOf)));
  const both = (): Rule => joined('AND', one, (rules, stateOf) => rules.every((rule) => rule(stateOf)));
  function joined(word: string, part: () => Rule, holds: (rules: Rule[], stateOf: StateOf) => boolean): Rule {
    const rules = [part()];
    while (left[0] === word) {
      take(word);
      rules.push(part());
    }
    return (stateOf) => holds(rules, stateOf);
  }

  function one(): Rule {
    const token = take();
    switch (token) {
      case '(': {
        const rule = either();
        take(')');
        return rule;
      }
      case 'NOT': {
        const rule = one();
        return (stateOf) => !rule(stateOf);
      }
      case 'TRUE':
      case 'FALSE':
        return () => token === 'TRUE';
      case 'OK':
      case 'ALARM':
      case 'INSUFFICIENT_DATA': {
        take('(');
        const name = alarmNamed(take());
        take(')');
        return (stateOf) => stateOf(name) === token;
      }
      default:
        throw new Error(`the local CloudWatch does not understand ${token} in ${text}`);
    }
  }

  const rule = either();
  if (left.length > 0) throw new Error(`the local CloudWatch does not understand ${left.join(' ')} in ${text}`);
  return rule;
}

/** An alarm is named by its name or by its ARN, in quotation marks or not. */
const alarmNamed = (token: string): string => token.replaceAll('"', '').replace(/^arn:.*[:/]/, '');
