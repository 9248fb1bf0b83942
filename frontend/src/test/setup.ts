import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import i18next from 'i18next';
import { startTranslations } from '@/shared/i18n/i18n';

// What jsdom lacks and components use.
class NoObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
  takeRecords() {
    return [];
  }
}

/** A wide window in light colours, as far as media queries tell. */
function matchMedia(query: string): MediaQueryList {
  const list = {
    matches: query.includes('min-width'),
    media: query,
    onchange: null,
    addEventListener() {},
    removeEventListener() {},
  };
  return list as unknown as MediaQueryList;
}

vi.stubGlobal('ResizeObserver', NoObserver);
vi.stubGlobal('IntersectionObserver', NoObserver);
vi.stubGlobal('matchMedia', matchMedia);
Element.prototype.scrollIntoView = () => undefined;
HTMLCanvasElement.prototype.getContext = () => null;
Element.prototype.hasPointerCapture = () => false;

// A page may be loaded for the first time, on a busy machine.
configure({ asyncUtilTimeout: 10_000 });

await startTranslations('en');

beforeEach(async () => {
  localStorage.clear();
  document.cookie = 'XSRF-TOKEN=token-1';
  await i18next.changeLanguage('en');
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.stubGlobal('ResizeObserver', NoObserver);
  vi.stubGlobal('IntersectionObserver', NoObserver);
  vi.stubGlobal('matchMedia', matchMedia);
});
