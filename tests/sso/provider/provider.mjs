// A real provider (npm oidc-provider) that lets in the person whom the cookie `person` names.
// Its first argument is the folder with node_modules; its settings come as JSON on the
// environment's PROVIDER: issuer, port, clients, keys. It says "ready" when it answers.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.argv[2]}/here.js`);
const { Provider } = await import(pathToFileURL(require.resolve("oidc-provider")));
const settings = JSON.parse(process.env.PROVIDER);

const provider = new Provider(settings.issuer, {
    clients: settings.clients,
    jwks: { keys: settings.keys },
    cookies: { keys: ["only for tests"] },
    scopes: ["openid", "school"],
    claims: { openid: ["sub"], school: ["student_no"] },
    // A provider that gives claims by user information only, as the standard would have it.
    conformIdTokenClaims: settings.conform,
    features: {
        devInteractions: { enabled: false },
        rpInitiatedLogout: { enabled: true },
        backchannelLogout: { enabled: true },
    },
    findAccount: (_ctx, id) => ({
        accountId: id,
        claims: () => ({ sub: id, student_no: id }),
    }),
    loadExistingGrant: async (ctx) => {
        const { client, session, params } = ctx.oidc;
        const grant = new provider.Grant({
            clientId: client.clientId,
            accountId: session.accountId,
        });
        grant.addOIDCScope(params.scope);
        await grant.save();
        return grant;
    },
    // It asks nobody on this very machine otherwise, and the desk is there.
    fetch: (url, { dispatcher, ...options }) => fetch(url, options),
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    ttl: { Interaction: 600, Session: 3600, Grant: 3600, IdToken: 600, AccessToken: 600 },
});

provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith("/interaction/")) return next();
    const person = ctx.cookies.get("person");
    const result = person
        ? { login: { accountId: person } }
        : { error: "access_denied", error_description: "nobody" };
    return provider.interactionFinished(ctx.req, ctx.res, result, {
        mergeWithLastSubmission: false,
    });
});

provider.on("backchannel.error", (_ctx, error) => console.error(error));
provider.on("server_error", (_ctx, error) => console.error(error));
provider.listen(settings.port, "127.0.0.1", () => console.log("ready"));
