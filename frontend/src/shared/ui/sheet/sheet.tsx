import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../button/icon-button';
import { classNames } from '../class-names';

interface SheetProps {
  title: string;
  side?: 'left' | 'right';
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A panel over the page, for narrow screens. */
export function Sheet({ title, side = 'right', open, onClose, children }: SheetProps) {
  const { t } = useTranslation();
  return (
    <Primitive.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Primitive.Portal>
        <div className="fixed inset-0 z-30 bg-veil" aria-hidden />
        <Primitive.Content
          aria-describedby={undefined}
          className={classNames(
            'rise fixed inset-y-0 z-30 flex w-full max-w-md flex-col bg-surface shadow-raised outline-none',
            side === 'left' ? 'left-0' : 'right-0',
          )}
        >
          <header className="flex h-13 shrink-0 items-center justify-between border-b border-line px-4">
            <Primitive.Title className="truncate font-semibold">{title}</Primitive.Title>
            <Primitive.Close asChild>
              <IconButton icon={X} label={t('common.close')} tooltip={false} size="small" />
            </Primitive.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
