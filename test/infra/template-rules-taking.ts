import { at, about, having, referred, unless, wants, where, without, type Rule } from './template-rule.ts';
import type { Resource } from './stacks-fixture.ts';
import { queueOf, takesMessages } from './template-rules-messages.ts';

const alarm = 'AWS::CloudWatch::Alarm';
const countsCalls = (one: Resource): boolean => at(one, 'Properties.MetricName') === 'Invocations';

/** What is taken from a queue is taken once, and nothing keeps a connection from its turn unseen. */
export const takingRules: readonly Rule[] = [
  {
    name: 'takes turns one by one, and an alarm rings if it takes none',
    of: ['AWS::Lambda::EventSourceMapping'],
    holds: (taken, template) => {
      if (takesMessages(taken, template)) return undefined;
      const [alias] = referred(template, 'AWS::Lambda::Alias', at(taken, 'Properties.FunctionName'));
      const [called] = referred(template, 'AWS::Lambda::Function', at(alias, 'Properties.FunctionName'));
      const silent = called
        ? about(template, alarm, called).filter(
            (one) => countsCalls(one) && at(one, 'Properties.TreatMissingData') === 'breaching',
          )
        : [];
      return unless(silent.length > 0 && at(taken, 'Properties.BatchSize') === 1, 'one turn may hold up others');
    },
    brokenBy: {
      'two at once': where((taken, template) => !takesMessages(taken, template), having('Properties.BatchSize', 2)),
      'no alarm': where(
        (taken, template) => !takesMessages(taken, template),
        (_taken, template) => template.filter((other) => !countsCalls(other)),
      ),
    },
  },
  {
    name: 'hides a message for six times as long as its function may run',
    of: ['AWS::Lambda::EventSourceMapping'],
    holds: (mapping, template) => {
      const queue = queueOf(mapping, template);
      const [alias] = referred(template, 'AWS::Lambda::Alias', at(mapping, 'Properties.FunctionName'));
      const [called] = referred(template, 'AWS::Lambda::Function', at(alias ?? mapping, 'Properties.FunctionName'));
      const [hidden, runs] = [at(queue, 'Properties.VisibilityTimeout'), at(called, 'Properties.Timeout')];
      return unless(Number(hidden) >= 6 * Number(runs), 'a message comes again while it is worked on');
    },
    brokenBy: {
      'a queue that hides for a minute': (mapping, template) => {
        const queue = queueOf(mapping, template);
        return queue && having('Properties.VisibilityTimeout', 60)(queue, template);
      },
      'a function that nobody knows': having('Properties.FunctionName', 'other'),
    },
  },
  {
    name: 'gives back only the messages that failed',
    of: ['AWS::Lambda::EventSourceMapping'],
    holds: (taken, template) =>
      at(taken, 'Properties.BatchSize') === 1
        ? undefined
        : wants('Properties.FunctionResponseTypes', ['ReportBatchItemFailures'])(taken, template),
    brokenBy: { 'all or nothing': where(takesMessages, without('Properties.FunctionResponseTypes')) },
  },
];
