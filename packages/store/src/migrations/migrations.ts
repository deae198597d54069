import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../dialect/dialect.ts'
import { first } from './0001-first.ts'
import { trust } from './0002-trust.ts'
import { pins } from './0003-pins.ts'
import { invitations } from './0004-invitations.ts'
import { escrow } from './0005-escrow.ts'
import { accounts } from './0006-accounts.ts'
import { expected } from './0007-expected.ts'
import { pairing } from './0008-pairing.ts'
import { imports } from './0009-imports.ts'
import { pushCertificates } from './0010-push-certificates.ts'
import { commandTimes } from './0011-commands.ts'
import { trace } from './0012-trace.ts'
import { content } from './0013-content.ts'
import { particulars } from './0014-particulars.ts'
import { claimsAndBodies } from './0015-claims-and-bodies.ts'
import { auditByRevision } from './0016-audit-by-revision.ts'
import { diagnoses } from './0017-diagnoses.ts'
import { webhooks } from './0018-webhooks.ts'

/** Every change of the schema in order, for both databases. What is released is never changed, only added to. */
export function migrations(columns: ColumnTypes): Readonly<Record<string, Migration>> {
  return {
    '0001-first': first(columns),
    '0002-trust': trust(columns),
    '0003-pins': pins(columns),
    '0004-invitations': invitations(columns),
    '0005-escrow': escrow(columns),
    '0007-expected': expected(columns),
    '0006-accounts': accounts(columns),
    '0008-pairing': pairing(columns),
    '0009-imports': imports(columns),
    '0010-push-certificates': pushCertificates(columns),
    '0011-commands': commandTimes(columns),
    '0012-trace': trace(columns),
    '0013-content': content(columns),
    '0014-particulars': particulars(columns),
    '0015-claims-and-bodies': claimsAndBodies(columns),
    '0016-audit-by-revision': auditByRevision(),
    '0017-diagnoses': diagnoses(columns),
    '0018-webhooks': webhooks(columns),
  }
}
