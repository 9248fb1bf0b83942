import { createBrowserRouter, Navigate } from 'react-router';
import { ChatPage } from '@/features/chat/chat-page';
import { DocumentPage } from '@/features/documents/document-page';
import { DocumentsPage } from '@/features/documents/documents-page';
import { SetupPage } from '@/features/setup/setup-page';
import { InvitationPage } from '@/features/sign-in/invitation-page';
import { SignInPage } from '@/features/sign-in/sign-in-page';
import { CrashPage } from './crash-page';
import { NotFoundPage } from './not-found-page';
import { SignedIn } from './signed-in';
import { Starting } from './starting';

export const routes = [
  {
    errorElement: <CrashPage />,
    hydrateFallbackElement: <Starting />,
    children: [
      { path: '/setup', element: <SetupPage /> },
      { path: '/invite', element: <InvitationPage /> },
      { path: '/sign-in', element: <SignInPage /> },
      {
        element: <SignedIn />,
        children: [
          { path: '/', element: <Navigate to="/chat" replace /> },
          { path: '/chat', element: <ChatPage /> },
          { path: '/chat/:id', element: <ChatPage /> },
          { path: '/documents', element: <DocumentsPage /> },
          { path: '/documents/collections/:collectionId', element: <DocumentsPage /> },
          { path: '/documents/:id', element: <DocumentPage /> },
          {
            path: '/assistants',
            lazy: async () => ({ Component: (await import('@/features/assistants/assistants-page')).AssistantsPage }),
          },
          ...['/assistants/new', '/assistants/:id'].map((path) => ({
            path,
            lazy: async () => ({ Component: (await import('@/features/assistants/assistant-page')).AssistantPage }),
          })),
          {
            path: '/models',
            lazy: async () => ({ Component: (await import('@/features/models/models-page')).ModelsPage }),
          },
          {
            path: '/people',
            lazy: async () => ({ Component: (await import('@/features/people/people-page')).PeoplePage }),
          },
          {
            path: '/operations',
            lazy: async () => ({ Component: (await import('@/features/operations/operations-page')).OperationsPage }),
          },
          {
            path: '/account',
            lazy: async () => ({ Component: (await import('@/features/account/account-page')).AccountPage }),
          },
          { path: '*', element: <NotFoundPage /> },
        ],
      },
    ],
  },
];

export function createRouter() {
  return createBrowserRouter(routes);
}
