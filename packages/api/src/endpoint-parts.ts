import type { Static, TSchema } from 'typebox'
import type { endpoints } from './endpoints.ts'
import type { Immutable } from './immutable.ts'

type Listed = (typeof endpoints)[number]
export type EndpointName = Listed['name']
type Named<Name extends EndpointName> = Extract<Listed, { name: Name }>

type Described<Line, Part extends string> = Line extends { readonly [Key in Part]: infer Schema extends TSchema }
  ? Immutable<Static<Schema>>
  : undefined

/** What goes into the path of an endpoint; `undefined` when nothing does. */
export type EndpointParams<Name extends EndpointName> = Described<Named<Name>, 'params'>
export type EndpointQuery<Name extends EndpointName> = Described<Named<Name>, 'query'>
export type EndpointBody<Name extends EndpointName> = Described<Named<Name>, 'body'>
/** What an endpoint answers with 200. */
export type EndpointResponse<Name extends EndpointName> = Described<Named<Name>['responses'], '200'>
