import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Benchmark, Figure } from '../benchmark.ts'
import { databaseNames } from '../database-name.ts'
import { interleaved } from '../rounds.ts'

const EDICT = fileURLToPath(new URL('../../../apps/cli/bin/edict.js', import.meta.url))
const DECLARATIONS = 1_000

/** `edict lint` over a folder, from the command to its last line, in turns with one that looks at a single declaration. */
export const lint: Benchmark = {
  name: 'lint',
  title: 'How long a lint of 1,000 declarations takes, from the command on (no database takes part)',
  run: async (bench) => {
    const folder = await mkdtemp(join(tmpdir(), 'edict-bench-lint-'))
    try {
      const [many, one] = [join(folder, 'many'), join(folder, 'one')]
      await write(many, DECLARATIONS)
      await write(one, 1)
      const { all, single } = await interleaved(bench, { all: () => edictLint(many), single: () => edictLint(one) })
      return [
        line(`${DECLARATIONS} declarations, one a file`, all.wall, { kind: 'at most', value: 3_000 }),
        line('one declaration: the start of the program', single.wall),
        line('each further declaration', (all.wall - single.wall) / (DECLARATIONS - 1)),
      ]
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}

function line(what: string, value: number, target?: Figure['target']): Figure {
  const values = Object.fromEntries(databaseNames.map((name) => [name, value]))
  return { what, unit: 'ms', values, ...(target === undefined ? {} : { target }) }
}

async function edictLint(folder: string) {
  const start = performance.now()
  const child = spawn(process.execPath, [EDICT, 'lint', folder], { stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`Cannot measure edict lint: it ended with ${code}`)
  return { wall: performance.now() - start }
}

/** Four kinds in turns: what a mail account needs, the account, and the activation that makes it depend on the device. */
async function write(folder: string, count: number): Promise<void> {
  await mkdir(folder)
  for (let number = 0; number < count; number += 1) {
    const group = Math.floor(number / 4)
    const declaration = kinds[number % kinds.length]?.(group)
    await writeFile(join(folder, `${number}.json`), JSON.stringify(declaration, null, 2))
  }
}

const kinds = [
  (group: number) => ({
    Type: 'com.apple.asset.useridentity',
    Identifier: `identity.${group}`,
    Payload: { FullName: `Person ${group}`, EmailAddress: `person.${group}@example.com` },
  }),
  (group: number) => ({
    Type: 'com.apple.asset.credential.userpassword',
    Identifier: `credentials.${group}`,
    Payload: { Reference: { DataURL: `https://content.example.com/${group}.json`, ContentType: 'application/json' } },
  }),
  (group: number) => ({
    Type: 'com.apple.configuration.account.mail',
    Identifier: `mail.${group}`,
    Payload: {
      VisibleName: `Mail ${group}`,
      UserIdentityAssetReference: `identity.${group}`,
      IncomingServer: server('IMAP', 993, group),
      OutgoingServer: server(undefined, 587, group),
    },
  }),
  (group: number) => ({
    Type: 'com.apple.activation.simple',
    Identifier: `mail.${group}.on`,
    Payload: {
      StandardConfigurations: [`mail.${group}`],
      Predicate: `(@status(passcode.is-compliant) == TRUE) AND (@status(device.model.family) != 'Group ${group}')`,
    },
  }),
]

function server(ServerType: string | undefined, Port: number, group: number) {
  return {
    ...(ServerType === undefined ? {} : { ServerType }),
    HostName: 'mail.example.com',
    Port,
    AuthenticationMethod: 'Password',
    AuthenticationCredentialsAssetReference: `credentials.${group}`,
  }
}
