export { memberSearch } from "./search-provider";
