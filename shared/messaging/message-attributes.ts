/** Attributes of a message, which SNS and SQS write in the same way. */

const attributeType = 'String';

/** SQS counts an attribute's name, type and value. */
export const attributeBytes = (said: Readonly<Record<string, string>>): number =>
  Object.entries(said).reduce((sum, [name, value]) => sum + Buffer.byteLength(`${name}${attributeType}${value}`), 0);

export const attributesOf = (said: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(said).map(([name, StringValue]) => [name, { DataType: attributeType, StringValue }]),
  );
