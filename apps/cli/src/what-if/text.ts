import type { Difference, PredictedActivation, PredictedConfiguration } from '@edict/core'
import type { Colours } from '../colours.ts'
import { outcomeText, predicateTreeLines } from '../predicate-tree-lines.ts'

/** What turns, with the reason, and what stays. */
export function differenceLines(differences: readonly Difference[], colours: Colours): readonly string[] {
  const own = differences.filter(({ identifier }) => !identifier.startsWith('edict.'))
  const turning = own.filter(({ turns }) => turns !== 'stays')
  const staying = own.filter(({ turns }) => turns === 'stays')
  return [
    ...(turning.length === 0 ? ['Nothing turns on or off'] : turning.flatMap((one) => turningLines(one, colours))),
    ...(staying.length === 0 ? [] : ['', ...staying.map((one) => stayingLine(one, colours, staying))]),
  ]
}

function turningLines({ kind, identifier, before, after, turns }: Difference, colours: Colours): readonly string[] {
  const sign = turns === 'on' ? colours.green('+') : turns === 'off' ? colours.red('-') : colours.yellow('?')
  const head = `${sign} ${kind} ${colours.bold(identifier)}  ${activityOf(before)} → ${painted(activityOf(after), colours)}`
  return [head, ...because(after).map((line) => `    ${line}`)]
}

/** For an activation with a predicate, the parts of it; for anything else, the reason. */
function because(one: PredictedActivation | PredictedConfiguration | null): readonly string[] {
  if (one === null) return ['it is taken away']
  const tree = 'predicate' in one ? one.predicate?.tree : undefined
  return tree && one.because.code.startsWith('predicate-') ? predicateTreeLines(tree) : [one.because.message]
}

function stayingLine({ kind, identifier, after }: Difference, colours: Colours, all: readonly Difference[]): string {
  const width = Math.max(...all.map((one) => one.identifier.length))
  const stays = after === null ? 'is taken away' : `stays ${painted(activityOf(after), colours)}: ${reason(after)}`
  return `  ${kind.padEnd('configuration'.length)}  ${identifier.padEnd(width)}  ${stays}`
}

function reason(one: PredictedActivation | PredictedConfiguration): string {
  const { code, message } = one.because
  const isUnknown = code === 'predicate-unknown' && 'predicate' in one && one.predicate !== null
  return isUnknown ? `${message} (${unknownTerms(one).join(', ')})` : message
}

function unknownTerms({ predicate }: PredictedActivation): readonly string[] {
  const found = new Set<string>()
  const visit = (node: NonNullable<NonNullable<typeof predicate>['tree']>): void => {
    for (const { reads, text } of node.parts) if (reads !== 'known') found.add(`${text} is not known`)
    node.operands.forEach(visit)
  }
  if (predicate?.tree) visit(predicate.tree)
  return [...found]
}

function activityOf(one: PredictedConfiguration | null): string {
  return one === null ? 'not there' : one.activity
}

function painted(word: string, colours: Colours): string {
  return word === 'active' ? colours.green(word) : colours.yellow(word)
}

/** The same for programs. */
export function differencesJson(differences: readonly Difference[]) {
  return {
    differences: differences.map(({ before, after, ...rest }) => ({
      ...rest,
      before: side(before),
      after: side(after),
    })),
  }
}

function side(one: PredictedActivation | PredictedConfiguration | null) {
  if (one === null) return null
  const { activity, because: why } = one
  const predicate = 'predicate' in one ? one.predicate : null
  return {
    activity,
    because: why,
    ...(predicate === null ? {} : { predicate: { ...predicate, outcome: outcomeText(predicate.outcomes) } }),
  }
}
