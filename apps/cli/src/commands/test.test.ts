import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Json } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import { edict } from '../captured-cli.ts'
import { readText } from '../input.ts'
import { createOutput } from '../output.ts'
import { program } from '../program.ts'
import { filesOf, wifi, written } from '../test-run/testing/written.ts'

const examples = resolve(import.meta.dirname, '../../../../examples')

async function run(folder: string, ...args: readonly string[]) {
  return edict(['test', folder, ...args], {}, await filesOf(folder))
}

const fixture = (tests: Json) => ({ ...wifi, 'wifi.test.json': { tests } })
const there = { name: 'the Wi-Fi is there', expect: { active: ['wifi'] } }

describe('edict test', () => {
  it.each(['school', 'passcode-wifi', 'mail'])('the example %s holds', async (name) => {
    const { code, stdout } = await run(join(examples, name))
    expect(stdout).not.toContain('✗')
    expect(stdout).toMatch(/\n\d+ passed\n$/)
    expect(code).toBe(0)
  })

  it('gives each device its values in place of variables, and nothing that they leave out', async () => {
    const tests = [
      { name: 'has a room', properties: { room: '12' }, expect: { active: ['wifi'] } },
      { name: 'has none', expect: { absent: ['wifi', 'wifi.on'] } },
      {
        name: 'gets one',
        expect: { active: [] },
        steps: [{ properties: { room: '13' }, expect: { active: ['wifi'] } }],
      },
    ]
    const profile = {
      ...(wifi['wifi.json'] as object),
      Payload: { ProfileURL: 'https://content.example.com/${property.room}.mobileconfig' },
    }
    await using files = await written({ ...fixture(tests), 'wifi.json': profile })
    const { code, stdout } = await run(files.folder)
    expect(stdout).toMatch(/\n3 passed\n$/)
    expect(code).toBe(0)
  })

  it('ends with 1 and says what was expected, what was found, and what decided', async () => {
    const device = { facts: { 'passcode.is-present': false } }
    await using files = await written(fixture([there, { ...there, name: 'not without a passcode', device }]))
    const { code, stdout } = await run(files.folder)
    expect(code).toBe(1)
    expect(stdout.replace(files.folder, '')).toBe(`/wifi.test.json
  ✓ the Wi-Fi is there
  ✗ not without a passcode
    in the beginning:
      wifi
        expected  active
        found     inactive (Info.Predicate)
        wifi.on is inactive: @status(passcode.is-present) == TRUE is false
          @status(passcode.is-present)  false  (on the device)

1 passed, 1 failed
`)
  })

  it('finds what is active and should not be, what is not on the device, and another reason', async () => {
    const wrong = { active: [], inactive: { 'wifi.on': 'Info.Predicate' }, absent: ['wifi.on'] }
    await using files = await written(fixture([{ name: 'wrong', expect: { ...wrong, inactive: { nowhere: null } } }]))
    const { stdout, code } = await run(files.folder)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    await writeFile(
      join(files.folder, 'wifi.test.json'),
      JSON.stringify({ tests: [{ name: 'wrong', expect: { ...wrong, inactive: ['nowhere', 'wifi.on'] } }] }),
    )
    const again = await run(files.folder)
    expect(again.stdout).toMatch(/ {6}wifi\n {8}expected {2}not active\n {8}found {5}active/)
    expect(again.stdout).toMatch(/ {6}nowhere\n {8}expected {2}inactive\n {8}found {5}not on the device/)
    expect(again.stdout).toMatch(/ {6}wifi\.on\n {8}expected {2}inactive\n/)
  })

  it('compares properties and sets with what the device has', async () => {
    const properties = { roles: ['IT'], age: 7 }
    const sets = { whole: ['wifi.on'], other: ['wifi'] }
    const step = (expect: Json) => ({ name: 'x', give: ['whole'], properties, expect })
    const right = { properties: { roles: ['IT'], grade: null }, sets: ['whole'] }
    const wrong = { properties: { roles: [], age: null, grade: 1 }, sets: ['other', 'school'] }
    const school = [...sets.whole, 'mail']
    const mail = {
      Type: 'com.apple.configuration.diskmanagement.settings',
      Identifier: 'mail',
      Payload: { Restrictions: { ExternalStorage: 'Allowed' } },
    }
    const tests = [step(right), step(wrong)]
    await using files = await written({
      ...wifi,
      'mail.json': mail,
      'wifi.test.json': { sets: { ...sets, school }, tests },
    })
    const { stdout, code } = await run(files.folder)
    expect(code).toBe(1)
    expect(stdout).toMatch(/✓ x\n {2}✗ x\n/)
    expect(stdout).toContain('      property roles\n        expected  []\n        found     ["IT"]\n')
    expect(stdout).toContain('      property age\n        expected  not set\n        found     7\n')
    expect(stdout).toContain('      property grade\n        expected  1\n        found     not set\n')
    expect(stdout).toContain(
      '      set school\n        expected  on the device\n        found     without mail: not on the device\n',
    )
    expect(stdout).not.toContain('set other')
  })

  it('fails what a server would refuse, and says so', async () => {
    const broken = {
      Type: 'com.apple.activation.simple',
      Identifier: 'x',
      Payload: { StandardConfigurations: ['gone'] },
    }
    await using files = await written({ ...fixture([there]), 'x.json': broken })
    const { code, stdout } = await run(files.folder)
    expect(code).toBe(1)
    expect(stdout).toContain('x would be refused: ')
  })

  it('ends with 2 for what cannot be read or run', async () => {
    const unknowable = { ...there, device: { facts: { 'device.model.family': 'Mac' } } }
    for (const tests of [
      [],
      [unknowable],
      [{ ...there, give: ['nothing'] }],
      [{ name: 'x', expect: { sets: ['nothing'] } }],
      [{ ...there, device: { channel: 'user' } }],
    ]) {
      await using files = await written(fixture(tests))
      const { code, stderr } = await run(files.folder)
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^Cannot /) })
    }
    await using nothing = await written(wifi)
    expect((await run(nothing.folder)).stderr).toMatch(/there is no \*\.test\.json in it/)
  })

  it('lets events happen over time, commands too', async () => {
    const steps = [
      { events: [{ type: 'passcode.remove' }], expect: { active: [], inactive: { wifi: 'Info.Predicate' } } },
      { after: '2h', events: [{ type: 'passcode.set', present: true }], expect: { active: ['wifi'] } },
      {
        commands: [{ RequestType: 'ClearPasscode' }],
        after: '60s',
        name: 'after a command',
        expect: { active: ['wifi'] },
      },
      { give: [], expect: { active: [], absent: ['wifi', 'wifi.on'] } },
    ]
    await using files = await written(fixture([{ ...there, steps }]))
    const { stdout } = await run(files.folder)
    expect(stdout).toContain('1 passed')
  })

  it('writes JUnit XML and prints JSON', async () => {
    await using files = await written(fixture([there, { name: 'a <b> & "c"', expect: { active: [] } }]))
    const path = join(files.folder, 'junit.xml')
    const { stdout, code } = await run(files.folder, '--json', '--junit', path)
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      passed: false,
      fixtures: [{ tests: [{ passed: true }, { passed: false }] }],
    })
    const xml = await readFile(path, 'utf8')
    expect(xml).toContain('<testsuites name="edict test" tests="2" failures="1"')
    expect(xml).toContain('name="a &lt;b&gt; &amp; &quot;c&quot;"')
    expect(xml).toContain('<failure message="wifi: expected not active, found active">')
  })

  it('watches: a change runs everything again, until it is ended', async () => {
    await using files = await written(fixture([{ name: 'none', expect: { active: [] } }]))
    const stop = new AbortController()
    let printed = ''
    const seen: { readonly text: string; readonly resolve: () => void }[] = []
    const until = (text: string) => new Promise<void>((resolve) => seen.push({ text, resolve }))
    const sink = {
      write(text: string) {
        printed += text
        for (const { text: wanted, resolve } of seen) if (printed.includes(wanted)) resolve()
      },
    }
    const failed = until('1 failed')
    const ended = program(['test', files.folder, '--watch'], {
      env: {},
      output: createOutput(sink, sink, {}),
      read: readText,
      signal: stop.signal,
      exit: () => {},
    })
    await failed
    const passed = until('1 passed')
    // The folder is watched from here on, which the file system does not say: write until it is seen.
    const again = setInterval(() => {
      void writeFile(join(files.folder, 'wifi.test.json'), JSON.stringify({ tests: [there] }))
    }, 300)
    await passed
    clearInterval(again)
    stop.abort()
    await ended
    expect(printed).toContain('Watching; Ctrl-C ends it')
  })
})
