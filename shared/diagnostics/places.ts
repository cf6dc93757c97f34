/**
 * Where what a check finds is mended: which portal, which menu. The menus are those of an ERP vendor's set-up guide of 2020
 * [V-3P]: screens may have moved.
 */
export const places = {
  'piste-oauth': {
    fr: 'PISTE (piste.gouv.fr), Applications → votre application → « Identifiants Oauth » ; puis npm run credentials -- {connection}',
    en: 'PISTE (piste.gouv.fr), Applications → your application → "Identifiants Oauth"; then npm run credentials -- {connection}',
  },
  'piste-apis': {
    fr: 'PISTE (piste.gouv.fr), « Consentement CGU API » (lignes {rows}), puis Applications → votre application → « Sélectionner les API »',
    en: 'PISTE (piste.gouv.fr), "Consentement CGU API" (rows {rows}), then Applications → your application → "Sélectionner les API"',
  },
  'technical-account': {
    fr: 'Chorus Pro, Activités du gestionnaire → Mes structures → crayon « Modifier la fiche structure » (utilisateur technique) ; puis npm run credentials -- {connection}',
    en: 'Chorus Pro, Activités du gestionnaire → Mes structures → pencil "Modifier la fiche structure" (technical user); then npm run credentials -- {connection}',
  },
  raccordement: {
    fr: 'Chorus Pro, Raccordement EDI et API → Gérer raccordement API → « Déclarer un raccordement PISTE » : l’état doit être « Actif »',
    en: 'Chorus Pro, Raccordement EDI et API → Gérer raccordement API → "Déclarer un raccordement PISTE": it must show "Actif"',
  },
  spaces: {
    fr: 'Chorus Pro, Activités du gestionnaire → Mes structures → crayon → « Liste des espaces de la structure » → « Ajouter des espaces »',
    en: 'Chorus Pro, Activités du gestionnaire → Mes structures → pencil → "Liste des espaces de la structure" → "Ajouter des espaces"',
  },
  structure: {
    fr: 'Chorus Pro, Activités du gestionnaire → Mes structures ; ou le SIRET dans connections/{connection}.json',
    en: 'Chorus Pro, Activités du gestionnaire → Mes structures; or the SIRET in connections/{connection}.json',
  },
  service: {
    fr: 'Chorus Pro, Activités du gestionnaire → Mes structures → la fiche de la structure ; ou "service" dans connections/{connection}.json',
    en: 'Chorus Pro, Activités du gestionnaire → Mes structures → the structure; or "service" in connections/{connection}.json',
  },
  settings: {
    fr: 'connections/{connection}.json, nommée dans cdk.json, puis npx cdk deploy --all',
    en: 'connections/{connection}.json, named in cdk.json, then npx cdk deploy --all',
  },
  credentials: {
    fr: 'npm run credentials -- {connection}',
    en: 'npm run credentials -- {connection}',
  },
  later: {
    fr: 'rien à corriger chez vous : recommencez plus tard',
    en: 'nothing of yours to mend: try again later',
  },
} as const;

export type Place = keyof typeof places;
