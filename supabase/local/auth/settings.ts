// What a sign-in page may know before anybody is signed in.
import type { AuthConfig } from "./config.ts";

// Named as the platform names them; none of them can be enabled on one machine without secrets of its own.
const OAUTH_PROVIDERS = [
  "apple",
  "azure",
  "bitbucket",
  "discord",
  "facebook",
  "figma",
  "fly",
  "github",
  "gitlab",
  "google",
  "kakao",
  "keycloak",
  "linkedin",
  "linkedin_oidc",
  "notion",
  "slack",
  "slack_oidc",
  "snapchat",
  "spotify",
  "twitch",
  "twitter",
  "workos",
  "x",
  "zoom",
];

export function settings(config: AuthConfig): object {
  return {
    external: {
      anonymous_users: config.enable_anonymous_sign_ins,
      ...Object.fromEntries(OAUTH_PROVIDERS.map((provider) => [provider, false])),
      email: config.email.enable_signup,
      phone: config.sms.enable_signup,
    },
    disable_signup: !config.enable_signup,
    mailer_autoconfirm: !config.email.enable_confirmations,
    phone_autoconfirm: !config.sms.enable_confirmations,
    sms_provider: "",
    saml_enabled: false,
  };
}
