import { useEffect } from 'react';
import { Navigate, useLocation } from 'react-router';
import { Problem } from '@/shared/api/problem';
import { AnswerStreamsProvider } from '@/features/chat/answer-streams-provider';
import { AttachProvider } from '@/features/documents/attach-provider';
import { UploadsProvider } from '@/features/documents/uploads-provider';
import { ModelUploadsProvider } from '@/features/models/model-uploads-provider';
import { chooseLanguage, currentLanguage } from '@/shared/i18n/i18n';
import { MeContext } from '@/shared/session/me-context';
import { useSession } from '@/shared/session/use-session';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Frame } from './frame';
import { Starting } from './starting';

/** Everything that needs somebody signed in; nobody is led to the sign-in page and back here afterwards. */
export function SignedIn() {
  const { data: me, error, isPending, refetch } = useSession();
  const { pathname, search } = useLocation();
  const language = me?.language;
  useEffect(() => {
    if (language && language !== currentLanguage()) chooseLanguage(language);
  }, [language]);
  if (isPending) return <Starting />;
  if (error && me === undefined) {
    return (
      <div className="mx-auto max-w-md p-8">
        <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!me) return <Navigate to={`/sign-in?return=${encodeURIComponent(pathname + search)}`} replace />;
  return (
    <MeContext value={me}>
      <AnswerStreamsProvider>
        <UploadsProvider>
          <AttachProvider>
            <ModelUploadsProvider>
              <Frame />
            </ModelUploadsProvider>
          </AttachProvider>
        </UploadsProvider>
      </AnswerStreamsProvider>
    </MeContext>
  );
}
