export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="rounded-[4px] border border-line bg-surface px-1 font-sans text-[0.6875rem] leading-4 font-medium text-ink-3">
      {children}
    </kbd>
  );
}
