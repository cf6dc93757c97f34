/** How a form is drawn. The client sends it as JSON to `/actions`, with what its attributes say. */
import { html } from 'hono/html';
import type { ListedCode } from '../../../shared/chorus-pro/lists.ts';
import { commandNames } from '../../../shared/invoice/invoice-commands.ts';
import type { Language, Said } from '../../../shared/invoice/spoken.ts';
import { mostFileBytes, type RecordCommand } from '../actions/asked.ts';
import { answersWith, type Form, forms, type Input, megabytes } from './forms.ts';
import type { Content, Html } from './html.ts';

const tooLarge: Said = {
  fr: `Ces fichiers dépassent ensemble ${megabytes} Mo : rien n’a été envoyé.`,
  en: `Together these files have more than ${megabytes} MB: nothing was sent.`,
};
const failed: Said = {
  fr: 'Aucune réponse : vérifiez la connexion, puis recommencez. Rien ne partira deux fois.',
  en: 'No answer: check the network, then try again. Nothing is sent twice.',
};

const controls = {
  text: ({ id, name, more }) => html`<input id="${id}" name="${name}" maxlength="100" autocomplete="off" ${more} />`,
  lines: ({ id, name, more }) =>
    html`<textarea id="${id}" name="${name}" rows="3" maxlength="1000" ${more}></textarea>`,
  day: ({ id, name, more }) => html`<input id="${id}" name="${name}" type="date" ${more} />`,
  file: ({ id, name, more }) => html`<input id="${id}" name="${name}" type="file" ${more} />`,
  files: ({ id, name, more }) => html`<input id="${id}" name="${name}" type="file" multiple ${more} />`,
  choice: ({ id, name, more, options }) =>
    html`<select id="${id}" name="${name}" ${more}>
      <option value=""></option>
      ${options.map(({ code, label }) => html`<option value="${code}">${label === '' ? code : label}</option>`)}
    </select>`,
} as const satisfies Record<Input['is'], (control: Control) => Html>;

interface Control {
  id: string;
  name: string;
  more: Content;
  options: readonly ListedCode[];
}

/** @param within what makes an id of the page out of the input's name */
function field(
  { name, label, is, required = false, hint, options = [] }: Input,
  within: string,
  language: Language,
): Html {
  const id = `${within}-${name}`;
  const more = html`${required ? html`required` : ''} ${hint ? html`aria-describedby="${id}-hint"` : ''}`;
  return html`<div>
    <label for="${id}">${label[language]}</label> ${controls[is]({ id, name, more, options })}
    ${hint ? html`<small id="${id}-hint">${hint[language]}</small>` : ''}
  </div>`;
}

/** What the form is about: the key of a record, or of a request to validate. */
interface About {
  connection: string;
  key: string;
  /** For ids in the page: which row it is. */
  row: number;
}

interface Action extends About {
  type: string;
  form: Form;
  language: Language;
}

function actionForm({ connection, key, row, type, form, language }: Action): Html {
  const within = `a${row}-${type.replaceAll('.', '-')}`;
  const { note, inputs, send } = form;
  return html`<form
    class="${inputs.length > 0 || note ? 'action' : 'direct'}"
    data-action="${type}"
    data-language="${language}"
    data-connection="${connection}"
    data-key="${key}"
    data-most-bytes="${mostFileBytes}"
    data-too-large="${tooLarge[language]}"
    data-failed="${failed[language]}"
  >
    ${note ? html`<p class="quiet">${note[language]}</p>` : ''} ${inputs.map((input) => field(input, within, language))}
    <div><button type="submit">${send[language]}</button></div>
    <output></output>
  </form>`;
}

/** Opens with a button. */
const opening = (button: string, drawn: Html): Html =>
  html`<details class="action">
    <summary>${button}</summary>
    ${drawn}
  </details>`;

/** Opens with a button, unless there is nothing to fill in or to know. */
export function commandForm(type: RecordCommand, about: About, language: Language): Html {
  const form = forms[type];
  const drawn = actionForm({ ...about, type, form, language });
  if (form.inputs.length === 0 && !form.note) return drawn;
  const [first = '', ...rest] = commandNames[type][language];
  return opening(first.toUpperCase() + rest.join(''), drawn);
}

/** The two answers to a request to validate. @param reasons those that Chorus Pro offers, once they were read */
export const answerForms = (about: About, reasons: readonly ListedCode[], language: Language): Html =>
  html`${answersWith(reasons).map(({ type, opens, ...form }) =>
    opening(opens[language], actionForm({ ...about, type, form, language })),
  )}`;
