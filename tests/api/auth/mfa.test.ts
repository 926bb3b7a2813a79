import { describe, expect, it } from "vitest";
import { totpCode } from "../../../supabase/local/auth/totp.ts";
import { createPerson, query, signedIn, stackAuth } from "./support.ts";

const auth = stackAuth();
const codeNow = (secret: string) => totpCode(secret, Date.now() / 1000);

async function personWithFactor() {
  const person = await createPerson(auth);
  const client = await signedIn(auth, person.email);
  const { data, error } = await client.auth.mfa.enroll({ factorType: "totp", friendlyName: "phone" });
  if (error) throw error;
  return { ...person, client, factor: data };
}

describe("a second factor", () => {
  it("is enrolled with a secret and a picture, and lifts the session once it is verified", async () => {
    const { client, factor, email } = await personWithFactor();
    expect(factor).toMatchObject({ type: "totp", friendly_name: "phone" });
    expect(factor.totp.qr_code).toMatch(/^data:image\/svg\+xml;utf-8,<svg /);
    expect(factor.totp.uri).toBe(
      `otpauth://totp/${encodeURIComponent(new URL(factor.totp.uri).searchParams.get("issuer") ?? "")}:${encodeURIComponent(email)}?algorithm=SHA1&digits=6&issuer=${encodeURIComponent(new URL(factor.totp.uri).searchParams.get("issuer") ?? "")}&period=30&secret=${factor.totp.secret}`,
    );
    const before = await client.auth.mfa.getAuthenticatorAssuranceLevel();
    expect(before.data).toMatchObject({ currentLevel: "aal1", nextLevel: "aal1" });

    const challenge = await client.auth.mfa.challenge({ factorId: factor.id });
    expect(challenge.data).toMatchObject({ type: "totp", expires_at: expect.any(Number) });
    const challengeId = challenge.data?.id ?? "";
    const wrong = await client.auth.mfa.verify({ factorId: factor.id, challengeId, code: "00000x" });
    expect(wrong.error).toMatchObject({
      status: 422,
      code: "mfa_verification_failed",
      message: "Invalid TOTP code entered",
    });
    const right = await client.auth.mfa.verify({ factorId: factor.id, challengeId, code: codeNow(factor.totp.secret) });
    expect(right.data).toMatchObject({ token_type: "bearer", expires_in: 3600, user: { email } });
    const after = await client.auth.mfa.getAuthenticatorAssuranceLevel();
    expect(after.data).toMatchObject({
      currentLevel: "aal2",
      nextLevel: "aal2",
      currentAuthenticationMethods: [
        { method: "totp", timestamp: expect.any(Number) },
        { method: "password", timestamp: expect.any(Number) },
      ],
    });
    const again = await client.auth.mfa.verify({ factorId: factor.id, challengeId, code: codeNow(factor.totp.secret) });
    expect(again.error?.code).toBe("mfa_factor_not_found");

    const { data } = await client.auth.refreshSession();
    const claims = JSON.parse(Buffer.from(data.session?.access_token.split(".")[1] ?? "", "base64url").toString());
    expect(claims.aal).toBe("aal2");
    const factors = await client.auth.mfa.listFactors();
    expect(factors.data?.totp).toEqual([expect.objectContaining({ id: factor.id, status: "verified" })]);
  });

  it("shown by two devices in the same moment lets one of them in and ends the other, which has to sign in anew", async () => {
    const { client, factor, email } = await personWithFactor();
    const others = await Promise.all(Array.from({ length: 5 }, () => signedIn(auth, email)));
    const code = codeNow(factor.totp.secret);
    const answers = await Promise.all(
      [client, ...others].map((one) => one.auth.mfa.challengeAndVerify({ factorId: factor.id, code })),
    );
    const names = answers.map(({ error }) => error?.name ?? "in").sort();
    expect(names).toEqual([...Array.from({ length: 5 }, () => "AuthSessionMissingError"), "in"]);
  });

  it("that nobody finished to enrol makes room after a while", async () => {
    const { client, id } = await personWithFactor();
    const enrol = () => client.auth.mfa.enroll({ factorType: "totp" });
    for (let index = 1; index < 10; index += 1) expect((await enrol()).error).toBeNull();
    expect((await enrol()).error).toMatchObject({ status: 422, code: "too_many_enrolled_mfa_factors" });
    await query("update auth.mfa_factors set created_at = now() - interval '10 minutes' where user_id = $1", [id]);
    expect((await enrol()).error).toBeNull();
    expect((await client.auth.mfa.listFactors()).data?.all).toHaveLength(1);
  });

  it("guards itself: with the password alone it can neither be removed nor joined by another", async () => {
    const { client, factor, email } = await personWithFactor();
    const elsewhere = await signedIn(auth, email);
    await client.auth.mfa.challengeAndVerify({ factorId: factor.id, code: codeNow(factor.totp.secret) });
    expect((await elsewhere.auth.getUser()).error?.name).toBe("AuthSessionMissingError");

    const passwordOnly = await signedIn(auth, email);
    expect((await passwordOnly.auth.mfa.unenroll({ factorId: factor.id })).error?.code).toBe("insufficient_aal");
    expect((await passwordOnly.auth.mfa.enroll({ factorType: "totp", friendlyName: "b" })).error?.code).toBe(
      "insufficient_aal",
    );
    expect((await passwordOnly.auth.mfa.getAuthenticatorAssuranceLevel()).data).toMatchObject({
      currentLevel: "aal1",
      nextLevel: "aal2",
    });
    expect((await client.auth.mfa.unenroll({ factorId: factor.id })).data).toEqual({ id: factor.id });
    await client.auth.refreshSession();
    expect((await client.auth.mfa.getAuthenticatorAssuranceLevel()).data?.currentLevel).toBe("aal1");
  });

  it("belongs to its owner, has a name of its own, and operators can take it away", async () => {
    const { id, client, factor } = await personWithFactor();
    const twin = await client.auth.mfa.enroll({ factorType: "totp", friendlyName: "phone" });
    expect(twin.error).toMatchObject({
      code: "mfa_factor_name_conflict",
      message: 'A factor with the friendly name "phone" for this user already exists',
    });
    const stranger = await signedIn(auth, (await createPerson(auth)).email);
    expect((await stranger.auth.mfa.challenge({ factorId: factor.id })).error?.code).toBe("mfa_factor_not_found");
    expect((await stranger.auth.mfa.unenroll({ factorId: factor.id })).error?.code).toBe("mfa_factor_not_found");

    const { mfa } = auth.admin.auth.admin;
    const listed = await mfa.listFactors({ userId: id });
    expect(listed.data?.factors).toEqual([expect.objectContaining({ id: factor.id, status: "unverified" })]);
    expect((await mfa.deleteFactor({ userId: id, id: factor.id })).error).toBeNull();
    expect((await mfa.listFactors({ userId: id })).data?.factors).toEqual([]);
  });

  it("of codes on paper is refused by name", async () => {
    const { email } = await createPerson(auth);
    const { data } = await (await signedIn(auth, email)).auth.getSession();
    const headers = { authorization: `Bearer ${data.session?.access_token}` };
    for (const [method, path, code] of [
      ["POST", "/factors/recovery-codes", "mfa_recovery_codes_enroll_not_enabled"],
      ["DELETE", "/factors/recovery-codes", "mfa_recovery_codes_enroll_not_enabled"],
      ["POST", "/factors/recovery-codes/verify", "mfa_recovery_codes_verify_not_enabled"],
    ] as const) {
      const answer = await auth.raw(path, { method, headers });
      expect([answer.status, (await answer.json()).error_code]).toEqual([422, code]);
    }
  });

  it("of another kind is refused by name", async () => {
    const client = await signedIn(auth, (await createPerson(auth)).email);
    const { error } = await client.auth.mfa.enroll({ factorType: "phone", phone: "+491701234567" });
    expect(error?.code).toBe("mfa_phone_enroll_not_enabled");
  });
});
