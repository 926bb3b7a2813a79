// Which handler of the project's own makes a media type for a table's rows or a function's result.
import { type MediaHandler, type QualifiedName, type SchemaCache, sameName } from "../schema/types.ts";

export interface Produced {
  name: QualifiedName;
  /** Rows go to aggregates; a single value already has the media type's domain. */
  kind: MediaHandler["kind"];
  /** Handlers of one table know its row as it is, so only a request for whole rows can use them. */
  isWhole: boolean;
}

export function handlerFinder(
  { mediaHandlers }: SchemaCache,
  { name, kind, isWhole }: Produced,
): (type: string) => MediaHandler | undefined {
  const own = isWhole
    ? mediaHandlers.filter(({ target, ...handler }) => handler.kind === kind && target && sameName(target, name))
    : [];
  const ofAnything = own.find(({ mediaType }) => mediaType === "*/*");
  return (type) =>
    ofAnything ??
    own.find(({ mediaType }) => mediaType === type) ??
    mediaHandlers.find(({ target, mediaType }) => target === null && mediaType === type);
}
