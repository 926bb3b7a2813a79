export function nameProblem(name: string): string | undefined {
  return name.trim() === "" ? "Give the role a name, such as “Partner success”." : undefined;
}
