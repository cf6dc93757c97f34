/**
 * Lets credentials that nobody has seen accepted through one call at a time: ten invoices at once with a wrong password would
 * be ten failed logins, and a locked account. Once they are proven, everything goes side by side.
 */
export class Proving {
  private proven: string | undefined;
  private turn: Promise<undefined> = Promise.resolve(undefined);

  isProven(version: string): boolean {
    return this.proven === version;
  }

  /** @param work is told nothing, and says whether the credentials were accepted, refused, or neither came up */
  async run<T>(version: string, work: () => Promise<{ result: T; accepted: boolean | undefined }>): Promise<T> {
    if (this.proven === version) return this.noted(version, work);
    const before = this.turn;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const next = () => resolve(undefined);
    this.turn = promise;
    await before;
    // Whoever went before may have proven them meanwhile: then nobody need wait for us.
    if (this.proven === version) next();
    return this.noted(version, work).finally(next);
  }

  private async noted<T>(
    version: string,
    work: () => Promise<{ result: T; accepted: boolean | undefined }>,
  ): Promise<T> {
    const { result, accepted } = await work();
    if (accepted) this.proven = version;
    else if (accepted === false && this.proven === version) this.proven = undefined;
    return result;
  }
}
