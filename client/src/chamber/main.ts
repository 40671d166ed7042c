/**
 * The chamber: reads, trains and masks in a worker that cannot reach a network. It answers the page over the one port it
 * was given. Rows, round keys, seeds and unmasked vectors exist only in this worker's memory.
 */
import { createSite, newSiteRecord, type Site } from '@consilium/shared/federation';
import { patientForecast } from '@consilium/shared/prediction';
import type { BackendChoice } from '@consilium/shared/training';
import { openBackends } from './backends.ts';
import type { ChamberOffers, JoinInput, OpenInput, PageOffers } from './calls.ts';
import { ChamberError } from './chamber-error.ts';
import { createDataDesk, type DataDesk } from './data-desk.ts';
import { heldModels, savedModel } from './own-models.ts';
import { connectPort, type Remote } from './port-calls.ts';
import { probeSeal } from './probe.ts';
import { createScoringDesk } from './scoring-desk.ts';
import { runSelfTest } from './self-test.ts';
import { siteWorld } from './site-world.ts';

type Chamber = {
  readonly sealed: boolean;
  readonly backends: BackendChoice;
  joined: JoinInput | null;
  site: Site | null;
  desk: DataDesk | null;
};

addEventListener('message', (event) => serve((event as MessageEvent).ports[0] as MessagePort), { once: true });

function serve(port: MessagePort): void {
  let chamber: Chamber | null = null;
  const scoring = createScoringDesk();

  const opened = (): Chamber => {
    if (chamber === null) throw new ChamberError('chamber-closed', 'The chamber was not opened.');
    return chamber;
  };
  const site = (): Site => {
    const made = opened().site;
    if (made === null) throw new ChamberError('chamber-closed', 'The chamber has not joined a study.');
    return made;
  };

  const desk = (): DataDesk => {
    const made = opened().desk;
    if (made === null) throw new ChamberError('chamber-closed', 'The chamber has not joined a study.');
    return made;
  };

  /** What a study that is done has left here. */
  const finished = () => {
    const rows = site().rows();
    const { programme } = site().state();
    const { joined } = opened();
    if (rows === null || programme === null || joined === null) throw new ChamberError('chamber-closed', 'No rows have been read.');
    return { joined, programme, rows };
  };

  const offers: ChamberOffers = {
    async open(input: OpenInput) {
      const probe = await probeSeal(input.origin);
      const backends = await openBackends(input.plan, input.wasm, input.forced);
      chamber = { sealed: probe.sealed, backends, joined: null, site: null, desk: null };
      return { probe, backend: backends.chosen, trials: backends.trials };
    },
    async join(input) {
      const current = opened();
      if (!current.sealed) throw new ChamberError('not-sealed', 'This chamber is not sealed; it takes no rows.');
      const world = siteWorld(page());
      const record = input.record ?? newSiteRecord(input.study, world.random(32));
      current.joined = input;
      const made = createSite({ ...input, record, backend: current.backends.chosen, world });
      current.site = made;
      current.desk = createDataDesk({
        plan: input.plan,
        progress: (progress) =>
          void page()
            .reading(progress)
            .catch(() => undefined),
        beginning: (table) =>
          void page()
            .beginning(table)
            .catch(() => undefined),
        now: world.now,
        pause: () => new Promise((resolve) => setTimeout(resolve)),
        load: (file, watch) => made.load(file, watch),
      });
      // What other versions taught is kept from here on, whatever is deleted there.
      await world.save(made.state().record);
    },
    read: (input) => desk().read(input),
    cancel: () => desk().cancel(),
    look: async (mapping) => desk().look(mapping),
    suggest: async (input) => desk().suggest(input),
    check: (input) => desk().check(input),
    ready: () => site().ready(),
    confirm: (heard) => site().confirm(heard),
    approve: (list) => site().approve(list),
    succeed: (list) => site().succeed(list),
    receive: (message) => site().receive(message),
    declareSigners: (keys) => site().declareSigners(keys),
    setPolicy: (policy) => site().setPolicy(policy),
    unmasked: () => site().unmasked(),
    stop: () => site().stop(),
    results: async () => site().results(),
    patientRows: () => site().rows()?.testRows() ?? [],
    patientValues: (row) => site().rows()?.valuesOf(row) ?? null,
    forecast(values) {
      const { joined, programme, rows } = finished();
      return patientForecast(joined.plan, programme, rows, values);
    },
    heldModels() {
      const { joined, programme, rows } = finished();
      return heldModels(joined, programme, rows);
    },
    savedModel() {
      const { joined, programme, rows } = finished();
      return savedModel(joined, programme, rows);
    },
    useModel: (text) => scoring.use(text),
    async score(input) {
      if (!opened().sealed) throw new ChamberError('not-sealed', 'This chamber is not sealed; it takes no rows.');
      return scoring.score(input);
    },
    scoredValues: (row) => scoring.values(row),
    modelForecast: (values) => scoring.forecast(values),
    selfTest: (backend) => runSelfTest(backend),
  };

  const connection = connectPort<PageOffers>(port, offers);
  function page(): Remote<PageOffers> {
    return connection.remote;
  }
}
