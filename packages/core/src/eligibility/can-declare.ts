import { commands, compareVersions, type RequestType } from '@edict/catalogue'
import { type Enrollment, eligibilityOf } from '../enrollment/enrollment.ts'
import type { Target } from './eligibility.ts'

/**
 * Whether a channel understands DeclarativeManagement: its OS has it, for its enrollment type. What is not known yet
 * excludes nothing. iOS 15 had it in user enrollments only, which the schema does not say (WWDC22, session 10046).
 *
 * @see apple:mdm/commands/declarativemanagement.yaml
 */
export function canDeclare(enrollment: Enrollment): boolean {
  return targetDeclares(eligibilityOf(enrollment))
}

/** The same of a kind of channel. */
export function targetDeclares({ platform, osVersion, enrollment }: Target): boolean {
  const facts = commands.get('DeclarativeManagement' satisfies RequestType)
  if (platform === null || facts === undefined) return true
  const availability = facts.availability[platform]
  if (availability === undefined) return false
  const introduced = platform === 'iOS' && enrollment !== 'user' ? '16.0' : availability.introduced
  return osVersion === null || compareVersions(osVersion, introduced) >= 0
}
