import { createContext, useContext } from 'react';

export interface ToastMessage {
  text: string;
  action?: { label: string; run: () => void };
  /** Called when the toast goes without its action having been used. */
  onExpire?: () => void;
}

export const ToastContext = createContext<(toast: ToastMessage) => void>(() => undefined);

export function useToast(): (toast: ToastMessage) => void {
  return useContext(ToastContext);
}
