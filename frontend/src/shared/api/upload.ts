import { address, csrfToken } from './client';
import { pathOf } from './file-path';
import { Problem } from './problem';
import type { UploadResult } from './types';

/** Sends one file with progress; XMLHttpRequest because fetch reports no upload progress. */
export async function uploadFile(
  collectionId: string,
  file: File,
  onProgress: (sentBytes: number, totalBytes: number) => void,
  signal: AbortSignal,
): Promise<UploadResult> {
  const token = await csrfToken();
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    const abort = () => call.abort();
    signal.addEventListener('abort', abort);
    call.upload.onprogress = (event) => onProgress(event.loaded, event.total);
    call.onload = () => {
      if (call.status >= 200 && call.status < 300) {
        const { results } = JSON.parse(call.responseText) as { results: UploadResult[] };
        const [first] = results;
        if (first) resolve(first);
        else reject(Problem.unreachable());
      } else {
        const requestId = call.getResponseHeader('X-Request-Id');
        reject(Problem.parse(call.responseText, call.status, requestId, call.getResponseHeader('Retry-After')));
      }
    };
    call.onerror = () => reject(Problem.unreachable());
    call.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    call.onloadend = () => signal.removeEventListener('abort', abort);
    call.open('POST', address(`/collections/${collectionId}/documents`));
    call.setRequestHeader('Accept', 'application/json');
    if (token) call.setRequestHeader('X-XSRF-TOKEN', token);
    const form = new FormData();
    form.append('file', file, pathOf(file));
    if (signal.aborted) reject(new DOMException('cancelled', 'AbortError'));
    else call.send(form);
  });
}
