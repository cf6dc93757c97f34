import { describe, expect, it } from 'vitest';
import { exampleConnectionsWith } from '../../support/example-connection.ts';
import { deployment, failures } from './fixture.ts';

describe('Chorus Pro’s lists', () => {
  it('are shown as they are to be written in commands and settings', async () => {
    const { steps } = await deployment().check();
    const said = (subject: string | undefined, step: string) =>
      steps.find((one) => one.step === step && one.subject === subject)?.said.fr;
    expect(said('exemption-reasons', 'code-list')).toBe('lisible : ART261, ART262, ART293B, ART298');
    expect(said('attachment-types', 'code-list')).toBe('lisible : RIB, BON_DE_COMMANDE, DIVERS, ZZZ');
    expect(said(undefined, 'bank-accounts')).toContain('Compte courant, Affacturage DE89');
    expect(said(undefined, 'bank-accounts')).toContain('Compte de l’agence');
  });

  it('call the means of payment as an accountant does, where the connection has no words of its own', async () => {
    const { steps } = await deployment(exampleConnectionsWith({ paymentMeans: {} })).check();
    expect(steps.find(({ step }) => step === 'payment-means')?.said).toEqual({
      fr: 'acceptés par Chorus Pro : virement, prélèvement, chèque, espèces, report, autre',
      en: 'accepted by Chorus Pro: credit-transfer, direct-debit, cheque, cash, carried-over, other',
    });
  });

  it.each([
    ['recuperer/typespj', 'code-list attachment-types'],
    ['recuperer/coordbanc/valides', 'bank-accounts undefined'],
  ])('may be closed to the account: %s', async (path, step) => {
    const no = JSON.stringify({ codeRetour: 20001, libelle: 'GDP_MSG_11.005' });
    const given = deployment(undefined, (url, body) => (url.endsWith(path) ? no : body));
    const { established, steps } = await given.check();
    const unread = steps.filter(({ finding }) => finding === 'list-unread');
    expect(unread.map((one) => `${one.step} ${one.subject}`)).toEqual([step]);
    expect(established).toBe(true);
  });

  it('lack an account that the settings name', async () => {
    const settings = exampleConnectionsWith({
      bankAccounts: { DE89370400440532013000: 'COMPTE COURANT', FR7630006000011234567890189: 'Compte fermé' },
    });
    const result = await deployment(settings).check();
    expect(failures(result)).toEqual({ 'bank-accounts': 'accounts-missing' });
    expect(result.steps.find(({ step }) => step === 'bank-accounts')?.said.fr).toContain(
      'absents de Chorus Pro : Compte fermé ;',
    );
  });
});
