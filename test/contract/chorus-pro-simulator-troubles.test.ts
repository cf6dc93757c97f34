import { expect, onTestFinished, test } from 'vitest';
import { exampleClient, supplierId, tokenRequest } from '../../tools/chorus-pro-simulator/example-client.ts';
import {
  createChorusPro,
  drivenClock,
  makeTrouble,
  SUPPLIERS,
  TROUBLES,
  type ChorusPro,
  type TroubleName,
} from '../../tools/chorus-pro-simulator/index.ts';
import { startChorusProServer } from '../../tools/chorus-pro-simulator/server.ts';

const start = Date.UTC(2026, 10, 23, 9);
const own = 'transverses/recuperer/structures/actives/fournisseur';

const token = (model: ChorusPro) => model.handle(tokenRequest());
const suppliers = (model: ChorusPro) => exampleClient(model).call(own);
const search = (model: ChorusPro) =>
  exampleClient(model).call('structures/rechercher', { structure: { identifiantStructure: SUPPLIERS.agency } });
const services = (model: ChorusPro) => {
  const client = exampleClient(model);
  return client.call('structures/rechercher/services', { idStructure: supplierId(client, SUPPLIERS.agency) });
};
const spaces = (model: ChorusPro) => {
  const structure = { identifiantStructure: SUPPLIERS.agency };
  const paging = { nbResultatsParPage: 1, pageResultatDemandee: 2 };
  return exampleClient(model).call('structures/rechercher/espaces', { structure, parametresRechercherEspaces: paging });
};
const validationSpace = (model: ChorusPro) => {
  const structure = { identifiantStructure: SUPPLIERS.agency };
  const paging = { nbResultatsParPage: 1, pageResultatDemandee: 3 };
  return exampleClient(model).call('structures/rechercher/espaces', { structure, parametresRechercherEspaces: paging });
};
const having = (part: object): unknown => expect.objectContaining(part);
const without = (part: object): unknown => expect.not.arrayContaining([having(part)]);

/** How each of them looks from outside, according to the public sources. */
const looks: Record<TroubleName, [(model: ChorusPro) => unknown, object]> = {
  'application-deleted': [token, { status: 400, body: '{"error":"invalid_client"}' }],
  'secret-renewed': [token, { status: 400, body: '{"error":"invalid_client"}' }],
  'password-renewed': [suppliers, { status: 401 }],
  'password-expired': [suppliers, { status: 401 }],
  'api-not-subscribed': [(model) => exampleClient(model).call('factures/rechercher/fournisseur'), { status: 403 }],
  'works-api-not-subscribed': [
    (model) => exampleClient(model).call('facturesTravaux/rechercher', { roleUtilisateur: 'FOURNISSEUR' }),
    { status: 403 },
  ],
  'works-space-closed': [spaces, { body: { listeEspace: [having({ etatCourant: 'SUPPRIME' })] } }],
  'works-space-read-only': [
    spaces,
    { body: { listeEspace: [having({ typeHabilitation: 'CONSULTATION_UNIQUEMENT' })] } },
  ],
  'validation-space-closed': [
    (model) =>
      exampleClient(model).call('factures/rechercher/aTraiter/valideur', {
        ...{ typeIdentifiantStructure: 'SIRET', identifiantStructure: SUPPLIERS.agency },
      }),
    { body: { codeRetour: 20001, libelle: 'GDP_MSG_11.005' } },
  ],
  'validation-space-read-only': [
    validationSpace,
    { body: { listeEspace: [having({ typeHabilitation: 'CONSULTATION_UNIQUEMENT' })] } },
  ],
  'no-raccordement': [suppliers, { body: { codeRetour: 20001, libelle: 'GDP_MSG_11.005' } }],
  'structure-unknown': [search, { body: { codeRetour: 0, listeStructures: [] } }],
  'structure-inactive': [search, { body: { listeStructures: [having({ statut: 'INACTIVE' })] } }],
  'structure-detached': [suppliers, { body: { listeStructures: without({ identifiant: SUPPLIERS.agency }) } }],
  'service-inactive': [services, { body: { listeServices: [having({ estActif: false })] } }],
};

const isTrouble = (name: string): name is TroubleName => name in TROUBLES;

test.each(Object.keys(looks).filter(isTrouble))('%s is seen, and can be undone', (name) => {
  const model = createChorusPro({ clock: drivenClock({ start }) });
  const [look, expected] = looks[name];
  expect(look(model)).not.toMatchObject(expected);
  const mend = makeTrouble(model.world, name, start);
  expect(look(model)).toMatchObject(expected);
  mend();
  expect(look(model)).not.toMatchObject(expected);
});

test('several are caused in a running simulator, and undone at once', async () => {
  const model = createChorusPro({ clock: drivenClock({ start }) });
  const server = await startChorusProServer({ model });
  onTestFinished(() => server.close());
  const order = async (trouble: string | null) => {
    const reply = await fetch(`${server.url}/simulator/trouble`, {
      method: 'POST',
      body: JSON.stringify({ trouble }),
    });
    return { status: reply.status, said: await reply.text() };
  };
  expect(await order('service-inactive')).toMatchObject({ status: 200 });
  expect(await order('no-raccordement')).toMatchObject({ status: 200 });
  expect(suppliers(model)).toMatchObject({ body: { codeRetour: 20001 } });
  const { said } = await order('secret-renewed');
  expect(said).toContain('"clientSecret":"fa4efa4e-0000-4000-8000-0000000000cc"');
  expect(await order(null)).toMatchObject({ status: 200 });
  expect(services(model)).toMatchObject({ body: { listeServices: [having({ estActif: true })] } });
  expect(await order('rain')).toMatchObject({ status: 400 });
});
