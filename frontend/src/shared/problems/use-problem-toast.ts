import { Problem } from '@/shared/api/problem';
import { useToast } from '@/shared/ui/toast/toasts';
import { useProblemText } from './use-problem-text';

/** Says in a toast why something did not work. */
export function useProblemToast(): (error: unknown) => void {
  const toast = useToast();
  const problemText = useProblemText();
  return (error) => toast({ text: problemText(Problem.from(error)).line });
}
