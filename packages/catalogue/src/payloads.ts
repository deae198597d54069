import type { ValueFacts } from './value-facts.ts'

export function declarationPayload(_type: string): ValueFacts | undefined {
  return undefined
}

export function commandPayload(_requestType: string): ValueFacts | undefined {
  return undefined
}

export function commandResponse(_requestType: string): ValueFacts | undefined {
  return undefined
}

export function checkInMessage(_messageType: string): ValueFacts | undefined {
  return undefined
}

export function checkInResponse(_messageType: string): ValueFacts | undefined {
  return undefined
}
