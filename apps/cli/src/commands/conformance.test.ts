import { expect, it } from 'vitest'
import { edict } from '../captured-cli.ts'
import { checks } from '../conformance/checks.ts'

it.each([
  ['no server', [], 'say one way to the server'],
  ['two ways', ['--checkin', 'http://127.0.0.1:9', '--profile', 'x'], 'say one way to the server'],
  ['what is no URL', ['--checkin', 'ftp://x'], 'expected http://… or https://…'],
  ['a check that there is not', ['--checkin', 'http://127.0.0.1:9', '--only', 'nope'], 'there is no such check'],
  ['a time that is none', ['--checkin', 'http://127.0.0.1:9', '--wait', 'soon'], 'expected seconds'],
  ['a profile that is not there', ['--profile', '/nowhere/enroll.mobileconfig'], 'Cannot read /nowhere'],
  ['an account without its password', ['--account', 'ada@school.example'], 'no --password-file'],
])('conformance with %s is a wrong command line', async (_, args, said) => {
  const { code, stderr } = await edict(['conformance', ...args])
  expect(stderr).toContain(said)
  expect(code).toBe(2)
})

it('conformance of a server that is not there says so', async () => {
  const { code, stderr } = await edict([
    'conformance',
    '--checkin',
    'http://127.0.0.1:9',
    '--only',
    'authenticate-answered',
  ])
  expect(stderr).toContain('it gives no answer')
  expect(code).toBe(3)
})

it('conformance --list says what is examined', async () => {
  const { code, stdout } = await edict(['conformance', '--list', '--json'])
  expect(JSON.parse(stdout)).toHaveLength(checks.length)
  expect(code).toBe(0)
})
