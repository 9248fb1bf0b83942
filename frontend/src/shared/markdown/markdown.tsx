import { useMemo } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { appendCitations } from './append-citations';
import { inlineCitations } from './inline-citations';

interface MarkdownProps {
  text: string;
  /** Numbers to show, and how each looks. */
  citations?: number[];
  /** Where they stand: after the last sentence, or where the text has `[n]`. */
  place?: 'end' | 'inline';
  renderCitation?: (number: number) => React.ReactNode;
}

const remarkPlugins = [remarkGfm];

/** Markdown without raw HTML and without images: an answer can make the browser fetch nothing. */
export function Markdown({ text, citations = [], place = 'end', renderCitation }: MarkdownProps) {
  const numbers = citations.join(',');
  const rehypePlugins = useMemo(() => {
    const put = place === 'end' ? appendCitations : inlineCitations;
    return [[put, numbers ? numbers.split(',').map(Number) : []] as [typeof put, number[]]];
  }, [numbers, place]);
  const components: Components = {
    img: ({ alt }) => (alt ? <span>{alt}</span> : null),
    a: ({ href, children }) => (
      <a href={href} target="_blank" rel="noopener noreferrer">
        {children}
      </a>
    ),
    sup: ({ node, children }) => {
      const number = Number(node?.properties.dataCitation);
      return Number.isInteger(number) && renderCitation ? <>{renderCitation(number)}</> : <sup>{children}</sup>;
    },
  };
  return (
    <div className="prose">
      <ReactMarkdown skipHtml remarkPlugins={remarkPlugins} rehypePlugins={rehypePlugins} components={components}>
        {text}
      </ReactMarkdown>
    </div>
  );
}
