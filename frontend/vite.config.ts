import { createReadStream, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;
const pdfjs = join(root, 'node_modules/pdfjs-dist');

/** pdf.js reads character maps, standard fonts and image decoders by name at run time: ship them beside the pages. */
function pdfjsData(): Plugin {
  const folders = ['cmaps', 'standard_fonts', 'wasm', 'iccs'];
  return {
    name: 'pdfjs-data',
    generateBundle() {
      for (const folder of folders) {
        for (const name of readdirSync(join(pdfjs, folder))) {
          const source = readFileSync(join(pdfjs, folder, name));
          this.emitFile({ type: 'asset', fileName: `pdfjs/${folder}/${name}`, source });
        }
      }
    },
    configureServer(server) {
      server.middlewares.use('/pdfjs', (request, response, next) => {
        const file = join(pdfjs, (request.url ?? '').split('?')[0] ?? '');
        if (file.startsWith(pdfjs) && existsSync(file)) createReadStream(file).pipe(response);
        else next();
      });
    },
  };
}

export default defineConfig({
  root,
  plugins: [react(), tailwindcss(), pdfjsData()],
  resolve: { alias: { '@': join(root, 'src') } },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:8080' } },
  build: {
    outDir: '../target/classes/static',
    emptyOutDir: true,
    // Nothing becomes a data: address, so that the Content-Security-Policy can stay at 'self'.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    target: 'es2023',
    reportCompressedSize: false,
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    css: false,
    // The build for browsers; tests run in Node, which would take the other one.
    alias: { 'tus-js-client': join(root, 'node_modules/tus-js-client/lib.esm/browser/index.js') },
    server: { deps: { inline: ['tus-js-client'] } },
    // One environment for all files: each takes seconds to make, and the set-up cleans after every test.
    isolate: false,
    testTimeout: 30_000,
    reporters: process.env.CI ? ['default', ['json', { outputFile: '../target/vitest-report.json' }]] : ['default'],
  },
});
