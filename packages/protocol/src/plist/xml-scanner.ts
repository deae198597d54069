import { maximumDepth } from '../limits.ts'
import { PlistError } from './plist-error.ts'
import { isXmlSpace, notXml } from './xml-characters.ts'
import { octetLength } from './xml-encoding.ts'
import { decodeEntities } from './xml-entities.ts'

const usualHead =
  '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0">'
const declaration =
  /<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.\d+"|'1\.\d+')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([\w.-]+)"|'([\w.-]+)'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/y
const doctype =
  /<!DOCTYPE[ \t\r\n]+plist(?:[ \t\r\n]+(?:SYSTEM|PUBLIC[ \t\r\n]+(?:"[^"]*"|'[^']*'))[ \t\r\n]+(?:"[^"]*"|'[^']*'))?[ \t\r\n]*/y
const attribute = /[ \t\r\n]+[A-Za-z_:][\w:.-]*[ \t\r\n]*=[ \t\r\n]*(?:"[^"<]*"|'[^'<]*')/y

/**
 * The part of XML 1.0 that property lists use, read from left to right. No entity can be declared: an internal DTD
 * subset is refused, and the external one is never looked at.
 */
export class XmlScanner {
  readonly maximumDepth = maximumDepth
  /** Whether the last start tag closed itself. */
  empty = false
  at = 0
  private readonly text: string
  private readonly bytes: Uint8Array
  /** Whether content may need more than being cut out. */
  private readonly special: boolean

  constructor(text: string, bytes: Uint8Array) {
    this.text = text
    this.bytes = bytes
    this.special = text.includes('&') || text.includes('\r') || text.includes(']]>')
    const wrong = notXml.exec(text)
    if (wrong !== null) throw this.fail('character', 'a character that XML has no place for', wrong.index)
  }

  /** Everything before `<plist`. */
  prolog(): void {
    if (this.text.startsWith(usualHead)) {
      this.at = usualHead.lastIndexOf('\n') + 1
      return
    }
    if (this.text.startsWith('<?xml') && !/[\w:.-]/.test(this.text.charAt(5))) this.xmlDeclaration()
    this.misc()
    if (this.text.startsWith('<!DOCTYPE', this.at)) {
      doctype.lastIndex = this.at
      if (!doctype.test(this.text)) throw this.fail('doctype', 'a malformed document type')
      this.at = doctype.lastIndex
      if (this.text.charAt(this.at) === '[') throw this.fail('dtd-subset', 'an internal DTD subset')
      this.expect('>')
      this.misc()
    }
  }

  /** The start tag of `plist`; true when it closed itself. */
  root(): boolean {
    const start = this.at
    if (this.text.startsWith('<!DOCTYPE', start)) throw this.fail('doctype', 'a second document type')
    if (this.name() !== 'plist') throw this.fail('root', 'no <plist>', start)
    attribute.lastIndex = this.at
    while (attribute.test(this.text)) {
      this.at = attribute.lastIndex
    }
    this.closeStartTag()
    return this.empty
  }

  epilog(): void {
    for (;;) {
      this.space()
      if (this.at === this.text.length) return
      if (this.text.charCodeAt(this.at) !== 0x3c) throw this.fail('text-unexpected', 'text after </plist>')
      if (!this.commentOrInstruction()) throw this.fail('two-roots', 'another element after </plist>')
    }
  }

  /** Passes over white space, comments and processing instructions; afterwards stands before a tag. */
  misc(): void {
    do this.space()
    while (this.text.charCodeAt(this.at) === 0x3c && this.commentOrInstruction())
    if (this.text.charCodeAt(this.at) !== 0x3c) {
      if (this.at >= this.text.length) throw this.fail('unclosed', 'the end of the input')
      throw this.fail('text-unexpected', 'text outside of an element')
    }
  }

  atEndTag(): boolean {
    return this.text.charCodeAt(this.at + 1) === 0x2f
  }

  /** Reads a start tag and gives its name; `empty` says whether it closed itself. */
  startTag(): string {
    const name = this.name()
    this.closeStartTag()
    return name
  }

  endTag(name: string): void {
    const start = this.at
    this.at += 2
    if (!this.text.startsWith(name, this.at)) throw this.mismatch(name, start)
    this.at += name.length
    if (this.text.charCodeAt(this.at) !== 0x3e) {
      this.space()
      if (this.text.charCodeAt(this.at) !== 0x3e) throw this.mismatch(name, start)
    }
    this.at++
  }

  /** The text up to the end tag of `name`, with entities and CDATA read, comments left out. */
  content(name: string): string {
    const { text, at } = this
    const end = text.indexOf('<', at)
    if (!this.special && end !== -1 && text.charCodeAt(end + 1) === 0x2f) {
      this.at = end
      this.endTag(name)
      return text.slice(at, end)
    }
    return this.mixedContent(name)
  }

  fail(code: string, complaint: string, at: number = this.at, found?: string, expected?: string): PlistError {
    const before = this.text.slice(0, at)
    const mark = this.bytes[0] === 0xef && this.bytes[1] === 0xbb && this.bytes[2] === 0xbf ? 3 : 0
    const place = {
      offset: mark + octetLength(before, 0, before.length),
      line: before.split('\n').length,
      column: at - before.lastIndexOf('\n'),
    }
    return new PlistError(code, complaint, place, {
      ...(found === undefined ? {} : { found: found.slice(0, 64) }),
      ...(expected === undefined ? {} : { expected }),
    })
  }

  tooDeep(at: number): PlistError {
    return this.fail('depth', `more than ${maximumDepth} containers inside each other`, at)
  }

  private mixedContent(name: string): string {
    const { text } = this
    const start = this.at
    let result = ''
    for (;;) {
      const end = text.indexOf('<', this.at)
      if (end === -1) throw this.fail('unclosed', `<${name}> without its end tag`, start)
      result += this.characters(end)
      this.at = end
      if (text.charCodeAt(end + 1) === 0x2f) break
      if (text.startsWith('<![CDATA[', end)) {
        const close = text.indexOf(']]>', end + 9)
        if (close === -1) throw this.fail('unclosed', 'a CDATA section without its end')
        result += lineEnds(text.slice(end + 9, close))
        this.at = close + 3
      } else if (!this.commentOrInstruction()) {
        throw this.fail('element-unexpected', `an element inside <${name}>`)
      }
    }
    this.endTag(name)
    return result
  }

  /** Character data from `at` to `end`. */
  private characters(end: number): string {
    const raw = this.text.slice(this.at, end)
    if (!this.special) return raw
    const close = raw.indexOf(']]>')
    if (close !== -1) throw this.fail('text-unexpected', '"]]>" outside of a CDATA section', this.at + close)
    const decoded = raw.includes('&') ? decodeEntities(lineEnds(raw)) : lineEnds(raw)
    if (typeof decoded === 'string') return decoded
    throw this.fail('entity', decoded.complaint, this.at + decoded.index)
  }

  private space(): void {
    while (isXmlSpace(this.text.charCodeAt(this.at))) this.at++
  }

  private name(): string {
    const { text } = this
    const start = this.at
    let end = start + 1
    for (;;) {
      const code = text.charCodeAt(end) | 0x20
      if (!(code >= 0x61 && code <= 0x7a)) break
      end++
    }
    if (end === start + 1) throw this.fail('tag', 'a malformed tag')
    this.at = end
    return text.slice(start + 1, end)
  }

  private closeStartTag(): void {
    const { text } = this
    let code = text.charCodeAt(this.at)
    if (code !== 0x3e && code !== 0x2f) {
      this.space()
      code = text.charCodeAt(this.at)
    }
    this.empty = code === 0x2f
    if (this.empty) code = text.charCodeAt(++this.at)
    if (code !== 0x3e) {
      if (this.at >= text.length) throw this.fail('unclosed', 'the end of the input inside a tag')
      throw this.fail('tag', 'a tag with more than its name')
    }
    this.at++
  }

  /** Passes over a comment or a processing instruction; false when something else stands here. */
  private commentOrInstruction(): boolean {
    const { text, at } = this
    const code = text.charCodeAt(at + 1)
    if (code === 0x3f) {
      this.instruction()
      return true
    }
    if (code !== 0x21 || !text.startsWith('--', at + 2)) return false
    const dashes = text.indexOf('--', at + 4)
    if (dashes === -1) throw this.fail('unclosed', 'a comment without its end')
    if (text.charCodeAt(dashes + 2) !== 0x3e) throw this.fail('comment', '"--" inside a comment', dashes)
    this.at = dashes + 3
    return true
  }

  private instruction(): void {
    const { text, at } = this
    const end = text.indexOf('?>', at + 2)
    if (end === -1) throw this.fail('unclosed', 'a processing instruction without its end')
    const target = /^[A-Za-z_:][\w:.-]*(?=[ \t\r\n]|$)/.exec(text.slice(at + 2, Math.min(end, at + 258)))
    if (target === null) throw this.fail('tag', 'a malformed processing instruction')
    if (target[0].toLowerCase() === 'xml') throw this.fail('declaration', 'an XML declaration that is not at the start')
    this.at = end + 2
  }

  private xmlDeclaration(): void {
    declaration.lastIndex = 0
    const parts = declaration.exec(this.text)
    if (parts === null) throw this.fail('declaration', 'a malformed XML declaration')
    const encoding = parts[1] ?? parts[2] ?? 'UTF-8'
    if (!/^(?:utf-8|us-ascii)$/i.test(encoding)) {
      throw this.fail('encoding', 'an encoding other than UTF-8', 0, encoding, 'UTF-8')
    }
    this.at = declaration.lastIndex
  }

  private expect(character: string): void {
    if (this.text.charAt(this.at) !== character) throw this.fail('tag', `no "${character}"`)
    this.at++
  }

  private mismatch(name: string, at: number): PlistError {
    const found = this.text.slice(at, at + 40)
    return this.fail('tag-mismatch', `another end tag than </${name}>`, at, found, `</${name}>`)
  }
}

function lineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}
