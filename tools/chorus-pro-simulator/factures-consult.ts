/** Reads of one invoice: consulter/fournisseur, consulter/historique and telecharger/groupe. */
import { crc32 } from 'node:zlib';
import * as z from 'zod';
import { past, type Change } from './lifecycle.ts';
import { onInvoice, operation, ownInvoice, type Call } from './operation.ts';
import { LIMITS } from './options.ts';
import { done, type Outcome } from './replies.ts';
import { id, langue, optionalId, page } from './schemas.ts';
import { shownStatus, statusAt, type Invoice, type State } from './state.ts';
import { dayAndMinute, isoDay } from './time.ts';
import { neighbours } from './works-life.ts';

const worksParties = ({ works, recipient }: Invoice) =>
  works && {
    idMoe: works.manager?.id ?? null,
    identifiantMoe: works.manager?.siret ?? null,
    idMoa: recipient.id,
    identifiantMoa: recipient.siret,
  };

/** The documents before and after it in its billing file; the spelling is AIFE's [V-AIFE]. */
function worksNeighbours({ state, now }: Call, invoice: Invoice) {
  if (!invoice.works) return null;
  const { previous, next } = neighbours(state, invoice, now);
  return {
    piecePrecedente: previous && {
      idPiecePrecedente: previous.id,
      numeroPiecePrecedente: previous.number,
      cadreFacturationPiecePrecedente: previous.frame,
    },
    pieceSuivante: next && {
      idPieceSuivante: next.id,
      numeroPieceSuiante: next.number,
      cadreFacturationPieceSuivante: next.frame,
    },
  };
}

/** The main fields of the reply. AIFE's has more than a hundred, most of them null for an invoice such as ours. */
const consult = operation({
  path: '/cpro/factures/v1/consulter/fournisseur',
  schema: z.strictObject({ idUtilisateurCourant: optionalId, identifiantFactureCPP: id, codeLangue: langue }),
  run: (call, { identifiantFactureCPP }) =>
    onInvoice(call, identifiantFactureCPP, (invoice) => {
      const { supplier, recipient, validator, amounts } = invoice;
      return done({
        facture: {
          identifiantFactureCPP: invoice.id,
          numeroFacture: invoice.number,
          statutFacture: statusAt(invoice, call.now),
          modeDepot: invoice.mode,
          rejetTraite: invoice.rejectionHandledAt !== null,
          destinataire: { codeDestinataire: recipient.siret, codeServiceExecutant: invoice.serviceCode },
          fournisseur: { idFournisseur: supplier.id, codeFournisseur: supplier.siret },
          cadreDeFacturation: {
            codeCadreFacturation: invoice.frame,
            codeValideur1: validator?.siret ?? null,
            ...worksParties(invoice),
          },
          ...worksNeighbours(call, invoice),
          references: {
            dateFacture: invoice.date,
            dateDepot: isoDay(invoice.acceptedAt),
            typeFacture: invoice.type,
            numeroMarche: invoice.market,
            numeroBonCommande: invoice.commitment,
          },
          montantTotal: {
            montantHtTotal: amounts.net,
            montantTVA: amounts.vat,
            montantTtcTotal: amounts.gross,
            montantAPayer: amounts.due,
          },
          listeDesPiecesJointes: {
            pieceJointe: invoice.attachments.map(({ documentId, linkId, designation, type }) => ({
              pieceJointeTypeCode: type,
              pieceJointeDesignation: designation,
              pieceJointeIdLiaison: linkId,
              pieceJointeId: documentId,
              pieceJointeExtension: call.state.documents.get(documentId)?.extension ?? null,
            })),
          },
          commentaire: invoice.comment,
        },
      });
    }),
});

/** Made up, and recognisable: if one of these is found in a log, an event or the ledger, personal data has leaked. */
export const CONFIDENTIAL_AGENTS = [
  { prenom: 'Camille', nom: 'CONFIDENTIEL-UN', email: 'agent.confidentiel@commune.example', telephone: '0199000001' },
  {
    prenom: 'Dominique',
    nom: 'CONFIDENTIEL-DEUX',
    email: 'agent.confidentiel2@commune.example',
    telephone: '0199000002',
  },
] as const;

const NO_AGENT = { prenom: null, nom: null, email: null, telephone: null };

/** `YYYY-MM-DD HH:mm` here, while the search has instants with milliseconds [V-3P: forms differ by service]. */
function historyRow(state: State, invoice: Invoice, { at, status, comment, byAgent }: Change, rank: number) {
  const agent = byAgent ? (CONFIDENTIAL_AGENTS[rank % CONFIDENTIAL_AGENTS.length] ?? NO_AGENT) : NO_AGENT;
  return {
    histoStatutId: invoice.id * 100 + rank,
    histoStatutCode: shownStatus(state, status),
    histoStatutDatePassage: dayAndMinute(at),
    histoStatutCommentaire: comment,
    histoStatutUtilisateurPrenom: agent.prenom,
    histoStatutUtilisateurNom: agent.nom,
    histoStatutUtilisateurEmail: agent.email,
    histoStatutUtilisateurTelephone: agent.telephone,
  };
}

/** The list of statuses spells its paging in its own way [V-AIFE]; events and actions are not simulated. */
const history = operation({
  path: '/cpro/factures/v1/consulter/historique',
  schema: z.strictObject({
    idUtilisateurCourant: optionalId,
    idFacture: id,
    nbResultatsMaximum: z.int32().min(1).optional(),
    paramRechercheHistoStatuts: z
      .strictObject({
        pageResultatDemandeeListeHistoStatut: z.int().min(1).optional(),
        nbResultatsParPageListeHistoStatut: z.int().min(1).optional(),
      })
      .default({}),
  }),
  run: (call, { idFacture, nbResultatsMaximum, paramRechercheHistoStatuts: asked }) =>
    onInvoice(call, idFacture, (invoice) => {
      const all = past(invoice.timeline, call.now).map((change, rank) => historyRow(call.state, invoice, change, rank));
      const { rows, parametresRetour } = page(all.slice(0, nbResultatsMaximum), {
        pageResultatDemandee: asked.pageResultatDemandeeListeHistoStatut,
        nbResultatsParPage: asked.nbResultatsParPageListeHistoStatut,
      });
      return done({
        idFacture: invoice.id,
        numeroFacture: invoice.number,
        statutCourantCode: statusAt(invoice, call.now),
        historiquesDesStatuts: {
          histoStatut: rows,
          pageCouranteHistoStatut: parametresRetour.pageCourante,
          pagesHistoStatut: parametresRetour.pages,
          nbResultatsParPageHistoStatut: parametresRetour.nbResultatsParPage,
          totalHistoStatut: parametresRetour.total,
        },
      });
    }),
});

interface Entry {
  name: string;
  content: Buffer;
}

const uint16 = (...values: number[]) => Buffer.from(new Uint16Array(values).buffer);
const uint32 = (...values: number[]) => Buffer.from(new Uint32Array(values).buffer);

/** A ZIP whose entries are stored, not compressed. */
function zip(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const label = Buffer.from(name);
    const common = Buffer.concat([
      uint16(20, 0x0800, 0, 0, 0x21),
      uint32(crc32(content), content.length, content.length),
      uint16(label.length, 0),
    ]);
    const local = Buffer.concat([uint32(0x04034b50), common, label, content]);
    directory.push(Buffer.concat([uint32(0x02014b50), uint16(20), common, uint16(0, 0, 0), uint32(0, offset), label]));
    parts.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const counts = uint16(0, 0, entries.length, entries.length);
  return Buffer.concat([...parts, listing, uint32(0x06054b50), counts, uint32(listing.length, offset), uint16(0)]);
}

const downloadSchema = z.strictObject({
  idUtilisateurCourant: optionalId,
  format: z.enum(['PDF', 'PIVOT']),
  avecPiecesJointesComplementaires: z.enum(['Oui', 'Non']).optional(),
  listeFacture: z.array(z.strictObject({ idFacture: id })).min(1),
});

/** The PDF as it came, or one that Chorus Pro draws itself; nothing is public about the pivot format. */
function fileOf({ state }: Call, { number, documentId, fluxNumber }: Invoice, format: 'PDF' | 'PIVOT'): Buffer {
  const pivot = `<?xml version="1.0"?>\n<pivot simulateur="true"><numero>${number}</numero></pivot>\n`;
  if (format === 'PIVOT') return Buffer.from(pivot);
  const stored = documentId === null ? undefined : state.documents.get(documentId);
  if (stored) return Buffer.from(stored.base64, 'base64');
  const deposited = state.fluxes.get(fluxNumber ?? '')?.file;
  const drawn = Buffer.from(`%PDF-1.4\n% facture ${number} (SIMULATEUR)\n%%EOF\n`);
  return deposited?.subarray(0, 1024).includes('%PDF') ? deposited : drawn;
}

function attachmentsOf({ state }: Call, { number, attachments }: Invoice): Entry[] {
  return attachments.flatMap(({ documentId }) => {
    const stored = state.documents.get(documentId);
    return stored ? [{ name: `${number}_${stored.name}`, content: Buffer.from(stored.base64, 'base64') }] : [];
  });
}

/** One file comes as it is, several as a ZIP. */
function download(call: Call, input: z.output<typeof downloadSchema>): Outcome {
  const { format, listeFacture, avecPiecesJointesComplementaires: withAttachments } = input;
  const entries: Entry[] = [];
  for (const { idFacture } of listeFacture) {
    const found = ownInvoice(call, idFacture);
    if ('kind' in found) return found;
    const name = `${found.number.replaceAll('/', '-')}.${format === 'PDF' ? 'pdf' : 'xml'}`;
    entries.push({ name, content: fileOf(call, found, format) });
    if (withAttachments === 'Oui') entries.push(...attachmentsOf(call, found));
  }
  const size = entries.reduce((total, { content }) => total + content.length, 0);
  if (size > LIMITS.download) return { kind: 'too-large' };
  const [only, ...others] = entries;
  const file = only && others.length === 0 ? only.content : zip(entries);
  return done({ fichierResultat: file.toString('base64') });
}

export const CONSULTATIONS = [
  consult,
  history,
  operation({ path: '/cpro/factures/v1/telecharger/groupe', schema: downloadSchema, run: download }),
];
