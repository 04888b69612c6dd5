// What only this repository needs, and what takes minutes: releases, the scaffold, every sample of the documentation and its
// site, the pages of the demo, two copies of the package in one page. A command of its own, `npm run test:upkeep`, as `npm test` is
// to be quick.
import { defineConfig } from 'vitest/config';
import shared from './vitest.config.js';

export default defineConfig({ test: { ...shared.test, include: ['test/**/*.upkeep.test.ts'] } });
