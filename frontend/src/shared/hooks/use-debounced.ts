import { useEffect, useState } from 'react';

/** The value once it has rested for that many milliseconds. */
export function useDebounced<T>(value: T, millis = 200): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), millis);
    return () => clearTimeout(timer);
  }, [value, millis]);
  return rested;
}
