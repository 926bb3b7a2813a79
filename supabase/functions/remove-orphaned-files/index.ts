import { projectAddress, secretKeyOf, serviceClient } from "../_shared/clients.ts";
import { createOrphanHandler } from "./handler.ts";

const secretKey = secretKeyOf(Deno.env);
const project = serviceClient(secretKey, projectAddress(Deno.env));

Deno.serve(
  createOrphanHandler({
    secretKey,
    orphanedFiles: async () => await project.rpc("orphaned_document_files"),
    removeFiles: async (paths) => await project.storage.from("partner-documents").remove(paths),
  }),
);
