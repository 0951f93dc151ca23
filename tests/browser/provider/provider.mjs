// An OpenID Connect provider on the loopback: oidc-provider with accounts and roles of our own, and one form to sign in.
// node provider.mjs PORT REDIRECT SECRET; says "ready" when it listens.
import Provider from "oidc-provider";

const [port, redirect, secret] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const roles = { "steward-1": ["steward"], "administrator-1": ["administrator"] };

const provider = new Provider(issuer, {
  clients: [{
    client_id: "hsc-geo", client_secret: secret, redirect_uris: [redirect], post_logout_redirect_uris: [redirect],
    token_endpoint_auth_method: "client_secret_basic",
  }],
  claims: { openid: ["sub", "roles"] },
  conformIdTokenClaims: false,
  cookies: { keys: [secret] },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { // the provider's own page takes a font from another host
      logoutSource: (ctx, form) => {
        ctx.type = "html";
        ctx.body = `<!doctype html><html lang="en"><title>Sign out</title><link rel="icon" href="data:,">${form}
<button form="op.logoutForm" name="logout" value="yes">Yes, sign me out</button></html>`;
      },
    },
  },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, roles: roles[id] ?? ["reader"] }) }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  async loadExistingGrant(ctx) { // nobody is asked whether this site may know who they are
    const grant = new provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
});

const page = `<!doctype html><html lang="en"><title>Sign in</title><link rel="icon" href="data:,">
<form method="post"><label>Account <input name="login"></label> <button>Sign in</button></form></html>`;

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith("/interaction/")) return next();
  if (ctx.method === "GET") {
    ctx.type = "html";
    ctx.body = page;
    return undefined;
  }
  let text = "";
  for await (const part of ctx.req) text += part;
  const accountId = new URLSearchParams(text).get("login");
  ctx.respond = false;
  return provider.interactionFinished(ctx.req, ctx.res, { login: { accountId } }, { mergeWithLastSubmission: false });
});

provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
