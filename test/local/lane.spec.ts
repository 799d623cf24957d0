import { clientsSee } from "./clients.ts";

clientsSee("local lane");
