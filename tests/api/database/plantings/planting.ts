/** What is planted, the rule that must report it, the object it must name, and how to plant it. */
export type Planting = [what: string, rule: string, object: RegExp, sql: string];
