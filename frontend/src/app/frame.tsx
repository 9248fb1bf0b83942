import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { DocumentEvents } from '@/features/documents/document-events';
import { UploadDock } from '@/features/documents/upload-dock';
import { useIsWide } from '@/shared/hooks/use-media-query';
import { BottomBar } from './bottom-bar';
import { CommandPalette } from './command-palette';
import { Rail } from './rail';
import { ShortcutsOverlay } from './shortcuts-overlay';
import { useGlobalKeys } from './use-global-keys';

type Overlay = 'palette' | 'shortcuts' | null;

export function Frame() {
  const { t } = useTranslation();
  const wide = useIsWide();
  const [overlay, setOverlay] = useState<Overlay>(null);
  const close = () => setOverlay(null);
  useGlobalKeys({
    openPalette: () => setOverlay('palette'),
    openShortcuts: () => setOverlay((old) => old ?? 'shortcuts'),
  });
  return (
    <div className="relative flex h-dvh flex-col overflow-clip md:flex-row">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-surface focus:p-2"
      >
        {t('nav.skip')}
      </a>
      {wide && <Rail onSearch={() => setOverlay('palette')} />}
      <main id="main" tabIndex={-1} className="min-h-0 min-w-0 flex-1 outline-none">
        <Outlet />
      </main>
      {!wide && <BottomBar onSearch={() => setOverlay('palette')} />}
      <UploadDock />
      <DocumentEvents />
      {overlay === 'palette' && <CommandPalette onClose={close} onShortcuts={() => setOverlay('shortcuts')} />}
      {overlay === 'shortcuts' && <ShortcutsOverlay onClose={close} />}
    </div>
  );
}
