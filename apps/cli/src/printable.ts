/** Text that others wrote, for a terminal: nothing in it steers the terminal that shows it. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '·')
}
