import { readFile, writeFile } from 'node:fs/promises'

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->` in a document. @throws when the marks are missing */
export async function replaceSections(file: URL, sections: ReadonlyMap<string, string>): Promise<void> {
  let text = await readFile(file, 'utf8')
  for (const [name, content] of sections) {
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
    const from = text.indexOf(open)
    const to = text.indexOf(close)
    if (from === -1 || to < from) throw new Error(`Cannot write ${file.pathname}: expected ${open} and ${close} in it`)
    text = `${text.slice(0, from + open.length)}\n${content}\n${text.slice(to)}`
  }
  await writeFile(file, text)
}
