/** What only a works document needs, in one file that is loaded for it: each such file has its own copy of schemas. */
export { checkWorksDocument } from './check-works-document.ts';
export { makeWorksWhole, makeWorksWholeAgain } from './whole-works-document.ts';
