/** What `npx relay retentions --accepted` says of what it has noted, and of what it has not. */
import { type Said, shortDay, spokenDay } from '../../shared/invoice/spoken.ts';
import { monthsAfter } from '../../shared/tracking/retentions.ts';
import type { Acceptance, Noted } from './acceptance.ts';

/** How many contracts or names are listed. */
const atMost = 10;

const listed = (all: readonly string[], more: string): string =>
  all.length > atMost ? `${all.slice(0, atMost).join(', ')} ${more}` : all.join(', ');

/** The contract or the name that was asked for is not there: what there is. */
function unknown({ known: { contracts, names } }: Noted, { contract, name }: Acceptance): Said | undefined {
  if (names.length === 0)
    return {
      fr: `Marché ${contract} : aucune retenue en cours.${contracts.length === 0 ? '' : ` Marchés qui en ont : ${listed(contracts, '…')}.`}`,
      en: `Contract ${contract}: nothing is retained.${contracts.length === 0 ? '' : ` Contracts of which something is: ${listed(contracts, '…')}.`}`,
    };
  if (name === undefined || names.includes(name)) return undefined;
  return {
    fr: `Marché ${contract} : aucune retenue « ${name} ». Retenues de ce marché : ${listed(names, '…')}.`,
    en: `Contract ${contract}: no retention "${name}". Retentions of this contract: ${listed(names, '…')}.`,
  };
}

function done({ noted }: Noted, { contract, on, by, months }: Acceptance): Said {
  const until = monthsAfter(on, months);
  return noted.length === 0
    ? {
        fr: `Marché ${contract} : aucune retenue dont la date dépend encore de la réception.`,
        en: `Contract ${contract}: no retention whose day still depends on the acceptance.`,
      }
    : {
        fr: `Marché ${contract} : réception du ${spokenDay(on, 'fr')} notée par ${by}. À libérer le ${spokenDay(until, 'fr')} : ${noted.join(', ')}.`,
        en: `Contract ${contract}: accepted on ${spokenDay(on, 'en')}, noted by ${by}. To be released on ${spokenDay(until, 'en')}: ${noted.join(', ')}.`,
      };
}

/** Each retention that keeps its day, with the day and where it comes from. */
const keptSaid = ({ kept }: Noted): Said[] =>
  kept.map(({ number, name, until, by }) =>
    by === 'command'
      ? {
          fr: `${number}, ${name} : sa date (${shortDay(until, 'fr')}) vient de votre logiciel ; elle reste inchangée.`,
          en: `${number}, ${name}: its day (${until}) comes from your software; it stays.`,
        }
      : {
          fr: `${number}, ${name} : cette réception est déjà notée ; à libérer le ${shortDay(until, 'fr')}.`,
          en: `${number}, ${name}: this acceptance is noted already; to be released on ${until}.`,
        },
  );

export function spokenAcceptance(noted: Noted, acceptance: Acceptance): Said {
  const { waiting } = noted;
  const later: Said[] =
    waiting.length === 0
      ? []
      : [
          {
            fr: `Pas encore dans Chorus Pro : ${waiting.join(', ')}. Relancez la commande plus tard.`,
            en: `These are not in Chorus Pro yet: ${waiting.join(', ')}. Run the command again later.`,
          },
        ];
  const said = [unknown(noted, acceptance) ?? done(noted, acceptance), ...keptSaid(noted), ...later];
  return { fr: said.map(({ fr }) => fr).join('\n'), en: said.map(({ en }) => en).join('\n') };
}
