import { letReviewersLook } from './nag.ts';
import { synthesise } from './synthesise.ts';

await synthesise({ inspect: letReviewersLook });
