import {
  checkDeclarations,
  type Hint,
  type Linted,
  lintMessage,
  type MessageKind,
  NOTHING_DECLARED,
  type Problem,
  placeOfProblem,
  type Target,
} from '@edict/core'
import { draftsIn, type FoundDraft } from './drafts.ts'
import { type Finding, findingOf, inOrder, type Report } from './finding.ts'
import { type Input, nameOf, type State } from './input.ts'

/** What is known beside the files. */
export interface Known {
  readonly targets: readonly Target[]
  /** Keys of the properties that enrollments have. */
  readonly properties: readonly string[]
  /** What every file is. */
  readonly kind?: MessageKind
}

interface Read extends FoundDraft {
  readonly path: string
  readonly linted: Linted
}

/**
 * Looks at files together: each as a message, its declarations with the checks of a commit. Where there is one manifest it is
 * compared with the one set of tokens, and declarations with it.
 */
export function lintState({ inputs, whole }: State, { targets, properties, kind }: Known): Report {
  const asked = kind === undefined ? {} : { kind }
  const first = inputs.map((input) => ({ ...input, linted: lintMessage(input.bytes, asked) }))
  const beside = besideIn(first)
  const read = first.map((one) => {
    const { kind: of } = one.linted
    const compared = of === 'declaration-items' || of === 'declaration'
    return compared && beside !== undefined ? { ...one, linted: lintMessage(one.bytes, { ...asked, ...beside }) } : one
  })
  const files = read.map(({ path, linted: { kind: of, text } }) => ({
    path,
    kind: of,
    ...(text === undefined ? {} : { text }),
  }))
  const findings = read.flatMap(({ path, linted }) => ofMessage(path, linted, whole))
  const drafts = read.flatMap(({ path, linted }) =>
    draftsIn(linted, nameOf(path)).map((found): Read => ({ ...found, path, linted })),
  )
  // As on a server that adds the status subscription by itself, which is how it is set up.
  const known = {
    before: NOTHING_DECLARED,
    ...(targets.length === 0 ? {} : { targets }),
    properties: new Set(properties),
  }
  const problems = checkDeclarations(
    drafts.map(({ draft }) => draft),
    known,
  )
  const said = new Set(findings.map(wordOf))
  const ofDrafts = drafts.flatMap((draft, index) =>
    (problems[index] ?? [])
      .filter(({ code }) => (whole || !needsTheWhole.has(code)) && !(code === 'identifier-reserved' && isServed(draft)))
      .map((problem) => ofDraft(draft, problem, whole))
      .filter((finding) => !said.has(wordOf(finding))),
  )
  return { files, findings: inOrder([...findings, ...ofDrafts], files) }
}

/** What Edict makes itself comes from it in just this way. */
function isServed({ linted }: Read): boolean {
  return linted.kind === 'declaration'
}

/** What a check of messages and one of declarations may both say. */
function wordOf({ path, code, at }: Finding): string {
  return `${path} ${code} ${at}`
}

/** Said only of a whole state: in a part of one, what is missing may be in the rest. */
const needsTheWhole: ReadonlySet<string> = new Set<Problem['code']>([
  'asset-without-user',
  'configuration-without-activation',
  'predicate-item-unsubscribed',
  'property-set-nowhere',
])

/** The tokens and the manifest of a capture, where there is one of each. */
function besideIn(read: readonly (Input & { readonly linted: Linted })[]): Hint | undefined {
  const one = (kind: MessageKind) => {
    const found = read.filter(({ linted }) => linted.kind === kind)
    return found.length === 1 ? found[0]?.bytes : undefined
  }
  const tokens = one('tokens')
  const manifest = one('declaration-items')
  if (manifest === undefined) return undefined
  return { manifest, ...(tokens === undefined ? {} : { tokens }) }
}

/** In a directory other files are no mistake. */
function ofMessage(path: string, { kind, problems }: Linted, whole: boolean): readonly Finding[] {
  return problems
    .filter(({ code }) => !(whole && kind === 'unknown' && code === 'message-unknown'))
    .map((problem) => findingOf(path, problem, problem.place))
}

function ofDraft({ path, linted, at }: Read, problem: Problem, whole: boolean): Finding {
  const place = placeOfProblem(problem, { locate: linted.locate, text: linted.mended, within: at })
  const [pointer] = (problem.at ?? '').split(/:\d+:\d+$/)
  const shown = { ...problem, at: `${at}${pointer}` }
  const outside = !whole && problem.code === 'reference-missing'
  return findingOf(path, outside ? { ...shown, severity: 'warning' } : shown, place)
}
