import { real, toDouble } from '../value/number.ts'
import { numberOf } from './mathematics.ts'
import type { NamedFunction } from './named-function.ts'

/** Functions of the moment. Time and chance come from the context; where it has none there is no answer. */
export const impure: ReadonlyMap<string, NamedFunction> = new Map<string, NamedFunction>([
  [
    'now',
    {
      arity: 0,
      apply(_given, site, { context }) {
        if (context.now === undefined) throw site.failure('no-clock', 'now() is not known here')
        return new Date(context.now)
      },
    },
  ],
  [
    'random',
    {
      arity: 0,
      apply(_given, site, { context }) {
        if (!context.random) throw site.failure('no-chance', 'random() is not known here')
        return real(context.random())
      },
    },
  ],
  [
    'randomn',
    {
      arity: 1,
      apply([bound], site, { context }) {
        const below = toDouble(numberOf(bound, 'randomn', site))
        if (!context.random) throw site.failure('no-chance', 'randomn() is not known here')
        return Math.floor(context.random() * below)
      },
    },
  ],
])
