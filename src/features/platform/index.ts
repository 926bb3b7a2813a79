export { platformOrganizationsQuery } from "./queries";
