import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { Tooltip } from 'radix-ui';
import { RouterProvider, type DataRouter } from 'react-router';
import { ToastProvider } from '@/shared/ui/toast/toast-provider';

interface AppProps {
  client: QueryClient;
  router: DataRouter;
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
