import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  clearScreen: false,
  build: {
    target: 'safari16',
    // Plotly alone is larger than the default limit; it is a chunk of its own, loaded with the first chart.
    chunkSizeWarningLimit: 2000,
    reportCompressedSize: false,
  },
  // Components under test run in jsdom, so Svelte must resolve to its build for browsers.
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  // A machine that builds at the same time needs a while for a window.
  test: { environment: 'jsdom', include: ['src/**/*.test.ts', 'e2e/**/*.test.js'], setupFiles: ['src/fixtures/setup.ts'], testTimeout: 60_000 },
}));
