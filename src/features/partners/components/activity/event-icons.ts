import {
  Archive,
  Calendar,
  Check,
  FileText,
  Handshake,
  KeyRound,
  ListChecks,
  type LucideIcon,
  Mail,
  Phone,
  ScrollText,
  ShieldCheck,
  Users,
  Waypoints,
  Zap,
} from "@/shared/ui/icons";
import type { ActivityEvent } from "../../types";

const ofTable: Record<string, LucideIcon> = {
  partners: Handshake,
  partner_referrals: Waypoints,
  deal_registrations: ShieldCheck,
  opportunities: Zap,
  partner_tasks: ListChecks,
  partner_task_comments: ListChecks,
  partner_documents: FileText,
  partner_resources: FileText,
  partner_interactions: Calendar,
  partner_training: ScrollText,
  partner_members: KeyRound,
};

const ofKind: Record<string, LucideIcon> = {
  partner_archived: Archive,
  owner_changed: Users,
  contact_changed: Users,
  task_completed: Check,
  referral_won: Check,
  opportunity_won: Check,
};

const ofInteraction: Record<string, LucideIcon> = { call: Phone, email: Mail };

export function iconOf({ kind, subjectTable, after }: ActivityEvent): LucideIcon {
  const interaction = kind === "interaction_logged" && typeof after === "string" ? ofInteraction[after] : undefined;
  return interaction ?? ofKind[kind] ?? ofTable[subjectTable] ?? Zap;
}
