import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { keys } from '@/shared/api/keys';
import { ModelUploads } from './model-uploads';
import { ModelUploadsContext } from './model-uploads-context';

export function ModelUploadsProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [uploads] = useState(() => new ModelUploads(() => void client.invalidateQueries({ queryKey: keys.incoming })));
  useEffect(() => {
    const goOn = () => uploads.resumeLost();
    window.addEventListener('online', goOn);
    return () => window.removeEventListener('online', goOn);
  }, [uploads]);
  return <ModelUploadsContext value={uploads}>{children}</ModelUploadsContext>;
}
