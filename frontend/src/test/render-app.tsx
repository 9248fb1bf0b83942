import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter } from 'react-router';
import { App } from '@/app/app';
import { routes } from '@/app/router';
import { createQueryClient } from '@/shared/api/query-client';

/** The whole application at an address, and a person to use it. */
export function renderApp(path: string) {
  const router = createMemoryRouter(routes, { initialEntries: [path] });
  const view = render(<App client={createQueryClient()} router={router} />);
  return { ...view, router, user: userEvent.setup() };
}
