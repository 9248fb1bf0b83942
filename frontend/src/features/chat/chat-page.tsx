import { PanelLeft } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useDocumentTitle } from '@/shared/hooks/use-document-title';
import { useIsWide } from '@/shared/hooks/use-media-query';
import { IconButton } from '@/shared/ui/button/icon-button';
import { classNames } from '@/shared/ui/class-names';
import { Sheet } from '@/shared/ui/sheet/sheet';
import { useAnswerStreams, useLiveAnswer } from './answer-streams-context';
import { messagesBefore } from './answer-streams';
import { ConversationList } from './conversation-list';
import { ConversationView } from './conversation-view';
import { useConversation } from './conversation-queries';
import { SourcePanel } from './source-panel';
import { useOpenedSource } from './use-opened-source';
import { useSourceKeys } from './use-source-keys';

export function ChatPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const wide = useIsWide();
  const streams = useAnswerStreams();
  const live = useLiveAnswer(id);
  const conversation = useConversation(id, id !== undefined && streams.isStreaming(id));
  const [listOpen, setListOpen] = useState(false);
  const messages = conversation.data ? messagesBefore(conversation.data, [live?.question?.id, live?.replaces]) : [];
  const opened = useOpenedSource(messages);
  useSourceKeys(opened);
  useDocumentTitle(conversation.data?.title || t('nav.chat'));
  const showsSource = opened.source !== null;
  return (
    <div className="flex h-full min-h-0">
      {wide && (
        <div className={classNames('w-64 shrink-0 border-r border-line', showsSource && 'hidden lg:block')}>
          <ConversationList selectedId={id} />
        </div>
      )}
      <div className="flex min-w-0 flex-1 flex-col">
        {!wide && (
          <header className="flex h-13 shrink-0 items-center gap-2 border-b border-line px-2">
            <IconButton icon={PanelLeft} label={t('chat.conversations')} onClick={() => setListOpen(true)} />
            <p className="truncate font-medium">{conversation.data?.title || (id ? t('nav.chat') : t('chat.new'))}</p>
          </header>
        )}
        <ConversationView
          key={id ?? 'new'}
          conversation={conversation}
          messages={messages}
          live={live}
          opened={opened}
        />
      </div>
      {wide && showsSource && (
        <div className="w-[min(32rem,42%)] shrink-0 border-l border-line">
          <SourcePanel opened={opened} />
        </div>
      )}
      {!wide && (
        <>
          <Sheet title={t('chat.conversations')} side="left" open={listOpen} onClose={() => setListOpen(false)}>
            <ConversationList selectedId={id} onChoose={() => setListOpen(false)} />
          </Sheet>
          <Sheet title={opened.source?.title ?? ''} open={showsSource} onClose={opened.close}>
            <SourcePanel opened={opened} bare />
          </Sheet>
        </>
      )}
    </div>
  );
}
