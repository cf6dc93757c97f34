/** Under this name the desk remembers who asked for what about a record, before it sends the command. */
export const deskActions = (about: string): string => `desk-actions#${about}`;
