import { describe, expect, it } from 'vitest'
import { createOutput } from '../output.ts'
import { createScreen, type Row } from './screen.ts'

function shown(isTTY: boolean, draw: (rows: (...rows: readonly Row[]) => void, settle: () => void) => void): string {
  let text = ''
  const sink = {
    write: (more: string) => {
      text += more
    },
  }
  const screen = createScreen(createOutput(sink, sink, { NO_COLOR: '1' }), { isTTY, columns: () => 80 })
  draw((...rows) => screen.rows(rows, 'latest news'), screen.settle)
  return text
}

const wifi = (count: number): Row => ({ label: 'Wi-Fi', count, total: 4, after: count === 4 ? 1.25 : null })

describe('the screen', () => {
  it('writes no line twice where nobody watches, and no control characters', () => {
    const text = shown(false, (rows, settle) => {
      for (const count of [0, 0, 1, 2, 4, 4]) rows(wifi(count))
      settle()
    })
    expect(text).toBe('   Wi-Fi: 4/4 after 1.3 s\n')
  })

  it('draws rows in place on a terminal, and leaves them without the news', () => {
    const text = shown(true, (rows, settle) => {
      rows(wifi(1))
      rows(wifi(4))
      settle()
    })
    const [first = '', second = '', last = ''] = text.replaceAll('\x1b[2A', '(up 2)').split('\r\x1b[J').slice(1)
    expect(first).toMatch(/^ {3}Wi-Fi +█{6}░{18} {3}1\/4\n {3}latest news\n\(up 2\)$/)
    expect(second).toMatch(/ 4\/4 {2}1\.3 s\n {3}latest news\n\(up 2\)$/)
    expect(last).toMatch(/^ {3}Wi-Fi +█{24} {3}4\/4 {2}1\.3 s\n$/)
  })

  it('never draws wider than the terminal', () => {
    const text = shown(true, (rows) => rows({ label: 'x'.repeat(200), count: 48, total: 48, after: 12.3 }))
    for (const line of text.split('\n')) expect(line.replace('\r\x1b[J', '').length).toBeLessThanOrEqual(80)
  })
})
