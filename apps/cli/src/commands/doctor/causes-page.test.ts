import { readFileSync, writeFileSync } from 'node:fs'
import { causes } from '@edict/core'
import { expect, it } from 'vitest'

const file = new URL('../../../../../docs/silent.md', import.meta.url)
const [start, end] = ['<!-- causes -->\n', '<!-- /causes -->']

it('docs/silent.md lists every cause (EDICT_UPDATE_CAUSES=1 writes it)', () => {
  const page = readFileSync(file, 'utf8')
  const [before = '', rest = ''] = page.split(start)
  const [, after = ''] = rest.split(end)
  const rows = causes.map(
    ({ code, basis, summary, remedy }) => `| \`${code}\` | ${basis} | ${summary} | ${escaped(remedy)} |`,
  )
  const table = ['| code | how it is known | what happened | what to do |', '|---|---|---|---|', ...rows].join('\n')
  const written = `${before}${start}${table}\n${end}${after}`
  if (process.env.EDICT_UPDATE_CAUSES === '1') writeFileSync(file, written)
  expect(readFileSync(file, 'utf8')).toBe(written)
})

function escaped(text: string): string {
  return text.replaceAll('|', '\\|')
}
