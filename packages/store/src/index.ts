export type * from './store.ts'
export { StoreUnavailable } from './store.ts'
