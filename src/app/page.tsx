import type { ComponentType } from "react";
import { RequireOrganization, RequirePermission } from "@/features/organizations";
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
  preload(): Promise<void>;
}

/** A page inside the shell. Its code is loaded when it is drawn: who is sent to sign in downloads sign-in alone. */
export function page({ path, title, under, permission, personal }: PageOptions, load: () => Promise<ComponentType>) {
  const part = lazyPart(load);
  // Keyed, or one page would be taken for the next: in the tree they stand at the same place.
  const view = <Lazy key={path} part={part} props={{}} />;
  const content = permission ? (
    <RequirePermission key={path} permission={permission}>
      {view}
    </RequirePermission>
  ) : (
    view
  );
  const handle: PageHandle = { title, ...(under && { under }), preload: part.preload };
  return {
    path,
    handle,
    element: personal ? content : <RequireOrganization>{content}</RequireOrganization>,
  } satisfies RouteObject;
}

export function isPageHandle(handle: unknown): handle is PageHandle {
  return typeof handle === "object" && handle !== null && "preload" in handle && "title" in handle;
}
