import type { Command } from 'commander'
import { type Session, text } from './session.ts'

/** The option of every planned write: commit only on that revision. */
export function addRevision(command: Command): Command {
  return command.option('--if-match <revision>', 'refuse when the declarations moved on from this revision')
}

export function revisionOf({ options }: Session): { readonly revision?: string } {
  const revision = text(options.ifMatch)?.replaceAll('"', '')
  return revision === undefined ? {} : { revision }
}
