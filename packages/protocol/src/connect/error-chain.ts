import { keyOf } from '../plist/fields.ts'
import { isPlistDict, type PlistDict, type PlistValue } from '../plist/plist-value.ts'

/** One error of a result; the outermost comes first. Codes are for diagnosis only. */
export interface ErrorChainItem {
  readonly ErrorCode: number
  readonly ErrorDomain: string
  readonly LocalizedDescription: string
  readonly USEnglishDescription?: string
}

/** Tolerant, because a result must not be lost over its explanation: what is missing becomes 0 or the empty string. */
export function decodeErrorChain(value: PlistValue): readonly ErrorChainItem[] {
  const items: readonly PlistValue[] = Array.isArray(value) ? value : [value]
  return items.filter(isPlistDict).map(decodeItem)
}

export function encodeErrorChain(chain: readonly ErrorChainItem[]): PlistValue {
  return chain.map((item) => ({
    ErrorCode: item.ErrorCode,
    ErrorDomain: item.ErrorDomain,
    LocalizedDescription: item.LocalizedDescription,
    ...(item.USEnglishDescription === undefined ? {} : { USEnglishDescription: item.USEnglishDescription }),
  }))
}

function decodeItem(item: PlistDict): ErrorChainItem {
  const code = keyOf(item, 'ErrorCode')
  const english = keyOf(item, 'USEnglishDescription')
  return {
    ErrorCode: typeof code === 'number' || typeof code === 'bigint' ? Number(code) : 0,
    ErrorDomain: text(item, 'ErrorDomain'),
    LocalizedDescription: text(item, 'LocalizedDescription'),
    ...(typeof english === 'string' ? { USEnglishDescription: english } : {}),
  }
}

function text(item: PlistDict, key: string): string {
  const value = keyOf(item, key)
  return typeof value === 'string' ? value : ''
}
