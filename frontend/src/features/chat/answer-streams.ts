import type { QueryClient } from '@tanstack/react-query';
import { json, request } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import { serverEvents } from '@/shared/api/server-events';
import type { Conversation } from '@/shared/api/types';
import { advance, liveAnswer, type LiveAnswer } from './live-answer';

export interface Question {
  text: string;
  assistantId: string | null;
  collectionIds: string[] | null;
  /** The earlier question (its id) that this one takes the place of. */
  replaces?: string;
}

const stopPatienceMillis = 3000;

/** Answers being written, by conversation; they go on while the person looks at other pages. */
export class AnswerStreams {
  private readonly live = new Map<string, LiveAnswer>();
  private readonly calls = new Map<string, AbortController>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly client: QueryClient) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get(conversationId: string): LiveAnswer | undefined {
    return this.live.get(conversationId);
  }

  isStreaming(conversationId: string): boolean {
    return this.calls.has(conversationId);
  }

  async ask(conversationId: string, question: Question): Promise<void> {
    const call = new AbortController();
    this.calls.set(conversationId, call);
    this.set(conversationId, liveAnswer(question.text, question.replaces ?? null));
    try {
      const response = await request(`/conversations/${conversationId}/messages`, {
        method: 'POST',
        body: question,
        accept: 'text/event-stream',
        signal: call.signal,
      });
      for await (const event of serverEvents(response)) this.update(conversationId, (live) => advance(live, event));
    } catch (error) {
      if (!call.signal.aborted) this.update(conversationId, (live) => ({ ...live, problem: Problem.from(error) }));
    } finally {
      this.calls.delete(conversationId);
      await this.finish(conversationId);
    }
  }

  /** Asks the server to stop; if it does not end the stream soon, the stream is dropped. */
  async stop(conversationId: string): Promise<void> {
    const call = this.calls.get(conversationId);
    setTimeout(() => call?.abort(), stopPatienceMillis);
    await json(`/conversations/${conversationId}/stop`, { method: 'POST' }).catch(() => call?.abort());
  }

  /** Leaves the failed question behind. */
  dismiss(conversationId: string): void {
    this.live.delete(conversationId);
    this.notify();
  }

  private async finish(conversationId: string): Promise<void> {
    const live = this.live.get(conversationId);
    if (live?.question && live.answer) {
      const { question, answer, replaces } = live;
      this.client.setQueryData<Conversation>(
        keys.conversation(conversationId),
        (old) => old && { ...old, messages: [...messagesBefore(old, [replaces, question.id]), question, answer] },
      );
    }
    await this.client.invalidateQueries({ queryKey: keys.conversation(conversationId) });
    void this.client.invalidateQueries({ queryKey: keys.conversations });
    if (!this.live.get(conversationId)?.problem) this.live.delete(conversationId);
    this.notify();
  }

  private update(conversationId: string, change: (live: LiveAnswer) => LiveAnswer): void {
    const live = this.live.get(conversationId);
    if (live) this.set(conversationId, change(live));
  }

  private set(conversationId: string, live: LiveAnswer): void {
    this.live.set(conversationId, live);
    this.notify();
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }
}

/** What stays when a question is asked anew: everything before the first message that goes. */
export function messagesBefore(
  conversation: Conversation,
  gone: (string | null | undefined)[],
): Conversation['messages'] {
  const index = conversation.messages.findIndex((message) => gone.includes(message.id));
  return index < 0 ? conversation.messages : conversation.messages.slice(0, index);
}
