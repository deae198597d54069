import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { problemCodes } from '@edict/core'
import { describe, expect, it } from 'vitest'
import { edict } from '../../captured-cli.ts'
import { type CodeRow, declarationCodes, messageCodes, predicateCodes } from './codes.ts'

const root = join(import.meta.dirname, '../../../../..')
const page = join(root, 'docs/lint.md')

/** What a lint of our examples prints, with paths as from the root of the project. */
async function lint(...args: readonly string[]) {
  const { code, stdout } = await edict([
    'lint',
    ...args.map((arg) => (arg.startsWith('examples/') ? join(root, arg) : arg)),
  ])
  return { code, stdout: stdout.replaceAll(`${root}/`, '') }
}

describe('our examples', () => {
  it('have no problem', async () => {
    for (const path of ['examples/passcode-wifi', 'examples/school', 'examples/mail']) {
      const properties = ['roles', 'name', 'email'].flatMap((name) => ['--property', name])
      const { code, stdout } = await lint(path, ...properties)
      expect({ code, stdout }, path).toMatchObject({ code: 0, stdout: expect.stringMatching(/^No problems in /) })
    }
  })

  it('have none on what they are for', async () => {
    const targets = ['--target', 'iOS:18.1,supervised', '--target', 'iOS:26.4']
    const { code, stdout } = await lint('examples/passcode-wifi', ...targets)
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/^No problems in /) })
  })
})

describe('docs/lint.md', () => {
  it('shows what is found in examples/broken, and every code (`vitest run apps/cli/src/commands/lint --update` writes it)', async () => {
    const { stdout } = await lint('examples/broken')
    const shown = `\`\`\`text\n$ npx edict lint examples/broken\n${stdout}\`\`\``
    const text = [
      ['broken', shown] as const,
      ['declarations', table(declarationCodes)] as const,
      ['predicates', table(predicateCodes)] as const,
      ['messages', table(messageCodes)] as const,
    ].reduce(withSection, await readFile(page, 'utf8'))
    await expect(text).toMatchFileSnapshot(page)
  })
})

describe('the codes', () => {
  it('are all of a problem that files can have', () => {
    const known = new Set([...declarationCodes, ...predicateCodes, ...messageCodes].map(({ code }) => code))
    expect(problemCodes.filter((code) => !known.has(code) && !ofServers.has(code))).toEqual([])
  })
})

/** What is said of something that only a server has: sets, groups, assignments, enrollments, commands. */
const ofServers: ReadonlySet<string> = new Set([
  'assignment-channel',
  'assignment-missing',
  'command-deprecated',
  'command-finished',
  'command-incomplete',
  'command-missing',
  'command-unavailable',
  'command-unknown',
  'conflict-properties',
  'content-unknown',
  'content-without-manifest',
  'declaration-in-use',
  'declaration-malformed',
  'declaration-missing',
  'enrollment-missing',
  'enrollment-not-enrolled',
  'group-in-use',
  'group-missing',
  'item-unsubscribed',
  'left-out-asset',
  'left-out-configurations',
  'left-out-empty',
  'left-out-ineligible',
  'left-out-missing',
  'left-out-variable',
  'move-incompatible',
  'name-malformed',
  'package-incomplete',
  'package-version-unchanged',
  'properties-malformed',
  'property-dropped',
  'property-unknown',
  'set-in-use',
  'set-missing',
])

function withSection(text: string, [name, content]: readonly [string, string]): string {
  const [start, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`]
  const [before = '', rest = ''] = text.split(start)
  return `${before}${start}${content}\n${rest.slice(rest.indexOf(end))}`
}

function table(rows: readonly CodeRow[]): string {
  const lines = rows.map(
    ({ code, severity, finds }) => `| \`${code}\` | ${severity} | ${finds.replaceAll('|', '\\|')} |`,
  )
  return ['| code | severity | what is found |', '|---|---|---|', ...lines].join('\n')
}
