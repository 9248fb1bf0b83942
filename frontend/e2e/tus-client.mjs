// Uploads a model through the npm client `tus-js-client`, unmodified, in two goes; prints where to.
import { readFileSync } from 'node:fs';
import { Upload } from 'tus-js-client';

const { BASE, KEY, FILE } = process.env;
const content = readFileSync(FILE);
const options = {
  endpoint: `${BASE}/api/v1/models/uploads`,
  headers: { Authorization: `Bearer ${KEY}` },
  metadata: { filename: 'npm.gguf', name: 'From npm', licence: 'MIT' },
  chunkSize: 64 * 1024,
  retryDelays: null,
  storeFingerprintForResuming: false,
};

const url = await new Promise((resolve, reject) => {
  const upload = new Upload(content, {
    ...options,
    onError: reject,
    onSuccess: () => reject(new Error('it was not interrupted')),
    onChunkComplete: (_, accepted) => {
      if (accepted < 3 * 64 * 1024) return;
      void upload.abort();
      console.log('interrupted at', accepted);
      resolve(upload.url);
    },
  });
  upload.start();
});

await new Promise((resolve, reject) => {
  new Upload(content, { ...options, uploadUrl: url, onError: reject, onSuccess: resolve }).start();
});
console.log(url);
