const paths = new WeakMap<File, string>();

/** Remembers the folders a dropped file came from; a File itself cannot be told. */
export function withPath(file: File, path: string): File {
  paths.set(file, path);
  return file;
}

/** The name of a file with its folders, so that files of the same name in two folders stay apart. */
export const pathOf = (file: File): string => paths.get(file) ?? (file.webkitRelativePath || file.name);
