/** A table in Markdown. Cells may hold Markdown; a bar in one is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

export function code(text: string): string {
  return `\`${text}\``
}

/**
 * The anchor that GitHub gives to a heading: lower case, of signs only hyphens and underscores are kept, a space is a hyphen.
 * Headings that have the same one get numbers, so a page has to avoid that.
 */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-')
}

/** A name in code that leads to its heading on the same page. */
export function toHeading(name: string): string {
  return `[${code(name)}](#${anchor(name)})`
}
