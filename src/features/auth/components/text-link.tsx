import { Link } from "@/shared/lib/router";

/** A link within a sentence. Told from the words around it by more than its colour. */
export function TextLink({ to, children }: { to: string; children: string }) {
  return (
    <Link to={to} className="font-medium text-accent-text underline underline-offset-2">
      {children}
    </Link>
  );
}
