export { myProfileQuery } from "./queries";
export { rememberOrganization } from "./services/profile-service";
export type { Profile } from "./types";
