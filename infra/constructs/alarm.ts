import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { physicalName } from '../names.ts';

interface RelayAlarmProps {
  stage: string;
  /** Where it rings, and tells that it is over. */
  topic: ITopic;
  name: string;
  /** What happened, and the first thing to do. */
  description: string;
  metric: IMetric;
  /** It rings at this value and above. */
  threshold: number;
  /** A counter that nobody raised is not a fault; a measure that did not come says nothing new. */
  missing: 'is no fault' | 'changes nothing';
}

const treatments = {
  'is no fault': TreatMissingData.NOT_BREACHING,
  'changes nothing': TreatMissingData.IGNORE,
} as const;

export class RelayAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: RelayAlarmProps) {
    super(scope, id, {
      alarmName: physicalName(props.stage, props.name),
      alarmDescription: props.description,
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: treatments[props.missing],
    });
    const action = new SnsAction(props.topic);
    this.addAlarmAction(action);
    this.addOkAction(action);
  }
}
