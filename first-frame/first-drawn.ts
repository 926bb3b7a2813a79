// What is drawn first besides the app's own code: for whoever is to sign in, and for whoever is signed in, by address.
const inside = ["src/app/shell/shell.tsx", "src/app/guarded-page.tsx", "src/app/rights.ts"];

export const firstDrawn: Record<string, string[]> = {
  outside: ["src/features/auth/pages/sign-in-page.tsx"],
  inside,
  "/": [...inside, "src/app/home/home-page.tsx"],
  "/admin/members": [...inside, "src/features/members/pages/members-page.tsx"],
  "/admin/roles": [...inside, "src/features/roles/pages/roles-page.tsx"],
  "/admin/audit": [...inside, "src/features/audit/pages/audit-page.tsx"],
};
