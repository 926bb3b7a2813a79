import { useFormat } from "@/shared/lib/format/use-format";
import { Button } from "@/shared/ui/button";
import { IconButton } from "@/shared/ui/icon-button";
import { Archive, ArrowUpRight, Download, Ellipsis, FileText, Link as LinkIcon, Pencil } from "@/shared/ui/icons";
import { Menu, MenuItem } from "@/shared/ui/menu";
import { Pill } from "@/shared/ui/pill";
import { useChoices } from "../../hooks/use-choices";
import type { PartnerDoc } from "../../types";
import { ChoiceTag } from "../shared/choice-pill";
import { Owner } from "../shared/owner";

interface DocRowProps {
  doc: PartnerDoc;
  mayEdit: boolean;
  onDownload: () => void;
  onEdit: () => void;
  onArchive: () => void;
}

export function DocRow({ doc, mayEdit, onDownload, onEdit, onArchive }: DocRowProps) {
  const { documentTypes } = useChoices();
  const format = useFormat();
  const Icon = doc.fileNumber > 0 ? FileText : LinkIcon;
  return (
    <li className="flex items-start gap-3 px-4 py-2.5">
      <span
        aria-hidden="true"
        className="mt-0.5 grid size-8 shrink-0 place-items-center rounded-control bg-mute-soft text-ink-2"
      >
        <Icon className="size-4" />
      </span>
      <div className="min-w-0 flex-1">
        {doc.url ? (
          <a
            href={doc.url}
            target="_blank"
            rel="noreferrer noopener"
            className="inline-flex max-w-full items-baseline gap-1 rounded-control font-medium hover:underline"
          >
            <bdi className="min-w-0 wrap-anywhere">{doc.title}</bdi>
            <ArrowUpRight aria-hidden="true" className="size-3.5 shrink-0 self-center text-ink-3" />
            <span className="sr-only">, opens in a new window</span>
          </a>
        ) : (
          <bdi className="font-medium wrap-anywhere">{doc.title}</bdi>
        )}
        <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-small text-ink-2">
          <ChoiceTag choices={documentTypes} value={doc.type} />
          {doc.isShared && (
            <Pill tone="accent" dot={false}>
              Shared
            </Pill>
          )}
          {doc.source === "portal" && (
            <Pill tone="info" dot={false}>
              From the partner
            </Pill>
          )}
          {doc.fileNumber > 1 && <span>Version {doc.fileNumber}</span>}
          {doc.owner && <Owner person={doc.owner} />}
          <span>{format.date(doc.updatedAt)}</span>
        </div>
      </div>
      {doc.fileNumber > 0 && (
        <Button onClick={onDownload} aria-label={`Download ${doc.title}`} className="max-sm:w-11 max-sm:px-0">
          <Download aria-hidden="true" className="size-4" />
          <span className="max-sm:hidden">Download</span>
        </Button>
      )}
      {mayEdit && (
        <Menu align="end" trigger={<IconButton label={`Actions for ${doc.title}`} Icon={Ellipsis} className="-me-2" />}>
          <MenuItem Icon={Pencil} onSelect={onEdit}>
            Edit
          </MenuItem>
          <MenuItem Icon={Archive} onSelect={onArchive}>
            Put away
          </MenuItem>
        </Menu>
      )}
    </li>
  );
}
