/** Who may sign in at the desk of this machine, and what the connections say of them. */
import type { ConnectionFile } from '../../infra/connection-files.ts';
import { deskSetting } from '../../shared/connection/desk-setting.ts';
import type { LocalPerson } from './issuer.ts';

const address = (name: string) => `${name}@poste.example`;

export const localPeople: readonly LocalPerson[] = [
  {
    claims: { sub: 'local-1', name: 'Camille Comptable', email: address('comptable') },
    about: { fr: 'voit toutes les connexions et peut agir', en: 'sees all connections and may act' },
  },
  {
    claims: { sub: 'local-2', name: 'Dominique Direction', groups: ['direction locale'] },
    about: { fr: 'voit toutes les connexions, sans pouvoir agir', en: 'sees all connections and may not act' },
  },
  {
    claims: { sub: 'local-3', name: 'Sacha Stagiaire', email: address('stagiaire') },
    about: { fr: 'ne voit aucune connexion', en: 'sees no connection' },
  },
];

/** Adds the people of this machine to those that a connection's file names. */
export function withLocalPeople({ settings, given }: ConnectionFile): ConnectionFile {
  const { read = [], act = [] } = settings.desk ?? {};
  const desk = deskSetting.parse({ read: [...read, 'group:direction locale'], act: [...act, address('comptable')] });
  return { settings: { ...settings, desk }, given: { ...given, desk } };
}
