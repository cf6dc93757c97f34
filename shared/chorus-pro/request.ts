import type { Credentials } from '../connection/credentials.ts';
import type { HttpRequest } from './transport.ts';

export interface ApiCall {
  apiUrl: string;
  /** `<api>/v1/<operation>` */
  path: string;
  body: object;
  token: string;
  credentials: Pick<Credentials, 'technicalLogin' | 'technicalPassword'>;
  timeoutMs: number;
}

/** PISTE knows the application by its token, Chorus Pro the technical account by a header of its own. [V-AIFE Swagger] */
export const apiRequest = ({ apiUrl, path, body, token, credentials, timeoutMs }: ApiCall): HttpRequest => ({
  method: 'POST',
  url: `${apiUrl}/cpro/${path}`,
  headers: {
    authorization: `Bearer ${token}`,
    'cpro-account': Buffer.from(`${credentials.technicalLogin}:${credentials.technicalPassword}`).toString('base64'),
    'content-type': 'application/json;charset=utf-8',
    accept: 'application/json;charset=utf-8',
  },
  body: JSON.stringify(body),
  timeoutMs,
});
