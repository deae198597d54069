/** A block in eighths: from the left, so that what grows grows to the right. */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** A bar as long as its part of a whole. What is not nothing can be seen, and what is not the whole does not look like it. */
export function bar(part: number, whole: number, width: number): string {
  if (part <= 0 || whole <= 0) return ''
  const eighths = Math.round((part / whole) * width * 8)
  const most = part < whole ? width * 8 - 1 : width * 8
  const shown = Math.min(Math.max(eighths, 1), most)
  return `${'█'.repeat(Math.floor(shown / 8))}${EIGHTHS[shown % 8]}`
}

/** The same in a trough that shows how long it could be. */
export function gauge(part: number, whole: number, width: number): string {
  const full = Math.floor((Math.min(part, whole) / Math.max(whole, 1)) * width)
  const cells = part > 0 && whole > 0 && full === 0 ? 1 : full
  return `${'█'.repeat(cells)}${'░'.repeat(width - cells)}`
}
