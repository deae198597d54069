import { type Diagnosis, type Observation, type RankedCause, stageSentences } from '@edict/core'
import type { Colours } from '../../colours.ts'

type ToldCause = Omit<RankedCause, 'number'>

/** A diagnosis, of a record or as a server tells it. */
export interface Told extends Omit<Diagnosis, 'causes'> {
  readonly causes: readonly ToldCause[]
}

/** A diagnosis for people: where it stands, what may be the cause, best explanation first, and what to do. */
export function diagnosisText(diagnosis: Told, colours: Colours): readonly string[] {
  const { stage, healthy, causes, findings } = diagnosis
  const sentence = `${stageSentences[stage]} (${stage})`
  const verdict = healthy ? colours.green(`Healthy. ${sentence}`) : colours.bold(sentence)
  return [
    verdict,
    ...(causes.length === 0 && !healthy ? ['No cause that is known fits this record'] : []),
    ...causes.flatMap((cause) => ['', ...causeText(cause, colours)]),
    ...(findings.length === 0 ? [] : ['', colours.bold('To know')]),
    ...findings.map(({ severity, message, entry, at, remedy }) => {
      const place = entry === undefined ? '' : colours.dim(` [${entry}${at === undefined ? '' : ` ${at}`}]`)
      const mark = severity === 'error' ? colours.red('✗') : severity === 'warning' ? colours.yellow('!') : '·'
      return `${mark} ${message}${place}${remedy === undefined ? '' : `\n  do: ${remedy}`}`
    }),
  ]
}

function causeText(
  { rank, code, weight, basis, summary, evidence, against = [], decides, remedy, harmless }: ToldCause,
  colours: Colours,
): readonly string[] {
  const how = basis === 'documented' ? 'documented' : basis === 'field' ? 'seen in the field' : 'a hypothesis'
  return [
    `${rank}. ${colours.bold(summary)}`,
    colours.dim(`   ${code}: ${weight}; ${how}${harmless === true ? '; nothing is wrong' : ''}`),
    ...evidence.map((one) => `   + ${observed(one, colours)}`),
    ...against.map((one) => `   - ${observed(one, colours)}`),
    ...(decides === undefined ? [] : [`   to be sure: ${decides}`]),
    ...(harmless === true ? [] : [`   do: ${remedy}`]),
  ]
}

function observed({ message, entry }: Observation, colours: Colours): string {
  return entry === undefined ? message : `${message}${colours.dim(` [${entry}]`)}`
}
