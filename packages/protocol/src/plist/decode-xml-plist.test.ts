import { describe, expect, it } from 'vitest'
import { decodePlist } from './decode-plist.ts'
import { PlistError } from './plist-error.ts'
import { PlistReal } from './plist-value.ts'

const encoder = new TextEncoder()
const head = '<?xml version="1.0" encoding="UTF-8"?>\n'

function read(body: string, before = head): unknown {
  return decodePlist(encoder.encode(`${before}<plist version="1.0">${body}</plist>`))
}

function refusal(text: string | Uint8Array): PlistError {
  try {
    decodePlist(typeof text === 'string' ? encoder.encode(text) : text)
  } catch (error) {
    if (error instanceof PlistError) return error
    throw error
  }
  throw new Error('it was read')
}

describe('an XML property list', () => {
  it.each<[string, string, unknown]>([
    ['strings', '<string>Ann &amp; Bob &lt;3 &#x1F600;&#65;&quot;&apos;</string>', 'Ann & Bob <3 😀A"\''],
    ['empty strings', '<string/>', ''],
    ['CDATA', '<string>a<![CDATA[<b> & ]] ]]>c</string>', 'a<b> & ]] c'],
    ['comments inside text', '<string>a<!-- not - this -->b<?nor this?>c</string>', 'abc'],
    ['line ends as XML says', '<string>a\r\nb\rc&#13;d</string>', 'a\nb\nc\rd'],
    ['white space in text as it stands', '<string>  a\tb </string>', '  a\tb '],
    ['white space in tags', '<dict\n><key >a</key\t><true /></dict >', { a: true }],
    ['booleans', '<array><true/><false></false></array>', [true, false]],
    ['integers', '<array><integer>-12</integer><integer> +7\n</integer><integer>-0</integer></array>', [-12, 7, 0]],
    ['hexadecimal integers', '<integer>0xFFFFFFFFFFFFFFFF</integer>', 18446744073709551615n],
    ['the last safe integer', '<integer>9007199254740991</integer>', 9007199254740991],
    ['the first unsafe integer', '<integer>9007199254740993</integer>', 9007199254740993n],
    ['the least integer', '<integer>-9223372036854775808</integer>', -9223372036854775808n],
    ['reals', '<real>1.50e2</real>', new PlistReal(150)],
    ['reals without digits', '<real>-infinity</real>', new PlistReal(Number.NEGATIVE_INFINITY)],
    ['dates', '<date>2024-02-29T23:59:59Z</date>', new Date('2024-02-29T23:59:59Z')],
    ['data', '<data>\n\tAQID\n\t/w==\n</data>', Uint8Array.of(1, 2, 3, 255)],
    ['data without octets', '<data></data>', new Uint8Array(0)],
    ['empty containers', '<array><dict/><array/><dict></dict></array>', [{}, [], {}]],
    ['comments between values', '<!-- a --><array><!-- b --><true/><?c d?></array><!-- e -->', [true]],
  ])('reads %s', (_, body, value) => {
    expect(read(body)).toStrictEqual(value)
  })

  it.each([
    ['no declaration', ''],
    ['a byte order mark', `\ufeff${head}`],
    ['single quotes', "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>"],
    ['a comment before the document type', `${head}<!-- x -->\n<!DOCTYPE plist SYSTEM 'file://localhost/x.dtd'>`],
    ['a document type without identifiers', '<!DOCTYPE plist >'],
  ])('may begin with %s', (_, before) => {
    expect(read('<string>é</string>', before)).toBe('é')
  })

  it('keeps a key named __proto__ as a key like any other', () => {
    const value = read('<dict><key>__proto__</key><dict><key>admin</key><true/></dict></dict>') as object
    expect(Object.keys(value)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect('admin' in value).toBe(false)
    const twice = '<key>constructor</key><true/>'
    expect(Object.entries(read(`<dict>${twice}</dict>`) as object)).toEqual([['constructor', true]])
    expect(refusal(`<plist><dict>${twice}${twice}</dict></plist>`).code).toBe('key-duplicate')
  })

  it('gives data of its own, not a window on the message', () => {
    const data = read('<data>AQID</data>') as Uint8Array
    expect([data.constructor, data.buffer.byteLength]).toEqual([Uint8Array, 3])
  })

  it.each<[code: string, body: string]>([
    ['integer', '<integer>12abc</integer>'],
    ['integer', '<integer></integer>'],
    ['integer', '<integer>1 2</integer>'],
    ['integer', '<integer>1.0</integer>'],
    ['integer-range', '<integer>18446744073709551616</integer>'],
    ['integer-range', `<integer>${'9'.repeat(5000)}</integer>`],
    ['real', '<real>1,5</real>'],
    ['real', '<real>0x10</real>'],
    ['date', '<date>2023-02-29T00:00:00Z</date>'],
    ['date', '<date>2023-02-28T24:00:00Z</date>'],
    ['date', '<date>2023-02-28</date>'],
    ['date', '<date>2023-02-28T00:00:00.5Z</date>'],
    ['date', '<date>2023-02-28T00:00:00+01:00</date>'],
    ['base64', '<data>AQI</data>'],
    ['base64', '<data>AQ=D</data>'],
    ['base64', '<data>A===</data>'],
    ['base64', '<data>AQ===</data>'],
    ['base64', '<data>AQ-_</data>'],
    ['base64', '<data>AQID====</data>'],
    ['value-missing', '<dict><key>a</key></dict>'],
    ['key-missing', '<dict><true/></dict>'],
    ['key-missing', '<dict><key>a</key><true/><true/></dict>'],
    ['key-duplicate', '<dict><key>a</key><true/><key>a</key><false/></dict>'],
    ['key-misplaced', '<array><key>a</key></array>'],
    ['key-misplaced', '<dict><key>a</key><key>b</key></dict>'],
    ['two-roots', '<true/><true/>'],
    ['empty', ''],
    ['entity', '<string>a & b</string>'],
    ['entity', '<string>&nbsp;</string>'],
    ['entity', '<string>&#0;</string>'],
    ['entity', '<string>&#xD800;</string>'],
    ['entity', '<string>&constructor;</string>'],
    ['text-unexpected', '<string>a ]]> b</string>'],
    ['text-unexpected', '<array>x</array>'],
    ['text-unexpected', 'x<true/>'],
    ['text-unexpected', '<true>x</true>'],
    ['tag-mismatch', '<array><true/></dict>'],
    ['tag-mismatch', '<string>a</strin>'],
    ['tag-mismatch', '<string>a</stringy>'],
    ['element-unexpected', '<string>a<b/></string>'],
    ['element-unknown', '<set/>'],
    ['tag', '<string id="a">a</string>'],
    ['tag', '< string>a</string>'],
    ['tag', '<1/>'],
    ['comment', '<!-- a -- b --><true/>'],
    ['declaration', '<?xml version="1.0"?><true/>'],
    ['character', '<string>\u0001</string>'],
  ])('is refused as %s: %s', (code, body) => {
    expect(refusal(`${head}<plist version="1.0">${body}</plist>`).code).toBe(code)
  })

  it.each<[code: string, text: string]>([
    ['dtd-subset', '<!DOCTYPE plist [<!ENTITY a "b">]><plist><string>&a;</string></plist>'],
    ['dtd-subset', '<!DOCTYPE plist PUBLIC "a" "b" [ ]><plist><true/></plist>'],
    ['doctype', '<!DOCTYPE html><plist><true/></plist>'],
    ['doctype', '<!DOCTYPE plist><!DOCTYPE plist><plist><true/></plist>'],
    ['declaration', ' <?xml version="1.0"?><plist><true/></plist>'],
    ['declaration', '<?xml version="1.0" encoding=UTF-8?><plist><true/></plist>'],
    ['encoding', '<?xml version="1.0" encoding="ISO-8859-1"?><plist><true/></plist>'],
    ['root', '<dict/>'],
    ['empty', '<plist/>'],
    ['two-roots', '<plist><true/></plist><plist><true/></plist>'],
    ['text-unexpected', '<plist><true/></plist>x'],
    ['unclosed', ''],
    ['unclosed', '<plist>'],
    ['unclosed', '<plist><string>a'],
    ['unclosed', '<plist><string>a<![CDATA[b</string></plist>'],
    ['unclosed', '<plist><!-- <true/></plist>'],
    ['unclosed', '<plist><dict><key>a</key>'],
    ['text-unexpected', '{"UDID": "x"}'],
  ])('is refused as %s: %s', (code, text) => {
    expect(refusal(text).code).toBe(code)
  })

  it('is refused with the place, counted in octets, lines and columns', () => {
    const error = refusal('\ufeff<plist>\n<string>é😀</string>\n  <integer>12abc</integer></plist>')
    expect(error).toMatchObject({ code: 'two-roots', line: 3, column: 3, offset: 3 + 8 + 24 + 2 })
    expect(refusal('<plist>\n\t<integer>12abc</integer></plist>')).toMatchObject({
      code: 'integer',
      offset: 9,
      line: 2,
      column: 2,
      found: '12abc',
      message: 'Cannot read property list: an <integer> that is none at line 2, column 2',
    })
    expect(refusal('<plist><string>fish & chips</string></plist>')).toMatchObject({ code: 'entity', offset: 20 })
    expect(refusal('<plist><data>AQ*D</data></plist>')).toMatchObject({ code: 'base64', offset: 15 })
  })

  it('is refused at the first octet that is not UTF-8', () => {
    const bytes = encoder.encode('<plist><string>\ufffdé..</string></plist>')
    bytes[20] = 0xff
    expect(refusal(bytes)).toMatchObject({ code: 'encoding', offset: 20 })
    expect(refusal(Uint8Array.of(0xff, 0xfe, 0x3c, 0)).code).toBe('encoding')
  })

  it('holds 64 containers inside each other and no more', () => {
    const nested = (depth: number) => `<plist>${'<array>'.repeat(depth)}${'</array>'.repeat(depth)}</plist>`
    expect(decodePlist(encoder.encode(nested(64)))).toHaveLength(1)
    expect(refusal(nested(65)).code).toBe('depth')
    expect(refusal(`<plist>${'<array>'.repeat(1_000_000)}`).code).toBe('depth')
  })

  it.each([
    ['digits', `<real>${'1'.repeat(4_000_000)}x</real>`],
    ['white space', `<integer>1${' '.repeat(4_000_000)}x</integer>`],
    ['ampersands', `<string>${'&amp;'.repeat(800_000)}&</string>`],
    ['attributes', `<array ${'a="" '.repeat(800_000)}/>`],
  ])('is refused in time that grows only as its length: %s', { timeout: 5000 }, (_, body) => {
    expect(() => read(body)).toThrow(PlistError)
  })

  it('is at most 16 MiB', () => {
    const room = 16 * 1024 * 1024 - '<plist><string></string></plist>'.length
    const text = (length: number) => `<plist><string>${'a'.repeat(length)}</string></plist>`
    expect(decodePlist(encoder.encode(text(room)))).toHaveLength(room)
    expect(refusal(text(room + 1)).code).toBe('too-large')
  })
})
