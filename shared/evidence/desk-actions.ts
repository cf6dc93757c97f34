import * as z from 'zod';

/** Under this name the desk remembers who asked for what about a record, before it sends the command. */
export const deskActions = (about: string): string => `desk-actions#${about}`;

/** As much of what the desk noted as an invoice's life says of it. */
export interface DeskAction {
  at: string;
  name: string;
  type: string;
  /** Of the command on the queue; absent if it was not sent, or if that could not be noted. */
  messageId?: string | undefined;
}

const notedSchema = z.looseObject({
  requests: z.array(
    z.object({
      ...{ at: z.string(), name: z.string(), type: z.string(), messageId: z.string().optional() },
      failed: z.boolean().optional(),
    }),
  ),
});

/** Those that were sent. @param noted as the memory has it: of another version there may be nothing to read */
export const actionsIn = (noted: unknown): readonly DeskAction[] =>
  notedSchema.safeParse(noted).data?.requests.filter(({ failed }) => !failed) ?? [];
