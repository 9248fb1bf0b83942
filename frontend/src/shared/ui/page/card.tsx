import type { ReactNode } from 'react';

interface CardProps {
  title: string;
  text?: string;
  children?: ReactNode;
}

export function Card({ title, text, children }: CardProps) {
  return (
    <section className="rounded-md border border-line bg-surface p-4 md:p-6">
      <h2 className="text-lg font-semibold">{title}</h2>
      {text && <p className="mt-1 text-sm text-muted">{text}</p>}
      {children && <div className="mt-4">{children}</div>}
    </section>
  );
}
