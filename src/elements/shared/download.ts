/**
 * Gives the person a text as a file.
 * It does not know what is in it.
 */

/** Milliseconds after which a browser has surely begun to read the file. */
const READ_WITHIN = 10_000;

export function download(text: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), READ_WITHIN);
}
