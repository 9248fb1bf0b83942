import { createBrowserRouter, Navigate } from 'react-router';
import { AccountPage } from '@/features/account/account-page';
import { AssistantsPage } from '@/features/assistants/assistants-page';
import { ChatPage } from '@/features/chat/chat-page';
import { DocumentPage } from '@/features/documents/document-page';
import { DocumentsPage } from '@/features/documents/documents-page';
import { ModelsPage } from '@/features/models/models-page';
import { OperationsPage } from '@/features/operations/operations-page';
import { PeoplePage } from '@/features/people/people-page';
import { SetupPage } from '@/features/setup/setup-page';
import { InvitationPage } from '@/features/sign-in/invitation-page';
import { SignInPage } from '@/features/sign-in/sign-in-page';
import { CrashPage } from './crash-page';
import { NotFoundPage } from './not-found-page';
import { SignedIn } from './signed-in';

export const routes = [
  {
    errorElement: <CrashPage />,
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
          { path: '/assistants', element: <AssistantsPage /> },
          { path: '/models', element: <ModelsPage /> },
          { path: '/people', element: <PeoplePage /> },
          { path: '/operations', element: <OperationsPage /> },
          { path: '/account', element: <AccountPage /> },
          { path: '*', element: <NotFoundPage /> },
        ],
      },
    ],
  },
];

export function createRouter() {
  return createBrowserRouter(routes);
}
