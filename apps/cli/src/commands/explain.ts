import type { EndpointResponse } from '@edict/api'
import type { Command } from 'commander'
import type { Colours } from '../colours.ts'
import { given } from '../given.ts'
import { outcomeText, predicateTreeLines } from '../predicate-tree-lines.ts'
import { type Cli, serverAction, show } from '../session.ts'

type Explained = EndpointResponse<'explain-enrollment'>['items'][number]

export function explain(command: Command, cli: Cli): void {
  command.argument('<enrollment>').argument('[declaration]', 'only this one, with what it names and what names it')
  serverAction(command, cli, async (session, id = '', declaration?: string) => {
    const resource = await session.client.call('explain-enrollment', { params: { id }, query: given({ declaration }) })
    await show(session, resource, () => {
      const blocks = resource.items.map((item) => blockOf(item, session.output.colours))
      for (const [index, lines] of blocks.entries()) {
        if (index > 0) session.output.line('')
        for (const line of lines) session.output.line(line)
      }
    })
  })
}

/** A declaration, and a line for each thing there is to say of it. */
function blockOf(item: Explained, colours: Colours): readonly string[] {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['from', fromLines(item)],
    ['left out', leftOutLines(item)],
    ['predicate', predicateLines(item)],
    ['expected', expectedLines(item, colours)],
    ['device says', conditionLines(item, colours)],
    [item.kind === 'activation' ? 'activates' : 'needs', some(item.refersTo)],
    [item.kind === 'configuration' ? 'activated by' : 'needed by', some(item.referredToBy)],
  ]
  return [
    `${colours.bold(item.identifier)}  ${colours.dim(`${item.kind} ${item.type}`)}`,
    ...rows.flatMap(([name, lines]) =>
      lines.map((line, index) => `  ${colours.dim((index === 0 ? name : '').padEnd(WIDTH))}  ${line}`),
    ),
  ]
}

const WIDTH = 'activated by'.length

function some(identifiers: readonly string[]): readonly string[] {
  return identifiers.length === 0 ? [] : [identifiers.join(', ')]
}

/** Which set brings it, by way of what, and who gave that set. */
function fromLines({ sets, origin }: Explained): readonly string[] {
  if (origin === 'edict') return ['Edict itself']
  const here = sets.filter(({ given: assignments }) => assignments.length > 0)
  if (sets.length === 0) return ['no set has it']
  if (here.length === 0)
    return [`nothing here: set ${sets.map(({ set }) => set).join(', ')} is not given to this channel`]
  return here.map(({ set, via, counts, given: assignments }) => {
    const way = via.length === 0 ? '' : `, by way of ${via.join(', ')}`
    const wins = counts || assignments.every(({ exclude }) => exclude) ? '' : ', and the exclusion wins'
    return `set ${set}${way}, ${assignments.map(assignmentText).join(', ')}${wins}`
  })
}

function assignmentText({ from, exclude }: Explained['sets'][number]['given'][number]): string {
  const whom = from === 'enrollment' ? 'this enrollment' : from === 'device' ? 'its device' : from.replace(':', ' ')
  return exclude ? `excluded from ${whom}` : `given to ${whom}`
}

function leftOutLines({ leftOut }: Explained): readonly string[] {
  if (leftOut === null) return []
  return [`${leftOut.of === undefined ? '' : `${leftOut.of}: `}${leftOut.reason}`]
}

function predicateLines({ predicate }: Explained): readonly string[] {
  if (predicate === null) return []
  return predicate.tree === null ? [predicate.source, predicate.error ?? ''] : predicateTreeLines(predicate.tree)
}

function expectedLines({ expected, because, predicate }: Explained, colours: Colours): readonly string[] {
  if (expected === null || because === null) return []
  const isPlain = predicate !== null && because.code.startsWith('predicate-')
  const why = isPlain ? `the predicate is ${outcomeText(predicate.outcomes)}` : because.message
  return [`${painted(colours, expected)}: ${why}`]
}

function conditionLines({ condition }: Explained, colours: Colours): readonly string[] {
  if (condition === null) return []
  const { condition: word, reason, since } = condition
  const code = reason.message === reason.code || !/^[A-Z]/.test(reason.code) ? '' : ` (${reason.code})`
  return [`${painted(colours, word)}${since === null ? '' : ` since ${since}`}: ${reason.message}${code}`]
}

function painted(colours: Colours, word: string): string {
  if (word === 'active' || word === 'in-force') return colours.green(word)
  return word === 'failed' || word === 'left-out' ? colours.red(word) : colours.yellow(word)
}
