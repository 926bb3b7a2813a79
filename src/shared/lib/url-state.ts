// State that a link should carry: filters, sort, tab. Put `UrlState` around the part of a page that uses it.
export { NuqsAdapter as UrlState } from "nuqs/adapters/react-router/v7";
