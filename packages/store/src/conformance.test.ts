import { afterAll } from 'vitest'
import { dispose } from './conformance/databases.ts'
import './conformance/commands.ts'
import './conformance/declared.ts'
import './conformance/enrollments.ts'
import './conformance/manifests.ts'
import './conformance/memberships.ts'
import './conformance/pins.ts'
import './conformance/scans.ts'
import './conformance/status.ts'
import './conformance/transactions.ts'
import './conformance/wakes.ts'

afterAll(dispose)
