export { CommandJsonError, decodeCommandJson, encodeCommandJson } from './command-json.ts'
export { type Endpoint, endpointPath } from './endpoint.ts'
export type {
  EndpointBody,
  EndpointName,
  EndpointParams,
  EndpointQuery,
  EndpointResponse,
} from './endpoint-parts.ts'
export { endpoints } from './endpoints.ts'
export { ChangeProblem, PROBLEM_TYPE, Problem, type ProblemCode, problemStatus } from './problem.ts'
export { Condition, type ConditionWord, conditionWords } from './resources/condition.ts'
export { type Event, type EventType, eventTypes } from './resources/event.ts'
export type { Explanation, Origin, PredicateNode, PredicatePart } from './resources/explanation.ts'
export type { Fleet, FleetItem } from './resources/fleet.ts'
export { EnrollmentRow, type ImportAnswer, importRefusals } from './resources/import.ts'
export { type StatusAnswer, statusAnswers } from './resources/status.ts'
