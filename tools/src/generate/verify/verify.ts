import { examplesIn, isOfDeclaration } from './examples-in.ts'
import { type Exception, ledger } from './ledger.ts'
import { type Breaking, type Failure, type Verdict, verifyExample } from './verify-example.ts'

/** What came of all examples. */
export interface Verification {
  /** One line each. */
  readonly failures: readonly string[]
  readonly summary: string
}

/**
 * Holds the checks of Edict against Apple's own examples: each passes for the targets that its type is for, or stands in the ledger
 * with just that problem; and with one key broken at random it is refused at that key.
 *
 * @param folder a checkout of Apple's device-management repository, or its folder `examples`
 * @param say gets a line as each example is done
 * @throws NoExamplesError when there is no example of a declaration
 */
export function verify(
  folder: string,
  breaking: Breaking,
  say: (progress: string) => void,
  exceptions: readonly Exception[] = ledger,
): Verification {
  const examples = examplesIn(folder)
  const failures: string[] = []
  const counts = { declarations: 0, statusItems: 0, excepted: 0, unbroken: 0, broken: 0, unknown: 0 }
  for (const [index, example] of examples.entries()) {
    const { name } = example
    const number = `${index + 1}/${examples.length} ${name}`
    const verdict = verifyExample(example, breaking)
    if (verdict === undefined) {
      counts.unknown += 1
      say(`${number}: neither a declaration nor a status item`)
      continue
    }
    const expected = exceptions.filter((one) => one.example === name)
    const found = judge(name, verdict, expected, breaking)
    failures.push(...found)
    const isDeclaration = isOfDeclaration(example)
    counts[isDeclaration ? 'declarations' : 'statusItems'] += 1
    counts.broken += verdict.broken
    if (expected.length > 0) counts.excepted += 1
    else if (isDeclaration && verdict.broken === 0 && found.length === 0) counts.unbroken += 1
    say(`${number}: ${outcome(verdict, expected, found)}`)
  }
  const { declarations, statusItems, excepted, unbroken, broken, unknown } = counts
  const summary = [
    `${declarations} examples of declarations, one key broken ${broken} times in all (seed ${breaking.seed})`,
    `${statusItems} of status items`,
    `${unbroken} with nothing to break`,
    `${excepted} in the ledger`,
    `${unknown} of neither`,
    `${failures.length} failures`,
  ].join('; ')
  return { failures, summary }
}

function judge(
  name: string,
  { errors, missed }: Verdict,
  expected: readonly Exception[],
  { seed }: Breaking,
): readonly string[] {
  const same = (a: Pick<Failure, 'code' | 'at'>, b: Pick<Failure, 'code' | 'at'>) => a.code === b.code && a.at === b.at
  return [
    ...errors
      .filter((error) => !expected.some((one) => same(one, error)))
      .map(({ code, at, message }) => `${name} ${at}: ${code}: ${message}`),
    ...expected
      .filter((one) => !errors.some((error) => same(one, error)))
      .map(({ code, at }) => `${name} ${at}: ${code} stands in the ledger and is not found: take the line out`),
    ...missed.map(({ at, message }) => `${name} ${at}: ${message} (--seed ${seed})`),
  ]
}

function outcome({ broken }: Verdict, expected: readonly Exception[], failures: readonly string[]): string {
  if (failures.length > 0) return 'failed'
  if (expected.length > 0) return `refused, as the ledger says: ${expected.map(({ why }) => why).join('; ')}`
  return broken === 0 ? 'passes' : `passes, and is refused each of ${broken} times at the key that is broken`
}
