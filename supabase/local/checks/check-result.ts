// What every check answers with: a name a person reads, whether it holds, and what to print when it does not.
export interface CheckResult {
  name: string;
  ok: boolean;
  output: string;
}
