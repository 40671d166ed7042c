import { defineConfig } from 'vitest/config';

const source = { conditions: ['source'] };

export default defineConfig({
  resolve: source,
  ssr: { resolve: source },
  test: {
    reporters: ['default', './test/closing-line.ts'],
    maxWorkers: 2, // the default leaves one of two cores idle
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          isolate: false, // a worker reads the product once, not once a file: a third of the time of these tests
          sequence: { groupOrder: 0 },
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/dist/**', '**/node_modules/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          sequence: { groupOrder: 1 },
          include: ['test/e2e/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
