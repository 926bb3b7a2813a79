export { usePersonalLook } from "./hooks/use-personal-look";
export { useUpdateProfile } from "./hooks/use-update-profile";
export { myProfileQuery } from "./queries";
export { rememberOrganization } from "./services/profile-service";
export type { Profile, ProfileChanges } from "./types";
