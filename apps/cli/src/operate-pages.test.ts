import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { edict } from './captured-cli.ts'

const folder = new URL('../../../docs/operate/', import.meta.url)
const pages = (await readdir(folder)).filter((name) => name.endsWith('.md') && name !== 'options.md')

/** Command lines in the blocks of a page, less `edict`; one within another stands by itself. */
async function commandsOn(page: string): Promise<readonly string[]> {
  const text = await readFile(new URL(page, folder), 'utf8')
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block.replaceAll('\\\n', ' '))
  const lines = blocks.flatMap((block) => block.split('\n'))
  const inner = lines.flatMap((line) => [...line.matchAll(/\$\(([^)]*)\)/g)].map(([, command = '']) => command))
  return [...lines.map((line) => line.replaceAll(/\$\([^)]*\)/g, '…')), ...inner].flatMap((line) => {
    const [, command] = /^(?:npx )?edict (.*?)(?: [>|].*)?$/.exec(line) ?? []
    return command === undefined ? [] : [command]
  })
}

const help = async (...words: readonly string[]) => (await edict([...words, '--help'])).stdout

describe.each(pages)('docs/operate/%s', (page) => {
  it('shows commands that there are, with options that they have', async () => {
    for (const command of await commandsOn(page)) {
      const words = command.split(/\s+/)
      const options = words.filter((word) => word.startsWith('--')).map((word) => word.replace(/=.*/, ''))
      const [noun = '', verb = ''] = words
      if (noun.startsWith('--')) continue
      const known = (await help(noun)).includes('Commands:') ? [noun, verb] : [noun]
      const said = await help(...known)
      expect(said, command).toContain(`Usage: edict ${known.join(' ')} `)
      for (const option of options) expect(said, command).toMatch(new RegExp(`${option}\\b`))
    }
  })
})
