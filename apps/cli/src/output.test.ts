import { describe, expect, it } from 'vitest'
import { RefusedError, UnreachableError } from './failure.ts'
import { createOutput } from './output.ts'

function captured(env: Readonly<Record<string, string>> = {}, isTTY = false) {
  const printed = { stdout: '', stderr: '' }
  const sink = (to: 'stdout' | 'stderr') => ({
    isTTY,
    write: (text: string) => {
      printed[to] += text
    },
  })
  return { printed, output: createOutput(sink('stdout'), sink('stderr'), env) }
}

const problem = {
  type: 'about:blank',
  title: 'Unprocessable',
  status: 422,
  code: 'reference-missing',
  detail: 'Cannot put a: it names b, which does not exist',
  at: '/Payload/StandardConfigurations/0',
  found: 'b',
  expected: 'a declaration that exists',
  remedy: 'put b first',
}

describe('table()', () => {
  it('aligns columns and draws nothing', async () => {
    const { printed, output } = captured()
    await output.table(
      ['SET', 'COUNT', 'BEHIND'],
      [
        ['wifi', 12, true],
        ['mail-for-all', null, false],
      ],
    )
    expect(printed.stdout).toBe('SET           COUNT  BEHIND\nwifi          12     yes\nmail-for-all  –      no\n')
  })

  it('prints its head alone when there are no rows', async () => {
    const { printed, output } = captured()
    await output.table(['SET', 'COUNT'], [])
    expect(printed.stdout).toBe('SET  COUNT\n')
  })
})

describe('colours', () => {
  it('are for a terminal, unless NO_COLOR is set', () => {
    expect(captured({}, true).output.colours.red('x')).not.toBe('x')
    expect(captured({ NO_COLOR: '1' }, true).output.colours.red('x')).toBe('x')
    expect(captured({}, false).output.colours.red('x')).toBe('x')
    expect(captured({ FORCE_COLOR: '1' }, false).output.colours.red('x')).not.toBe('x')
  })
})

describe('failure()', () => {
  it('shows what was found and expected, where, and what to do', () => {
    const { printed, output } = captured()
    output.failure(new RefusedError(problem), false)
    expect(printed).toEqual({
      stdout: '',
      stderr: [
        'Cannot put a: it names b, which does not exist',
        '  at: /Payload/StandardConfigurations/0',
        '  found: "b"',
        '  expected: a declaration that exists',
        '  do: put b first',
        '  code: reference-missing',
        '',
      ].join('\n'),
    })
  })

  it('shows each of several problems', () => {
    const { printed, output } = captured()
    const one = { code: 'a', severity: 'error' as const, message: 'Cannot a' }
    output.failure(new RefusedError({ ...problem, problems: [one, { ...one, code: 'b', message: 'Cannot b' }] }), false)
    expect(printed.stderr).toBe('Cannot a\n  code: a\nCannot b\n  code: b\n')
  })

  it('is the problem document itself for --json', () => {
    const { printed, output } = captured()
    output.failure(new RefusedError(problem), true)
    expect(JSON.parse(printed.stderr)).toEqual(problem)
    expect(printed.stdout).toBe('')
  })

  it('keeps the remedy of what could not be reached', () => {
    const { printed, output } = captured()
    output.failure(new UnreachableError('Cannot reach it', 'start it'), false)
    expect(printed.stderr).toBe('Cannot reach it\n  do: start it\n')
  })
})
