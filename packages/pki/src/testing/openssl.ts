import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const program: string = 'openssl'

/** Whether the openssl program is here. Without it, tests of interoperation are left out, and say so. */
export const hasOpenssl = spawnSync(program, ['version']).status === 0

export interface Workbench {
  /** Writes a file into a folder of its own, and gives its path. */
  file(name: string, content: string | Uint8Array): string
  /** Runs openssl there. Throws with what it complained about. */
  run(...args: readonly string[]): Buffer
  close(): void
}

export function workbench(): Workbench {
  const folder = mkdtempSync(join(tmpdir(), 'edict-pki-'))
  return {
    file: (name, content) => {
      writeFileSync(join(folder, name), content)
      return join(folder, name)
    },
    run: (...args) => {
      const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder })
      if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`)
      return stdout
    },
    close: () => rmSync(folder, { recursive: true }),
  }
}
