// Before the first API test: is there a stack, and does it answer?
import { stack } from "./stack.ts";

export default async function setup(): Promise<void> {
  const { apiUrl, publishableKey } = stack();
  const answer = await fetch(`${apiUrl}/auth/v1/health`, { headers: { apikey: publishableKey } });
  if (!answer.ok) throw new Error(`The stack at ${apiUrl} does not answer: ${answer.status} ${await answer.text()}`);
}
