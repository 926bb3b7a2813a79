import { lazy, Suspense, useState } from "react";
import { useActiveOrganization } from "@/features/organizations";
import { Button } from "@/shared/ui/button";
import { EmptyState } from "@/shared/ui/empty-state";
import { FileText, Plus } from "@/shared/ui/icons";
import { showToast } from "@/shared/ui/toast";
import { useMe } from "../../hooks/use-me";
import { usePartnerDocs } from "../../hooks/use-partner-docs";
import { usePartnerRights } from "../../hooks/use-partner-rights";
import { orTell } from "../../tell";
import type { Partner, PartnerDoc } from "../../types";
import { ListBar, ListState } from "../shared/list-state";
import { DocRow } from "./doc-row";

const DocSheet = lazy(async () => ({ default: (await import("./doc-sheet")).DocSheet }));

export function DocsTab({ partner }: { partner: Partner }) {
  const { organization } = useActiveOrganization();
  const rights = usePartnerRights();
  const me = useMe();
  const docs = usePartnerDocs(organization.id, partner.id);
  const [sheet, setSheet] = useState<{ doc: PartnerDoc | null } | null>(null);
  const mayAdd = rights.can("documents.write") !== false && !partner.archivedAt;

  const archive = (doc: PartnerDoc) =>
    void orTell(`“${doc.title}” could not be put away`, async () => {
      const away = await docs.mutations.archive(doc, true);
      showToast({
        tone: "good",
        title: `“${doc.title}” is put away`,
        undo: () => docs.mutations.archive(away, false),
      });
    });
  const download = (doc: PartnerDoc) =>
    void orTell(`“${doc.title}” could not be opened`, async () => {
      window.location.assign(await docs.mutations.fileLink(doc));
    });

  const add = mayAdd && (
    <Button look="primary" onClick={() => setSheet({ doc: null })}>
      <Plus aria-hidden="true" className="size-4" />
      Add a link
    </Button>
  );
  return (
    <>
      <ListBar>
        <span className="flex-1" />
        {add}
      </ListBar>
      <ListState what="documents" {...docs} isThere={docs.data !== undefined}>
        {docs.data?.length === 0 ? (
          <EmptyState Icon={FileText} title="No documents yet" action={add}>
            Agreements, joint plans and price lists of {partner.name} are found here, wherever they stand.
          </EmptyState>
        ) : (
          <ul aria-label="Documents" className="divide-y divide-line">
            {docs.data?.map((doc) => (
              <DocRow
                key={doc.id}
                doc={doc}
                mayEdit={rights.mayWith("documents.write", doc.owner?.id) && !partner.archivedAt}
                onDownload={() => download(doc)}
                onEdit={() => setSheet({ doc })}
                onArchive={() => archive(doc)}
              />
            ))}
          </ul>
        )}
      </ListState>
      {sheet && (
        <Suspense>
          <DocSheet
            doc={sheet.doc && (docs.data?.find(({ id }) => id === sheet.doc?.id) ?? sheet.doc)}
            me={me}
            mayChooseOwner={rights.can("documents.write") === "all"}
            mutations={docs.mutations}
            onClose={() => setSheet(null)}
          />
        </Suspense>
      )}
    </>
  );
}
