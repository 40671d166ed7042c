/**
 * What people who sign for a hospital, and the hospital's tab about them, ask over HTTP. Public keys, names, roles and signatures only; whoever
 * asks must know a hospital's root key, a person's key, or the code that a tab made up.
 */
import { bytes32, bytes64, hash, PERSON_ROLES, personCertificateSchema, personName, suspensionSchema } from '@consilium/shared/identity';
import { type RequestHandler, Router } from 'express';
import * as z from 'zod';
import { oneMessage, type Traffic } from '../sockets/index.ts';
import type { Outcome, SignerAsks, StudyHost } from '../studies/index.ts';
import { HttpError } from './http-error.ts';
import { readBody } from './request-body.ts';

const Code = z.string().regex(/^[a-z0-9]{16,32}$/);
const Ask = z.strictObject({ code: Code, key: bytes32, name: personName, role: z.enum(PERSON_ROLES) });
const Certify = z.strictObject({ certificate: personCertificateSchema });
const Withdraw = z.strictObject({ suspension: suspensionSchema });
const word = { key: bytes32, planHash: hash, rosterHash: hash, signature: bytes64 };
const Approve = z.strictObject({ ...word, clientHash: hash });
const Refuse = z.strictObject({ ...word, reason: z.string().trim().min(1).max(500) });
/** A key as it stands in an address: base64 in its form for addresses. */
const KEY_IN_ADDRESS = /^[A-Za-z0-9_-]{43}$/;

export interface PersonRouteParts {
  readonly asks: SignerAsks;
  readonly traffic: Traffic;
  readonly limited: RequestHandler;
  find(id: unknown): StudyHost;
}

/** Under `/studies/:study/people`. */
export function personRoutes({ asks, traffic, limited, find }: PersonRouteParts): Router {
  const router = Router({ mergeParams: true });
  const studyOf = (request: { readonly params: object }) => find((request.params as { study?: unknown }).study);

  const settle = (outcome: Outcome): void => {
    if (!outcome.ok) throw new HttpError(statusOf(outcome.code), outcome.code, outcome.text);
  };

  // Left by the person's browser under the code of its link, fetched by the hospital's tab that made the code up.
  router.post('/asks', limited, (request, response) => {
    const study = studyOf(request);
    const { code, ...ask } = readBody(Ask, request.body);
    if (study.view().phase !== 'gathering') throw new HttpError(409, 'list-made', 'The list of hospitals is made.');
    asks.leave(study.id, code, ask, request.socket.remoteAddress ?? 'unknown');
    response.json({});
  });
  router.get('/asks/:code', (request, response) => {
    const study = studyOf(request);
    const code = Code.safeParse(request.params.code);
    response.json({ isOpen: study.view().phase === 'gathering', asks: code.success ? asks.under(study.id, code.data) : [] });
  });

  // With the hospital's root key.
  router.post('/', limited, async (request, response) => {
    const study = studyOf(request);
    const { certificate } = readBody(Certify, request.body);
    settle(await study.certifySigner(certificate));
    count(study, certificate.rootKey, request.body);
    response.json({});
  });
  router.post('/withdrawn', limited, async (request, response) => {
    const study = studyOf(request);
    const { suspension } = readBody(Withdraw, request.body);
    settle(await study.withdrawSigner(suspension));
    count(study, suspension.rootKey, request.body);
    response.json({});
  });

  // By a person: not part of what the hospital's own browser sent, so not counted there.
  router.post('/signatures', limited, async (request, response) => {
    settle(await studyOf(request).takeWord({ type: 'person-approved', ...readBody(Approve, request.body) }));
    response.json({});
  });
  router.post('/refusals', limited, async (request, response) => {
    settle(await studyOf(request).takeWord({ type: 'person-refused', ...readBody(Refuse, request.body) }));
    response.json({});
  });

  router.get('/around/:key', (request, response) => {
    const study = studyOf(request);
    const { key } = request.params;
    const plain = KEY_IN_ADDRESS.test(key) ? Buffer.from(key, 'base64url').toString('base64') : '';
    const around = study.peopleAround(plain);
    if (around !== null) return void response.json(around);
    settle({ ok: false, ...(study.isWithdrawn(plain) ? WITHDRAWN : UNKNOWN) });
  });

  function count(study: StudyHost, rootKey: string, body: unknown): void {
    const site = study.ownerOf(rootKey)?.site;
    if (site !== undefined) traffic.add(study.id, site.id, oneMessage(body));
  }

  return router;
}

const WITHDRAWN = { code: 'person-withdrawn', text: 'This hospital has taken this person back.' } as const;
const UNKNOWN = { code: 'person-unknown', text: 'No hospital of this study has certified this person.' } as const;

function statusOf(code: string): number {
  if (code === 'root-unknown' || code === 'person-unknown') return 404;
  if (code === 'bad-signature') return 403;
  return code === 'unavailable' || code === 'storage-full' ? 503 : 409;
}
