/** How much a stack is worth: `dev` is cheap and can be destroyed, `prod` survives a zone and a mistake. */
export type Tier = "dev" | "prod";
