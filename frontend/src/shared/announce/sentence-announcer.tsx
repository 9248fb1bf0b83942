import { useEffect, useRef, useState } from 'react';
import { completeSentences } from './sentences';

interface SentenceAnnouncerProps {
  /** The answer so far. */
  text: string;
  finished: boolean;
}

/** Reads a growing answer to a screen reader: politely, each sentence once. */
export function SentenceAnnouncer({ text, finished }: SentenceAnnouncerProps) {
  const announced = useRef(0);
  const [latest, setLatest] = useState('');
  useEffect(() => {
    if (text.length < announced.current) announced.current = 0;
    const { sentences, end } = completeSentences(finished ? `${text}\n` : text, announced.current);
    announced.current = end;
    if (sentences.length > 0) setLatest(sentences.join(' '));
  }, [text, finished]);
  return (
    <div aria-live="polite" className="sr-only">
      {latest}
    </div>
  );
}
