// Clients that read one page again and again with supabase-js; prints reads per second. Started by stack-bench.ts.
import { createClient } from "@supabase/supabase-js";

const [url = "", clients = "1", seconds = "1"] = process.argv.slice(2);
const api = new URL(url);
const table = api.pathname.split("/").at(-1) ?? "";
const supabase = createClient(api.origin, process.env.SECRET_KEY ?? "", { auth: { persistSession: false } });
const until = performance.now() + Number(seconds) * 1000;
let done = 0;

async function client(): Promise<void> {
  while (performance.now() < until) {
    const { data, error } = await supabase.from(table).select("id, name, amount").order("id").limit(20);
    if (error || data.length !== 20) throw new Error(error?.message ?? `${data?.length} rows came back`);
    done++;
  }
}

await Promise.all(Array.from({ length: Number(clients) }, client));
console.log(done / Number(seconds));
