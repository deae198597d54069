import { expect, it } from 'vitest'
import { optionsPage } from './options-page.ts'

it('is one table a program, with every option, its variable and its default', () => {
  const page = optionsPage([
    {
      name: 'edict serve',
      about: 'Runs the server.',
      options: [
        { flag: '--listen <host:port>', env: 'EDICT_LISTEN', description: 'Where', default: '127.0.0.1:8080' },
        { flag: '--quiet', env: 'EDICT_QUIET', description: 'Say <nothing> | little' },
      ],
    },
  ])
  expect(page).toContain('## `edict serve`\n\nRuns the server.\n\n| option |')
  expect(page).toContain('| `--listen <host:port>` | `EDICT_LISTEN` | `127.0.0.1:8080` | Where |\n')
  expect(page).toContain('| `--quiet` | `EDICT_QUIET` |  | Say &lt;nothing> \\| little |\n')
})
