/** A simulation that cannot begin or go on, with one clear sentence for the researcher. */
export class SimulationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SimulationError';
  }
}
