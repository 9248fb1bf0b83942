import { useCallback, useRef, useState, type ReactNode } from 'react';
import { Button } from '../button/button';
import { ToastContext, type ToastMessage } from './toasts';

const shownMillis = 6000;

/** Shows one message at a time; what a replaced message would have done on expiry is done at once. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState<ToastMessage | null>(null);
  const current = useRef<{ toast: ToastMessage; timer: ReturnType<typeof setTimeout> } | null>(null);

  const finish = useCallback((acted: boolean) => {
    const ending = current.current;
    if (!ending) return;
    clearTimeout(ending.timer);
    current.current = null;
    setToast(null);
    if (acted) ending.toast.action?.run();
    else ending.toast.onExpire?.();
  }, []);

  const show = useCallback(
    (next: ToastMessage) => {
      finish(false);
      current.current = { toast: next, timer: setTimeout(() => finish(false), shownMillis) };
      setToast(next);
    },
    [finish],
  );

  return (
    <ToastContext value={show}>
      {children}
      <div
        role="status"
        className="pointer-events-none fixed inset-x-0 bottom-20 z-50 flex justify-center px-4 md:bottom-6"
      >
        {toast && (
          <div className="rise pointer-events-auto flex items-center gap-4 rounded-md bg-ink px-4 py-2 text-sm text-canvas shadow-raised">
            {toast.text}
            {toast.action && (
              <Button
                size="small"
                kind="quiet"
                className="text-canvas underline hover:bg-transparent"
                onClick={() => finish(true)}
              >
                {toast.action.label}
              </Button>
            )}
          </div>
        )}
      </div>
    </ToastContext>
  );
}
