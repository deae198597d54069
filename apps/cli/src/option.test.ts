import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { addOptions, type Option, optionKey, optionValues } from './option.ts'

const options: readonly Option[] = [
  { flag: '--listen <host:port>', env: 'EDICT_LISTEN', description: 'where to listen', default: '127.0.0.1:8080' },
  { flag: '--data <dir>', env: 'EDICT_DATA', description: 'folder of the database' },
  { flag: '--insecure-devices', env: 'EDICT_INSECURE_DEVICES', description: 'believe claimed identities' },
  { flag: '--no-command-data', env: 'EDICT_NO_COMMAND_DATA', description: 'leave Data out of the command' },
]

function values(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const command = addOptions(new Command('serve').exitOverride(), options)
  command.parse(args, { from: 'user' })
  return optionValues(options, command.opts(), env)
}

describe('optionValues()', () => {
  it('takes defaults when nothing is given', () => {
    expect(values([])).toEqual({ listen: '127.0.0.1:8080', data: undefined })
  })

  it('takes flags before variables and variables before defaults', () => {
    expect(values(['--data', 'a'], { EDICT_DATA: 'b', EDICT_LISTEN: '0.0.0.0:1' })).toMatchObject({
      data: 'a',
      listen: '0.0.0.0:1',
    })
  })

  it('knows switches, also those that say no', () => {
    expect(values(['--insecure-devices', '--no-command-data'])).toMatchObject({
      insecureDevices: true,
      noCommandData: true,
    })
    expect(values([], { EDICT_INSECURE_DEVICES: '1', EDICT_NO_COMMAND_DATA: 'true' })).toMatchObject({
      insecureDevices: true,
      noCommandData: true,
    })
    expect(values([], { EDICT_INSECURE_DEVICES: '0' })).toMatchObject({ insecureDevices: false })
  })

  it('refuses a variable of a switch that is neither on nor off', () => {
    expect(() => values([], { EDICT_INSECURE_DEVICES: 'perhaps' })).toThrow(
      'Cannot use EDICT_INSECURE_DEVICES=perhaps: expected 1 or 0',
    )
  })
})

describe('addOptions()', () => {
  it('shows the variable and the default in help', () => {
    const help = addOptions(new Command('serve'), options).configureHelp({ helpWidth: 200 }).helpInformation()
    expect(help).toContain('where to listen (EDICT_LISTEN, default 127.0.0.1:8080)')
    expect(help).toContain('--no-command-data')
  })
})

describe('optionKey()', () => {
  it.each([
    ['--listen <host:port>', 'listen'],
    ['--insecure-devices', 'insecureDevices'],
    ['--no-command-data', 'noCommandData'],
  ])('of %s is %s', (flag, key) => {
    expect(optionKey(flag)).toBe(key)
  })
})
