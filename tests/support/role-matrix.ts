// Who may do what by default: the table of the product's specification, written down here once and read by every test of rights.
// It is typed from the specification and never read from the database, so that the database can be compared with it.

export const roleKeys = ["org_admin", "vp", "sales_manager", "partnership_manager", "sales_rep", "data_team"] as const;
export type RoleKey = (typeof roleKeys)[number];
export type Scope = "all" | "own";
type Cell = "✓" | "–" | "own";
type Row = [permissions: string, ...cells: [Cell, Cell, Cell, Cell, Cell, Cell]];

// Columns in the order of roleKeys.
const table: Row[] = [
  ["partners.read referrals.read tasks.read documents.read activity.read", "✓", "✓", "✓", "✓", "✓", "✓"],
  ["partners.write tasks.write documents.write activity.log", "✓", "–", "✓", "✓", "own", "✓"],
  ["partners.archive partners.merge", "✓", "–", "✓", "✓", "–", "✓"],
  ["referrals.write", "✓", "–", "✓", "✓", "own", "✓"],
  ["referrals.decide", "✓", "–", "✓", "✓", "–", "–"],
  ["opportunities.read", "✓", "✓", "✓", "✓", "own", "✓"],
  ["opportunities.write", "✓", "–", "✓", "✓", "own", "–"],
  ["opportunities.approve", "✓", "✓", "✓", "–", "–", "–"],
  ["commissions.read", "✓", "✓", "✓", "✓", "–", "✓"],
  ["commissions.approve", "✓", "✓", "–", "–", "–", "–"],
  ["commissions.configure payouts.manage", "✓", "–", "–", "–", "–", "–"],
  ["training.manage views.share", "✓", "–", "✓", "✓", "–", "✓"],
  ["jobs.run exports.run custom_fields.manage", "✓", "–", "–", "–", "–", "✓"],
  ["dashboard.read reports.read status.read_team", "✓", "✓", "✓", "✓", "–", "–"],
  ["status.submit", "✓", "✓", "✓", "✓", "✓", "✓"],
  ["goals.manage alerts.manage", "✓", "✓", "✓", "–", "–", "–"],
  ["config.read", "✓", "✓", "✓", "✓", "✓", "✓"],
  ["config.write members.manage roles.manage access.explain", "✓", "–", "–", "–", "–", "–"],
  ["members.read", "✓", "✓", "✓", "✓", "✓", "✓"],
  ["audit.read", "✓", "✓", "–", "–", "–", "–"],
];

const rows = table.flatMap(([permissions, ...cells]) => permissions.split(" ").map((key) => ({ key, cells })));

export const permissionKeys = rows.map(({ key }) => key);

/** What a role may do by default, by permission. */
export function permissionsOf(role: RoleKey): Map<string, Scope> {
  const column = roleKeys.indexOf(role);
  return new Map(
    rows.flatMap(({ key, cells }): [string, Scope][] => {
      const cell = cells[column];
      return cell === "✓" ? [[key, "all"]] : cell === "own" ? [[key, "own"]] : [];
    }),
  );
}

/** What the platform's staff may do in an organization while an access is open: read. */
export const isForPlatformStaff = (permission: string): boolean =>
  permission.endsWith(".read") || permission === "status.read_team";
