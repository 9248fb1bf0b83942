import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { Tooltip } from 'radix-ui';
import { RouterProvider } from 'react-router';
import { ToastProvider } from '@/shared/ui/toast/toast-provider';
import type { createRouter } from './router';

interface AppProps {
  client: QueryClient;
  router: ReturnType<typeof createRouter>;
}

export function App({ client, router }: AppProps) {
  return (
    <QueryClientProvider client={client}>
      <Tooltip.Provider>
        <ToastProvider>
          <RouterProvider router={router} />
        </ToastProvider>
      </Tooltip.Provider>
    </QueryClientProvider>
  );
}
