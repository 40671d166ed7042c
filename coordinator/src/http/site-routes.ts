/** What a hospital's page asks over HTTP: what this coordinator is, the plan, a seat in a study, a demo hospital's own file. */

import { deviceCertificateSchema, suspensionSchema } from '@consilium/shared/identity';
import { type RequestHandler, Router } from 'express';
import * as z from 'zod';
import { writePapers } from '../papers/index.ts';
import { oneMessage, type Traffic } from '../sockets/index.ts';
import type { Demo, ModelRegistry, SignerAsks, Studies, StudyHost } from '../studies/index.ts';
import { HttpError } from './http-error.ts';
import { personRoutes } from './person-routes.ts';
import { readBody } from './request-body.ts';

export interface SiteRouteParts {
  readonly studies: Studies;
  readonly models: ModelRegistry;
  readonly demo: Demo | null;
  /** Names the pages that are served. */
  readonly build: string;
  /** CSP sources of the pages' inline scripts. */
  readonly inline: readonly string[];
  readonly origin: () => string;
  readonly traffic: Traffic;
  readonly asks: SignerAsks;
  /** Refuses callers who ask too often. */
  readonly limited: RequestHandler;
}

const Join = z.strictObject({
  invitation: z.string().min(1).max(200).optional(),
  demoSite: z.string().min(1).max(64).optional(),
  name: z.string().max(200).optional(),
  certificate: deviceCertificateSchema,
});

const Look = z.strictObject({ invitation: z.string().min(1).max(200) });
const OfRoot = z.strictObject({ rootKey: z.string().regex(/^[A-Za-z0-9+/]{43}=$/) });
const Certify = z.strictObject({ certificate: deviceCertificateSchema });
const Suspend = z.strictObject({ suspension: suspensionSchema });

export function siteRoutes(parts: SiteRouteParts): Router {
  const { studies, demo } = parts;
  const router = Router();

  function find(id: unknown): StudyHost {
    const study = typeof id === 'string' ? studies.find(id) : null;
    if (study === null) throw new HttpError(404, 'study-unknown', 'This coordinator has no such study.');
    return study;
  }

  router.get('/info', (_request, response) => {
    const study = studies.demo();
    const sites = demo?.sites.map(({ id, name }) => ({ id, name, taken: study?.member(id) != null })) ?? [];
    const offered = study === null || demo === null ? null : { study: study.id, sites };
    response.json({ build: parts.build, demo: offered, origin: parts.origin() });
  });

  router.get('/studies/:study/plan', (request, response) => {
    const study = find(request.params.study);
    const { previous, next } = studies.versions(study);
    response.json({ plan: study.plan, planHash: study.planHash, previous: previous?.plan ?? null, next: next?.id ?? null });
  });

  /** For a hospital's IT and data-protection officers, before it takes part. */
  router.get('/studies/:study/papers/:file', (request, response) => {
    const study = find(request.params.study);
    const hospitals = Math.max(study.plan.rounds.quorum, study.members().length);
    const serving = { inline: parts.inline, origin: 'https://consilium.your-hospital.example', coordinator: parts.origin() };
    const papers = writePapers({ plan: study.plan, hospitals, build: parts.build, serving });
    const { file } = request.params;
    if (!Object.hasOwn(papers, file)) throw new HttpError(404, 'not-found', 'There is no such paper.');
    response.attachment(`${study.id}-${file}`).type('text/plain; charset=utf-8').send(papers[file]);
  });

  // What is in use, since when and why; who decided it stays at the console: anyone who knows the study's name may ask this.
  router.get('/studies/:study/models', async (request, response) => {
    const found = await parts.models.of(find(request.params.study));
    response.json({
      models: (found?.state.entries ?? []).map(({ model, status, history }) => {
        const { why, at } = history.at(-1)!;
        return { model, status, ...(status === 'candidate' ? { why: null, at: null } : { why, at }) };
      }),
    });
  });

  router.post('/studies/:study/invitation', parts.limited, async (request, response) => {
    const study = find(request.params.study);
    const seat = await studies.lookAt(study, readBody(Look, request.body).invitation);
    if (!seat.ok) throw new HttpError(statusOf(seat.code), seat.code, seat.text);
    parts.traffic.add(study.id, seat.site, oneMessage(request.body));
    response.json({ name: seat.name });
  });

  router.post('/studies/:study/join', parts.limited, async (request, response) => {
    const study = find(request.params.study);
    const { invitation, demoSite, certificate } = readBody(Join, request.body);
    if ((invitation === undefined) === (demoSite === undefined)) {
      throw new HttpError(400, 'malformed', 'Join with an invitation, or as a demo hospital.');
    }
    const joined = await studies.join(study, { invitation, demoSite, certificate });
    if (!joined.ok) throw new HttpError(statusOf(joined.code), joined.code, joined.text);
    parts.traffic.add(study.id, joined.site, oneMessage(request.body));
    response.json({ site: joined.site, name: joined.name, plan: study.plan, planHash: study.planHash });
  });

  // Whoever holds a hospital's recovery file finds its devices, suspends them, and puts another one in their place.
  router.post('/studies/:study/devices/of', parts.limited, (request, response) => {
    const study = find(request.params.study);
    const owner = study.ownerOf(readBody(OfRoot, request.body).rootKey);
    if (owner === null) throw new HttpError(404, 'root-unknown', 'No hospital of this study has this key.');
    const suspended = new Set(owner.credentials.suspensions.map(({ key }) => key));
    parts.traffic.add(study.id, owner.site.id, oneMessage(request.body));
    const devices = owner.credentials.certificates.map(({ key, issuedAt }) => {
      return { key, issuedAt, suspended: suspended.has(key), current: owner.site.deviceKey === key };
    });
    response.json({ site: owner.site.id, name: owner.site.name, devices });
  });

  router.post('/studies/:study/devices', parts.limited, async (request, response) => {
    const study = find(request.params.study);
    const { certificate } = readBody(Certify, request.body);
    const outcome = await study.certify(certificate);
    if (!outcome.ok) throw new HttpError(statusOf(outcome.code), outcome.code, outcome.text);
    const site = study.ownerOf(certificate.rootKey)?.site;
    if (site !== undefined) parts.traffic.add(study.id, site.id, oneMessage(request.body));
    response.json({ site: site?.id, name: site?.name, plan: study.plan, planHash: study.planHash });
  });

  router.post('/studies/:study/suspensions', parts.limited, async (request, response) => {
    const study = find(request.params.study);
    const { suspension } = readBody(Suspend, request.body);
    const outcome = await study.suspend(suspension);
    if (!outcome.ok) throw new HttpError(statusOf(outcome.code), outcome.code, outcome.text);
    const site = study.ownerOf(suspension.rootKey)?.site;
    if (site !== undefined) parts.traffic.add(study.id, site.id, oneMessage(request.body));
    response.json({});
  });

  router.use('/studies/:study/people', personRoutes({ ...parts, find }));

  router.get('/demo/:file', (request, response) => {
    const site = demo?.sites.find(({ id }) => `${id}.csv` === request.params.file);
    if (!site) throw new HttpError(404, 'not-found', 'There is no such demo hospital.');
    response.type('text/csv').attachment(`${site.id}.csv`).send(site.csv);
  });

  return router;
}

function statusOf(code: string): number {
  if ((code.startsWith('invitation-') && code !== 'invitation-used') || code === 'bad-signature') return 403;
  if (code === 'root-unknown') return 404;
  if (code === 'unavailable' || code === 'storage-full') return 503;
  return 409;
}
