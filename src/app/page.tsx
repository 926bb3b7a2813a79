import type { ComponentType } from "react";
import type { Permission } from "@/shared/lib/permissions";
import type { RouteObject } from "@/shared/lib/router";
import { Lazy, lazyPart } from "./lazy-part";

interface PageOptions {
  path: string;
  /** Its name in the breadcrumbs. */
  title: string;
  /** The page it is a part of. */
  under?: { title: string; path: string };
  /** Without this right the page explains itself instead. */
  permission?: Permission;
  /** The person's own: there without an organization too. */
  personal?: boolean;
}

/** What the shell knows of the page it is around. */
export interface PageHandle extends Pick<PageOptions, "title" | "under"> {
  preload(): Promise<unknown>;
}

const guarded = lazyPart(async () => (await import("./guarded-page")).GuardedPage);

/** A page inside the shell. Its code is loaded when it is drawn: who is sent to sign in downloads sign-in alone. */
export function page(
  { path, title, under, permission, personal }: PageOptions,
  load: () => Promise<ComponentType>,
): RouteObject {
  const part = lazyPart(load);
  const handle: PageHandle = {
    title,
    ...(under && { under }),
    preload: () => Promise.all([guarded.preload(), part.preload()]),
  };
  // Keyed, or one page would be taken for the next: in the tree they stand at the same place.
  return { path, handle, element: <Lazy key={path} part={guarded} props={{ page: part, permission, personal }} /> };
}

export function isPageHandle(handle: unknown): handle is PageHandle {
  return typeof handle === "object" && handle !== null && "preload" in handle && "title" in handle;
}
