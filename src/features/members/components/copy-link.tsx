import { Button } from "@/shared/ui/button";
import { Copy } from "@/shared/ui/icons";
import { showToast } from "@/shared/ui/toast";

export function CopyLink({ link, address }: { link: string; address: string }) {
  async function copy() {
    try {
      await navigator.clipboard.writeText(link);
      showToast({ tone: "good", title: "Link copied", description: `It works once, and only for ${address}.` });
    } catch {
      // Not every browser lets a page copy; the link is then shown to be marked by hand.
      showToast({ tone: "bad", title: "The browser does not let us copy", description: link });
    }
  }
  return (
    <Button onClick={() => void copy()} aria-label={`Copy the link for ${address}`}>
      <Copy aria-hidden="true" className="size-3.5" />
      Copy link
    </Button>
  );
}
