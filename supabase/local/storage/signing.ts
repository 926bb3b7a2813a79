// Addresses that open one object for a short while, or take one upload. Signed with a key made from the project's secret; they carry
// who asked for them, and the database is asked again under that person when they are used: a right that is gone is gone at once.
import { createHmac } from "node:crypto";
import { errors as joseErrors, jwtVerify, SignJWT } from "jose";
import { invalidParameter, invalidSignature, invalidToken } from "./errors.ts";
import { type Identity, identityOf } from "./identity.ts";
import type { Place } from "./names.ts";

type Purpose = "download" | "upload";

interface Ticket {
  identity: Identity;
  upsert: boolean;
}

export interface Signer {
  sign(purpose: Purpose, place: Place, identity: Identity, seconds: number, upsert?: boolean): Promise<string>;
  /** Throws when it is not for this place and purpose, has expired, or was never made here. */
  open(purpose: Purpose, place: Place, token: string | null): Promise<Ticket>;
}

export function createSigner(projectSecret: string): Signer {
  const key = createHmac("sha256", projectSecret).update("storage addresses").digest();
  const nameOf = ({ bucket, key: name }: Place) => `${bucket}/${name}`;
  return {
    sign(purpose, place, { claims }, seconds, upsert = false) {
      const { sub, role, session_id } = claims;
      return new SignJWT({ url: nameOf(place), purpose, upsert, role, session_id, ...(sub && { sub }) })
        .setProtectedHeader({ alg: "HS256", typ: "JWT" })
        .setIssuedAt()
        .setExpirationTime(`${seconds} seconds`)
        .sign(key);
    },
    async open(purpose, place, token) {
      if (!token) throw invalidParameter("Missing Required Parameter token");
      const { payload } = await jwtVerify(token, key, { algorithms: ["HS256"] }).catch((error: unknown) => {
        throw error instanceof joseErrors.JWTExpired
          ? invalidToken('"exp" claim timestamp check failed')
          : invalidToken("Invalid Compact JWS");
      });
      if (payload.url !== nameOf(place) || payload.purpose !== purpose) throw invalidSignature();
      const { sub, role, session_id } = payload;
      return {
        identity: identityOf({ role, session_id, ...(sub && { sub }) } as Identity["claims"]),
        upsert: payload.upsert === true,
      };
    },
  };
}
