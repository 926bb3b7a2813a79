export { scopeChanges } from "./draft";
export { catalogueQuery, rolesQuery } from "./queries";
export { ADMINISTRATOR, exceeding } from "./rights";
export type { Role } from "./types";
