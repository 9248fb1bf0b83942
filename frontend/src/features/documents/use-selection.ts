import { useRef, useState } from 'react';

export interface Selection {
  ids: ReadonlySet<string>;
  toggle: (id: string, range: boolean) => void;
  toggleAll: () => void;
  clear: () => void;
}

/** Chosen rows; with `range` everything between this row and the last one touched follows it. */
export function useSelection(order: string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  const ids = new Set(order.filter((id) => chosen.has(id)));
  const toggle = (id: string, range: boolean) => {
    const next = new Set(ids);
    const [first, last] = [order.indexOf(anchor.current ?? id), order.indexOf(id)].sort((a, b) => a - b);
    const touched = range && first !== undefined && first >= 0 ? order.slice(first, (last ?? first) + 1) : [id];
    const on = !ids.has(id);
    for (const each of touched) {
      if (on) next.add(each);
      else next.delete(each);
    }
    anchor.current = id;
    setChosen(next);
  };
  return {
    ids,
    toggle,
    toggleAll: () => setChosen(ids.size === order.length ? new Set() : new Set(order)),
    clear: () => setChosen(new Set()),
  };
}
