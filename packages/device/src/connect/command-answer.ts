import type { ErrorChainItem, PlistDict } from '@edict/protocol'

export type CommandAnswer =
  | {
      readonly Status: 'Acknowledged'
      readonly response: PlistDict
      /** What follows, once the result has been sent. */
      readonly afterwards?: () => void
    }
  | { readonly Status: 'Error'; readonly ErrorChain: readonly ErrorChainItem[] }

export function acknowledged(response: PlistDict = {}): CommandAnswer {
  return { Status: 'Acknowledged', response }
}

/** Of a command that the device does not have. */
export function unknownCommand(RequestType: string): CommandAnswer {
  return refused('MCMDMErrorDomain', 12021, `Unknown command: ${RequestType}`)
}

export function refused(ErrorDomain: string, ErrorCode: number, description: string): CommandAnswer {
  const chain = { ErrorDomain, ErrorCode, LocalizedDescription: description, USEnglishDescription: description }
  return { Status: 'Error', ErrorChain: [chain] }
}
