/** Where to go after signing in: only ever a path of this site. */
export function localPath(path: string | null): string {
  return path && /^\/(?![/\\])/.test(path) ? path : '/chat';
}
