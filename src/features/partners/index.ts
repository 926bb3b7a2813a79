export { partnerSearch } from "./search-provider";
