/** One page for a person: no script, readable in the light and in the dark. `style` is beside what all pages have. */
export function page(title: string, style: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>
:root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif }
${style}
</style>
<h1>${title}</h1>
${content}
</html>
`
}
