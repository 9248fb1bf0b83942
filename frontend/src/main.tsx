import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '@/app/app';
import { createRouter } from '@/app/router';
import { createQueryClient } from '@/shared/api/query-client';
import { startTranslations } from '@/shared/i18n/i18n';
import { followSystemTheme } from '@/shared/theme/theme';
import '@/shared/styles/main.css';

followSystemTheme();
await startTranslations();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App client={createQueryClient()} router={createRouter()} />
    </StrictMode>,
  );
}
