/** How many enrollments a receiver has to fail for, with none taken between, before it is left alone for a while. */
export const RESTS_AFTER = 5
const FIRST_REST = 5_000
const LONGEST_REST = 60_000

/**
 * How long a receiver that fails for everybody is left alone, in milliseconds: 5, 10, 20 … 60 s. Then one delivery tries; one
 * enrollment's deliveries that fail keep back nobody else's, so this counts enrollments and not attempts.
 *
 * @param rests how many it had since it last took something
 */
export function receiverRest(rests: number): number {
  return Math.min(FIRST_REST * 2 ** Math.min(rests, 10), LONGEST_REST)
}
