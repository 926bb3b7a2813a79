// Any origin may ask, because rights come from the caller's token and never from a cookie.
const corsHeaders = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "authorization, x-client-info, apikey, content-type",
};

export function preflight(methods: readonly string[]): Response {
  return new Response(null, {
    status: 204,
    headers: { ...corsHeaders, "access-control-allow-methods": [...methods, "OPTIONS"].join(", ") },
  });
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { ...corsHeaders, ...headers } });
}
