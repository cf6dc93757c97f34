import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { physicalName } from '../names.ts';
import { alarmDescription, type Sentence } from './alarm-description.ts';

interface RelayAlarmProps {
  stage: string;
  /** Hears when it rings and when it is over. */
  topic: ITopic;
  name: string;
  /** What happened, and the first thing to do. */
  description: Sentence;
  /** The address of its runbook page. */
  runbook: string;
  metric: IMetric;
  threshold: number;
  /** On which side of the threshold it rings; the threshold itself is above. */
  rings: 'above' | 'below';
  missing: Missing;
  /** How many periods it looks at. */
  periods: number;
  /** In how many of them it must be so; in all of them if absent. */
  enough?: number | undefined;
}

/** What missing data means. For a count: no fault. For a measurement: the alarm keeps its state. */
export type Missing = keyof typeof treatments;

const treatments = {
  'is no fault': TreatMissingData.NOT_BREACHING,
  'changes nothing': TreatMissingData.IGNORE,
  'is the fault': TreatMissingData.BREACHING,
} as const;

const sides = {
  above: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  below: ComparisonOperator.LESS_THAN_THRESHOLD,
} as const;

export class RelayAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: RelayAlarmProps) {
    super(scope, id, {
      alarmName: physicalName(props.stage, props.name),
      alarmDescription: alarmDescription(props.description, props.runbook),
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: sides[props.rings],
      evaluationPeriods: props.periods,
      ...(props.enough === undefined ? {} : { datapointsToAlarm: props.enough }),
      treatMissingData: treatments[props.missing],
    });
    const action = new SnsAction(props.topic);
    this.addAlarmAction(action);
    this.addOkAction(action);
  }
}
