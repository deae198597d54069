import { decodeJson, isJsonObject, type Json, type JsonObject, ProtocolError } from '@edict/protocol'
import { type Problem, refusal } from '../problem.ts'
import type { Draft } from './draft.ts'
import { escapedQuotes } from './escaped-quotes.ts'
import { firstCurlyQuote, hasCurlyQuotes, straightened } from './straight-quotes.ts'

/** A draft out of text, or what stands in the way of one. */
export type ReadDraft =
  | { readonly draft: Draft; readonly problems: readonly [] }
  | { readonly draft: undefined; readonly problems: readonly [Problem, ...Problem[]] }

/**
 * Reads the text of one declaration: JSON with Type, Identifier and Payload. Text that is no JSON for the reasons for which a
 * listing on a slide is none (typographic quotes, quotes inside a string that are not escaped) is told so, with the place
 * as `line:column`.
 *
 * @see apple:declarative/declarations/declarationbase.yaml
 */
export function readDraft(text: string): ReadDraft {
  try {
    return fromJson(decodeJson(text))
  } catch (error) {
    if (error instanceof ProtocolError) return refused(diagnosis(text) ?? notJson(error))
    throw error
  }
}

function diagnosis(text: string): Problem | undefined {
  const straight = straightened(text)
  if (hasCurlyQuotes(text) && (isJson(straight) || isJson(escapedQuotes(straight).text))) {
    const index = firstCurlyQuote(text)
    return refusal('quotes-curly', 'Cannot read this declaration: its quotes are typographic ones', {
      at: placeAt(text, index),
      found: text[index],
      expected: 'straight quotes',
      remedy: `write ${lineOf(isJson(straight) ? straight : escapedQuotes(straight).text, index)}`,
    })
  }
  const { text: escaped, first } = escapedQuotes(text)
  if (first === undefined || !isJson(escaped)) return undefined
  return refusal('quotes-unescaped', 'Cannot read this declaration: a string ends at a quote inside it', {
    at: placeAt(text, first),
    found: lineOf(text, first),
    expected: 'quotes inside a string as \\" or as single ones',
    remedy: `write ${lineOf(escaped, first)}`,
  })
}

function fromJson(json: Json): ReadDraft {
  if (!isJsonObject(json)) return refused(malformed('', Array.isArray(json) ? 'an array' : typeof json, 'an object'))
  const { Type, Identifier, Payload, ...extra } = json
  if (typeof Type !== 'string') return refused(missing(json, 'Type', Type))
  if (typeof Identifier !== 'string') return refused(missing(json, 'Identifier', Identifier))
  if (!isJsonObject(Payload)) return refused(missing(json, 'Payload', Payload))
  return { draft: { identifier: Identifier, type: Type, payload: Payload, extra }, problems: [] }
}

/** One of the three that every declaration has. */
function missing(json: JsonObject, key: string, found: Json | undefined): Problem {
  const otherCase = Object.keys(json).find((other) => other !== key && other.toLowerCase() === key.toLowerCase())
  const expected = key === 'Payload' ? 'an object' : 'a string'
  if (found !== undefined || otherCase === undefined) return malformed(`/${key}`, found ?? 'nothing', expected)
  return refusal('envelope-misplaced', `Cannot use ${otherCase}: keys are case-sensitive, and it is written ${key}`, {
    at: `/${otherCase}`,
    found: otherCase,
    expected: key,
    remedy: `write ${key}`,
  })
}

function malformed(at: string, found: unknown, expected: string): Problem {
  const what = at === '' ? 'it' : at.slice(1)
  const message = `Cannot read this declaration: ${what} has to be ${expected}`
  return refusal('declaration-malformed', message, { at, found, expected })
}

function notJson({ message, at, found, expected }: ProtocolError): Problem {
  return refusal('declaration-malformed', message, {
    ...(at === undefined ? {} : { at }),
    ...(found === undefined ? {} : { found }),
    ...(expected === undefined ? {} : { expected }),
  })
}

function refused(problem: Problem): ReadDraft {
  return { draft: undefined, problems: [problem] }
}

function isJson(text: string): boolean {
  try {
    decodeJson(text)
    return true
  } catch {
    return false
  }
}

function placeAt(text: string, index: number): string {
  const before = text.slice(0, index).split('\n')
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
}

/** The line that holds a place; the place is that of the text before any repair, which adds nothing to earlier lines. */
function lineOf(text: string, index: number): string {
  const start = text.lastIndexOf('\n', index - 1) + 1
  const end = text.indexOf('\n', index)
  return text.slice(start, end < 0 ? undefined : end).trim()
}
